// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <bit>
#include <cmath>
#include <limits>

#include "base/byte_reader.h"
#include "convert/form.h"
#include "convert/geo_json.h"
#include "convert/json_writer.h"

namespace rowmill::convert {
namespace {

using model::Column;
using model::ColumnKind;
using model::Geometry;
using model::GeometryType;

constexpr std::string_view kSetting = "geometry.handling.mode";
constexpr std::string_view kLargeSrid = "an SRID above 2147483647, which Connect's int32 ends at";
constexpr std::string_view kLargeSridRemedy =
    "Set value.converter.schemas.enable to false and geometry.handling.mode to wkb.";

// Debezium's io.debezium.data.geometry.Geometry and Point.
constexpr std::string_view kGeometryFields =
    R"("fields":[{"type":"bytes","optional":false,"field":"wkb"},)"
    R"({"type":"int32","optional":true,"field":"srid"}])";
constexpr std::string_view kPointFields =
    R"("fields":[{"type":"double","optional":false,"field":"x"},)"
    R"({"type":"double","optional":false,"field":"y"},)"
    R"({"type":"bytes","optional":true,"field":"wkb"},)"
    R"({"type":"int32","optional":true,"field":"srid"}])";

bool has_large_srid(const Geometry& geometry) {
  return geometry.srid > static_cast<uint32_t>(std::numeric_limits<int32_t>::max());
}

void append_wkb(const Geometry& geometry, std::string& out) {
  out += R"({"srid":)";
  append_number(out, uint64_t{geometry.srid});
  out += R"(,"wkb":)";
  append_base64(out, geometry.wkb);
  out += '}';
}

CellOutcome append_wkb_with_schema(const Geometry& geometry, std::string& out) {
  if (has_large_srid(geometry)) return CellOutcome::kBeyondForm;
  append_wkb(geometry, out);
  return CellOutcome::kWritten;
}

/// The members that Debezium's two structs share. SRID 0 is null there (BinlogGeometry.fromBytes).
void append_shared_members(const Geometry& geometry, std::string& out) {
  out += R"("wkb":)";
  append_base64(out, geometry.wkb);
  out += R"(,"srid":)";
  if (geometry.srid == 0) {
    out += "null";
  } else {
    append_number(out, uint64_t{geometry.srid});
  }
  out += '}';
}

CellOutcome append_debezium(const Geometry& geometry, std::string& out) {
  if (has_large_srid(geometry)) return CellOutcome::kBeyondForm;
  out += '{';
  append_shared_members(geometry, out);
  return CellOutcome::kWritten;
}

CellOutcome append_debezium_point(const Geometry& geometry, std::string& out) {
  if (has_large_srid(geometry)) return CellOutcome::kBeyondForm;
  PointCoordinates point;
  const CellOutcome read = read_point(geometry.wkb, point);
  if (read != CellOutcome::kWritten) return read;
  out += R"({"x":)";
  append_number(out, point.x);
  out += R"(,"y":)";
  append_number(out, point.y);
  out += ',';
  append_shared_members(geometry, out);
  return CellOutcome::kWritten;
}

CellOutcome append_geo_json_text(const Geometry& geometry, std::string& out) {
  const size_t begin = out.size();
  const CellOutcome outcome = append_geo_json(geometry.wkb, out);
  if (outcome != CellOutcome::kWritten) out.resize(begin);
  return outcome;
}

CellOutcome append_floats(const model::Vector& vector, std::string& out) {
  const size_t begin = out.size();
  base::ByteReader reader(vector.floats);
  out += '[';
  while (!reader.at_end()) {
    const auto number = std::bit_cast<float>(reader.u32());
    if (reader.failed() || !std::isfinite(number)) {
      out.resize(begin);
      return reader.failed() ? CellOutcome::kOtherType : CellOutcome::kNotFinite;
    }
    if (out.size() > begin + 1) out += ',';
    append_number(out, number);
  }
  out += ']';
  return CellOutcome::kWritten;
}

CellWriter wkb_writer(const Column&, bool with_schema) {
  return with_schema ? CellWriter{write_held<Geometry, append_wkb_with_schema>}
                     : CellWriter{write_held<Geometry, append_wkb>};
}

template <GeometryMode mode>
bool geometry_as(const Column&, const FormSettings& settings) {
  return settings.geometry == mode;
}

constexpr auto kForms = std::to_array<Form>({
    {.kind = ColumnKind::kGeometry,
     .sql_type = "GEOMETRY and its subtypes",
     .setting = kSetting,
     .modes = "wkb",
     .applies = geometry_as<GeometryMode::kWkb>,
     .json = "object {\"srid\":4326,\"wkb\":\"AQEAAAA...\"}, Base64 of WKB",
     .connect_type = "struct",
     .connect_name = "io.debezium.data.geometry.Geometry",
     .connect_content = kGeometryFields,
     .connect_doc = "Geometry",
     .writer = wkb_writer,
     .limit = kLargeSrid,
     .remedy = kLargeSridRemedy},
    {.kind = ColumnKind::kGeometry,
     .sql_type = "GEOMETRY, subtypes but POINT",
     .setting = kSetting,
     .modes = "debezium",
     .applies =
         [](const Column& column, const FormSettings& settings) {
           return settings.geometry == GeometryMode::kDebezium &&
                  column.geometry_type != GeometryType::kPoint;
         },
     .json = "object {\"wkb\":\"AQIAAAA...\",\"srid\":4326}, null for SRID 0",
     .connect_type = "struct",
     .connect_name = "io.debezium.data.geometry.Geometry",
     .connect_content = kGeometryFields,
     .connect_doc = "Geometry",
     .writer = always<write_held<Geometry, append_debezium>>,
     .limit = kLargeSrid,
     .remedy = kLargeSridRemedy},
    {.kind = ColumnKind::kGeometry,
     .sql_type = "POINT",
     .setting = kSetting,
     .modes = "debezium",
     .applies =
         [](const Column& column, const FormSettings& settings) {
           return settings.geometry == GeometryMode::kDebezium &&
                  column.geometry_type == GeometryType::kPoint;
         },
     .json = "object {\"x\":1.5,\"y\":2,\"wkb\":\"AQEAAAA...\",\"srid\":4326}, null for SRID 0",
     .connect_type = "struct",
     .connect_name = "io.debezium.data.geometry.Point",
     .connect_content = kPointFields,
     .connect_doc = "Geometry (POINT)",
     .writer = always<write_held<Geometry, append_debezium_point>>,
     .limit = kLargeSrid,
     .remedy = kLargeSridRemedy},
    {.kind = ColumnKind::kGeometry,
     .sql_type = "GEOMETRY and its subtypes",
     .setting = kSetting,
     .modes = "geojson",
     .applies = geometry_as<GeometryMode::kGeoJson>,
     .json = "string, GeoJSON without the SRID: {\"type\":\"Point\",\"coordinates\":[1.5,2]}",
     .connect_type = "string",
     .connect_name = "io.debezium.data.Json",
     .writer = always<write_held<Geometry, append_geo_json_text>>},
    // Debezium's FloatVector.
    {.kind = ColumnKind::kVector,
     .sql_type = "VECTOR",
     .applies = any_column,
     .json = "array of numbers [1,-0.5], shortest digits of the float32",
     .connect_type = "array",
     .connect_name = "io.debezium.data.FloatVector",
     .connect_content = R"("items":{"type":"float","optional":false})",
     .writer = always<write_held<model::Vector, append_floats>>},
});

}  // namespace

std::span<const Form> geometry_forms() { return kForms; }

}  // namespace rowmill::convert
