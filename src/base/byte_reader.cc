// SPDX-License-Identifier: Apache-2.0
#include "base/byte_reader.h"

#include <string>

namespace rowmill::base {

uint64_t ByteReader::length_encoded() {
  const uint8_t first = u8();
  if (first < 0xfb) return first;
  switch (first) {
    case 0xfc:
      return u16();
    case 0xfd:
      return u24();
    case 0xfe:
      return u64();
    default:
      fail();
      return 0;
  }
}

Result<void> ByteReader::finish_ignoring_rest(std::string_view what) const {
  if (failed_) {
    return Error(ErrorKind::kCorrupt, std::string(what) + " is damaged or cut short at byte " +
                                          std::to_string(failed_at_) + " of " +
                                          std::to_string(size_));
  }
  return {};
}

Result<void> ByteReader::finish(std::string_view what) const {
  ROWMILL_TRY(finish_ignoring_rest(what));
  if (offset_ != size_) {
    return Error(ErrorKind::kCorrupt, std::string(what) + " has " +
                                          std::to_string(size_ - offset_) +
                                          " bytes left over after byte " + std::to_string(offset_));
  }
  return {};
}

}  // namespace rowmill::base
