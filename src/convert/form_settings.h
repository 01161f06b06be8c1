// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/config.h"

namespace rowmill::convert {

using config::BigintUnsignedMode;
using config::BinaryMode;
using config::BitMode;
using config::DecimalMode;
using config::GeometryMode;
using config::PartialJsonMode;
using config::TimeMode;

/// Which form a column has where there is a choice; README.md shows them all.
struct FormSettings {
  DecimalMode decimal = DecimalMode::kString;
  TimeMode time = TimeMode::kIso;
  BigintUnsignedMode bigint_unsigned = BigintUnsignedMode::kExact;
  BinaryMode binary = BinaryMode::kBytes;
  BitMode bit = BitMode::kNumber;
  GeometryMode geometry = GeometryMode::kWkb;
};

}  // namespace rowmill::convert
