// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "convert/cell_writer.h"

namespace rowmill::convert {

/// How many geometry collections may lie within each other.
inline constexpr size_t kDeepestGeometry = 64;

/// A point's coordinates in the order in which the server keeps them.
struct PointCoordinates {
  double x = 0;
  double y = 0;
};

/// Sets `out` from the WKB of a point and of nothing else. Outcomes: kBadGeometry, kNotFinite.
CellOutcome read_point(std::span<const std::byte> wkb, PointCoordinates& out);

/// Appends the GeoJSON text (RFC 7946) of a geometry, as a JSON string: its quotes are escaped.
/// Coordinates stay in the server's order. Outcomes: kBadGeometry, kNotFinite, kTooDeep; `out` is
/// then in an unknown state beyond its old end.
CellOutcome append_geo_json(std::span<const std::byte> wkb, std::string& out);

}  // namespace rowmill::convert
