// SPDX-License-Identifier: Apache-2.0
#include "convert/geo_json.h"

#include <array>
#include <bit>
#include <cmath>
#include <string_view>

#include "base/byte_reader.h"
#include "convert/json_writer.h"

namespace rowmill::convert {
namespace {

// OpenGIS 06-103r4 (Simple Feature Access), 8.2: each geometry is a byte order, a type and then its
// coordinates, or a count and so many parts. Parts of the multi types and of collections are
// geometries with a byte order and type of their own; rings are not.
enum WkbType : uint32_t {
  kPoint = 1,
  kLineString = 2,
  kPolygon = 3,
  kMultiPoint = 4,
  kMultiLineString = 5,
  kMultiPolygon = 6,
  kCollection = 7,
};

constexpr size_t kPointSize = 16;
/// An empty ring: its count.
constexpr size_t kLeastRing = 4;
/// An empty geometry: byte order, type, count.
constexpr size_t kLeastGeometry = 9;

/// A name of GeoJSON up to where its coordinates or parts begin.
constexpr std::array<std::string_view, 8> kHeads = {
    "",
    R"({\"type\":\"Point\",\"coordinates\":)",
    R"({\"type\":\"LineString\",\"coordinates\":)",
    R"({\"type\":\"Polygon\",\"coordinates\":)",
    R"({\"type\":\"MultiPoint\",\"coordinates\":)",
    R"({\"type\":\"MultiLineString\",\"coordinates\":)",
    R"({\"type\":\"MultiPolygon\",\"coordinates\":)",
    R"({\"type\":\"GeometryCollection\",\"geometries\":)",
};

class GeoJsonWriter {
 public:
  GeoJsonWriter(std::span<const std::byte> wkb, std::string& out) : reader_(wkb), out_(out) {}

  CellOutcome write() {
    geometry(0);
    if (outcome_ != CellOutcome::kWritten) return outcome_;
    return reader_.failed() || !reader_.at_end() ? CellOutcome::kBadGeometry
                                                 : CellOutcome::kWritten;
  }

 private:
  void geometry(size_t depth) {
    if (depth > kDeepestGeometry) return refuse(CellOutcome::kTooDeep);
    const uint32_t type = header();
    if (type < kPoint || type > kCollection) return refuse(CellOutcome::kBadGeometry);
    out_ += kHeads[type];
    if (type == kCollection) {
      parts(kLeastGeometry, [&] { geometry(depth + 1); });
    } else {
      coordinates(type);
    }
    out_ += '}';
  }

  void coordinates(uint32_t type) {
    switch (type) {
      case kPoint:
        return point();
      case kLineString:
        return points();
      case kPolygon:
        return parts(kLeastRing, [&] { points(); });
      default:
        // Each multi type is so far behind the type of its parts.
        return parts(kLeastGeometry, [&] {
          const uint32_t part = type - kMultiPoint + kPoint;
          if (header() != part) return refuse(CellOutcome::kBadGeometry);
          coordinates(part);
        });
    }
  }

  void points() {
    parts(kPointSize, [&] { point(); });
  }

  void point() {
    const double x = number();
    const double y = number();
    if (!std::isfinite(x) || !std::isfinite(y)) return refuse(CellOutcome::kNotFinite);
    out_ += '[';
    append_number(out_, x);
    out_ += ',';
    append_number(out_, y);
    out_ += ']';
  }

  /// A count and so many parts of at least `least` bytes, as an array.
  template <typename Part>
  void parts(size_t least, const Part& part) {
    const uint32_t count = integer();
    if (count > reader_.remaining() / least) return refuse(CellOutcome::kBadGeometry);
    out_ += '[';
    for (uint32_t i = 0; i < count && outcome_ == CellOutcome::kWritten; ++i) {
      if (i > 0) out_ += ',';
      // The order of bytes is that of the geometry at hand, whatever its parts have.
      const bool little_endian = little_endian_;
      part();
      little_endian_ = little_endian;
    }
    out_ += ']';
  }

  uint32_t header() {
    const uint8_t order = reader_.u8();
    if (order > 1) refuse(CellOutcome::kBadGeometry);
    little_endian_ = order == 1;
    return integer();
  }

  uint32_t integer() {
    return static_cast<uint32_t>(little_endian_ ? reader_.little_endian(4) : reader_.big_endian(4));
  }

  double number() {
    return std::bit_cast<double>(little_endian_ ? reader_.little_endian(8) : reader_.big_endian(8));
  }

  /// The first reason stays.
  void refuse(CellOutcome outcome) {
    if (outcome_ == CellOutcome::kWritten) outcome_ = outcome;
  }

  base::ByteReader reader_;
  std::string& out_;
  bool little_endian_ = true;
  CellOutcome outcome_ = CellOutcome::kWritten;
};

}  // namespace

CellOutcome read_point(std::span<const std::byte> wkb, PointCoordinates& out) {
  base::ByteReader reader(wkb);
  const uint8_t order = reader.u8();
  const bool little_endian = order == 1;
  const auto field = [&](size_t width) {
    return little_endian ? reader.little_endian(width) : reader.big_endian(width);
  };
  const uint64_t type = field(4);
  out.x = std::bit_cast<double>(field(8));
  out.y = std::bit_cast<double>(field(8));
  if (reader.failed() || !reader.at_end() || order > 1 || type != kPoint) {
    return CellOutcome::kBadGeometry;
  }
  return std::isfinite(out.x) && std::isfinite(out.y) ? CellOutcome::kWritten
                                                      : CellOutcome::kNotFinite;
}

CellOutcome append_geo_json(std::span<const std::byte> wkb, std::string& out) {
  out += '"';
  const CellOutcome outcome = GeoJsonWriter(wkb, out).write();
  out += '"';
  return outcome;
}

}  // namespace rowmill::convert
