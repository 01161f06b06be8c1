// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <bit>
#include <cstring>
#include <limits>

#include "convert/form_fixture.h"
#include "convert/geo_json.h"

namespace rowmill::convert {
namespace {

using enum model::ColumnKind;

FormSettings in(GeometryMode mode) { return {.geometry = mode}; }

/// Well-known binary, built part by part (OpenGIS 06-103r4, 8.2).
class Wkb {
 public:
  Wkb& header(uint32_t type) {
    bytes_ += little_endian_ ? '\1' : '\0';
    return integer(type);
  }
  Wkb& integer(uint32_t value) { return field(value, 4); }
  Wkb& number(double value) { return field(std::bit_cast<uint64_t>(value), 8); }
  Wkb& point(double x, double y) { return number(x).number(y); }
  Wkb& big_endian() {
    little_endian_ = false;
    return *this;
  }
  Wkb& little_endian() {
    little_endian_ = true;
    return *this;
  }
  [[nodiscard]] const std::string& bytes() const { return bytes_; }
  [[nodiscard]] model::Geometry geometry(uint32_t srid = 0) const {
    return {srid, std::as_bytes(std::span(bytes_))};
  }

 private:
  Wkb& field(uint64_t value, int width) {
    for (int i = 0; i < width; ++i) {
      const int shift = 8 * (little_endian_ ? i : width - 1 - i);
      bytes_ += static_cast<char>(value >> shift & 0xff);
    }
    return *this;
  }

