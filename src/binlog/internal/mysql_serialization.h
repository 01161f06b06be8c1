// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "base/byte_reader.h"

namespace rowmill::binlog {

// The integers of mysql::serialization (libs/mysql/serialization/byte_order_helpers.h and
// variable_length_integers.h of MySQL 9.7), used by GTID_TAGGED and PREVIOUS_GTIDS.

/// 1 to 9 bytes: as many 1-bits as there are further bytes end the first one, then a 0-bit (none
/// after eight), then the value, least significant bit first.
uint64_t read_varint(base::ByteReader& reader);

/// A varint whose bit 0 is the sign: 0, -1, 1, -2, ...
int64_t read_signed_varint(base::ByteReader& reader);

}  // namespace rowmill::binlog
