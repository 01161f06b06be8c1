// SPDX-License-Identifier: Apache-2.0
#include "binlog/internal/mysql_serialization.h"

#include <bit>

namespace rowmill::binlog {

uint64_t read_varint(base::ByteReader& reader) {
  const uint8_t first = reader.u8();
  const auto more_bytes = static_cast<unsigned>(std::countr_one(first));
  const uint64_t high = reader.little_endian(more_bytes);
  // 7 - more_bytes bits of the first byte belong to the value; none of 0x7f and 0xff.
  if (more_bytes >= 7) return high;
  return high << (7 - more_bytes) | static_cast<uint64_t>(first >> (more_bytes + 1));
}

int64_t read_signed_varint(base::ByteReader& reader) {
  const uint64_t value = read_varint(reader);
  return static_cast<int64_t>(value >> 1 ^ (~(value & 1) + 1));
}

}  // namespace rowmill::binlog