  std::string bytes_;
  bool little_endian_ = true;
};

Wkb point_1_2() { return std::move(Wkb().header(1).point(1, 2)); }

model::Column column_of(model::GeometryType type) {
  model::Column result = typed(kGeometry);
  result.geometry_type = type;
  return result;
}

std::string geo_json(const Wkb& wkb) {
  std::string text = written(typed(kGeometry), wkb.geometry(), in(GeometryMode::kGeoJson));
  for (size_t at = 0; (at = text.find("\\\"", at)) != std::string::npos;) text.erase(at, 1);
  return text.starts_with('"') ? text.substr(1, text.size() - 2) : text;
}

const std::string kBad = refused(CellOutcome::kBadGeometry);

TEST(GeometryForms, WkbPassesTheBytesOn) {
  EXPECT_EQ(written(typed(kGeometry), point_1_2().geometry(4326)),
            R"({"srid":4326,"wkb":"AQEAAAAAAAAAAADwPwAAAAAAAABA"})");
  EXPECT_EQ(written(typed(kGeometry), Wkb().geometry()), R"({"srid":0,"wkb":""})");
  EXPECT_EQ(schema_of(typed(kGeometry)),
            R"({"type":"struct","fields":[{"type":"bytes","optional":false,"field":"wkb"},)"
            R"({"type":"int32","optional":true,"field":"srid"}],"optional":true,)"
            R"("name":"io.debezium.data.geometry.Geometry","version":1,"doc":"Geometry",)"
            R"("field":"c"})");
}

TEST(GeometryForms, LargestSridHasNoPlaceInASchema) {
  const Wkb wkb = point_1_2();
  const auto cell = wkb.geometry(4294967295);
  EXPECT_EQ(written(typed(kGeometry), cell),
            R"({"srid":4294967295,"wkb":"AQEAAAAAAAAAAADwPwAAAAAAAABA"})");
  const std::string beyond = refused(CellOutcome::kBeyondForm);
  EXPECT_EQ(written(typed(kGeometry), cell, {}, true), beyond);
  EXPECT_EQ(written(typed(kGeometry), cell, in(GeometryMode::kDebezium)), beyond);
  EXPECT_EQ(written(column_of(model::GeometryType::kPoint), cell, in(GeometryMode::kDebezium)),
            beyond);
}

// Debezium: BinlogValueConverters.convertPoint and convertGeometry, BinlogGeometry.fromBytes,
// io.debezium.data.geometry.Point and Geometry.
TEST(GeometryForms, DebeziumHasAStructOfItsOwnForPointColumns) {
  const auto with = in(GeometryMode::kDebezium);
  const auto column = column_of(model::GeometryType::kPoint);
  const Wkb wkb = point_1_2();
  EXPECT_EQ(written(column, wkb.geometry(), with),
            R"({"x":1,"y":2,"wkb":"AQEAAAAAAAAAAADwPwAAAAAAAABA","srid":null})");
  EXPECT_EQ(written(column, wkb.geometry(4326), with),
            R"({"x":1,"y":2,"wkb":"AQEAAAAAAAAAAADwPwAAAAAAAABA","srid":4326})");
  EXPECT_EQ(schema_of(column, with),
            R"({"type":"struct","fields":[{"type":"double","optional":false,"field":"x"},)"
            R"({"type":"double","optional":false,"field":"y"},)"
            R"({"type":"bytes","optional":true,"field":"wkb"},)"
            R"({"type":"int32","optional":true,"field":"srid"}],"optional":true,)"
            R"x("name":"io.debezium.data.geometry.Point","version":1,"doc":"Geometry (POINT)",)x"
            R"("field":"c"})");
  EXPECT_EQ(written(column, Wkb().header(2).integer(0).geometry(), with), kBad);
  EXPECT_EQ(written(column, Wkb().header(1).point(1, 2).integer(0).geometry(), with), kBad);
  EXPECT_EQ(written(column, Wkb().geometry(), with), kBad);
}

TEST(GeometryForms, DebeziumHasTheSameStructForAllOtherColumns) {
  const auto with = in(GeometryMode::kDebezium);
  for (const auto type : {model::GeometryType::kAny, model::GeometryType::kPolygon}) {
    EXPECT_EQ(written(column_of(type), point_1_2().geometry(), with),
              R"({"wkb":"AQEAAAAAAAAAAADwPwAAAAAAAABA","srid":null})");
    EXPECT_EQ(written(column_of(type), point_1_2().geometry(7), with),
              R"({"wkb":"AQEAAAAAAAAAAADwPwAAAAAAAABA","srid":7})");
    EXPECT_EQ(schema_of(column_of(type), with), schema_of(typed(kGeometry)));
  }
}

TEST(GeoJson, IsAJsonString) {
  EXPECT_EQ(written(typed(kGeometry), point_1_2().geometry(4326), in(GeometryMode::kGeoJson)),
            R"("{\"type\":\"Point\",\"coordinates\":[1,2]}")");
  EXPECT_EQ(schema_of(typed(kGeometry), in(GeometryMode::kGeoJson)),
            R"({"type":"string","optional":true,"name":"io.debezium.data.Json","version":1,)"
            R"("field":"c"})");
}

TEST(GeoJson, NumbersReadBackAsTheSameDouble) {
  EXPECT_EQ(geo_json(Wkb().header(1).point(0.1, -1e-7)),
            R"({"type":"Point","coordinates":[0.1,-1e-07]})");
  EXPECT_EQ(geo_json(Wkb().header(1).point(-180, 1.7976931348623157e308)),
            R"({"type":"Point","coordinates":[-180,1.7976931348623157e+308]})");
}

TEST(GeoJson, EveryGeometryType) {
  EXPECT_EQ(geo_json(Wkb().header(2).integer(2).point(0, 0).point(1, 1)),
            R"({"type":"LineString","coordinates":[[0,0],[1,1]]})");
  EXPECT_EQ(geo_json(Wkb().header(3).integer(2).integer(1).point(0, 0).integer(2).point(1, 1).point(
                2, 2)),
            R"({"type":"Polygon","coordinates":[[[0,0]],[[1,1],[2,2]]]})");
  EXPECT_EQ(geo_json(Wkb().header(4).integer(2).header(1).point(0, 0).header(1).point(1, 1)),
            R"({"type":"MultiPoint","coordinates":[[0,0],[1,1]]})");
  EXPECT_EQ(geo_json(Wkb().header(5).integer(1).header(2).integer(2).point(0, 0).point(1, 1)),
            R"({"type":"MultiLineString","coordinates":[[[0,0],[1,1]]]})");
  EXPECT_EQ(geo_json(Wkb().header(6).integer(1).header(3).integer(1).integer(1).point(0, 0)),
            R"({"type":"MultiPolygon","coordinates":[[[[0,0]]]]})");
  EXPECT_EQ(geo_json(Wkb().header(7).integer(2).header(1).point(0, 0).header(2).integer(0)),
            R"({"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[0,0]},)"
            R"({"type":"LineString","coordinates":[]}]})");
  EXPECT_EQ(geo_json(Wkb().header(7).integer(1).header(7).integer(1).header(1).point(3, 4)),
            R"({"type":"GeometryCollection","geometries":[{"type":"GeometryCollection",)"
            R"("geometries":[{"type":"Point","coordinates":[3,4]}]}]})");
}

TEST(GeoJson, EmptyGeometriesHaveEmptyArrays) {
  const char* names[] = {"LineString", "Polygon", "MultiPoint", "MultiLineString", "MultiPolygon"};
  for (uint32_t type = 2; type <= 6; ++type) {
    EXPECT_EQ(geo_json(Wkb().header(type).integer(0)),
              std::string(R"({"type":")") + names[type - 2] + R"(","coordinates":[]})");
  }
  EXPECT_EQ(geo_json(Wkb().header(7).integer(0)),
            R"({"type":"GeometryCollection","geometries":[]})");
}

TEST(GeoJson, EachPartHasAByteOrderOfItsOwn) {
  Wkb wkb;
  wkb.big_endian().header(7).integer(2);
  wkb.little_endian().header(1).point(1, 2);
  wkb.big_endian().header(1).point(3, 4);
  EXPECT_EQ(geo_json(wkb),
            R"({"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2]},)"
            R"({"type":"Point","coordinates":[3,4]}]})");
}

TEST(GeoJson, TruncationAfterEveryByteIsRefused) {
  const Wkb whole = std::move(Wkb()
                                  .header(7)
                                  .integer(2)
                                  .header(6)
                                  .integer(1)
                                  .header(3)
                                  .integer(1)
                                  .integer(1)
                                  .point(0, 0)
                                  .header(4)
                                  .integer(1)
                                  .header(1)
                                  .point(5, 6));
  for (size_t size = 0; size < whole.bytes().size(); ++size) {
    const auto wkb = std::as_bytes(std::span(whole.bytes())).first(size);
    EXPECT_EQ(written(typed(kGeometry), model::Geometry{0, wkb}, in(GeometryMode::kGeoJson)), kBad)
        << size;
  }
}

TEST(GeoJson, DamageIsRefused) {
  EXPECT_EQ(geo_json(Wkb().header(1).point(0, 0).integer(0)), kBad) << "trailing bytes";
  EXPECT_EQ(geo_json(Wkb().header(0).point(0, 0)), kBad);
  EXPECT_EQ(geo_json(Wkb().header(8).integer(0)), kBad);
  EXPECT_EQ(geo_json(Wkb().header(1001).point(0, 0).number(0)), kBad) << "a third dimension";
  EXPECT_EQ(geo_json(Wkb().header(4).integer(1).header(2).integer(0)), kBad)
      << "part of other type";
  EXPECT_EQ(geo_json(Wkb().header(2).integer(4294967295)), kBad) << "a count beyond the bytes";
  EXPECT_EQ(geo_json(Wkb().header(1).point(std::numeric_limits<double>::quiet_NaN(), 0)),
            refused(CellOutcome::kNotFinite));
  const std::string bad_order("\2\1\0\0\0", 5);
  EXPECT_EQ(written(typed(kGeometry), model::Geometry{0, std::as_bytes(std::span(bad_order))},
                    in(GeometryMode::kGeoJson)),
            kBad);
}

TEST(GeoJson, DepthIsBounded) {
  const auto nested = [](size_t depth) {
    Wkb wkb;
    for (size_t i = 0; i < depth; ++i) wkb.header(7).integer(1);
    return std::move(wkb.header(7).integer(0));
  };
  EXPECT_TRUE(geo_json(nested(kDeepestGeometry)).starts_with('{'));
  EXPECT_EQ(geo_json(nested(kDeepestGeometry + 1)), refused(CellOutcome::kTooDeep));
  EXPECT_EQ(geo_json(nested(100'000)), refused(CellOutcome::kTooDeep));
}

// Debezium: io.debezium.data.vector.FloatVector.
TEST(VectorForm, IsAnArrayOfShortestNumbers) {
  const auto floats = [](const std::vector<float>& values) {
    std::string out(values.size() * 4, '\0');
    std::memcpy(out.data(), values.data(), out.size());
    return out;
  };
  const auto vector = [](const std::string& bytes) {
    return model::Vector{std::as_bytes(std::span(bytes))};
  };
  const std::string three = floats({1.0F, -0.5F, 0.1F});
  EXPECT_EQ(written(typed(kVector), vector(three)), "[1,-0.5,0.1]");
  EXPECT_EQ(written(typed(kVector), vector("")), "[]");
  EXPECT_EQ(written(typed(kVector), vector(three.substr(0, 7))), refused(CellOutcome::kOtherType));
  const std::string infinite = floats({1.0F, std::numeric_limits<float>::infinity()});
  EXPECT_EQ(written(typed(kVector), vector(infinite)), refused(CellOutcome::kNotFinite));
  EXPECT_EQ(schema_of(typed(kVector)),
            R"({"type":"array","items":{"type":"float","optional":false},"optional":true,)"
            R"("name":"io.debezium.data.FloatVector","version":1,"field":"c"})");
}

}  // namespace
}  // namespace rowmill::convert
