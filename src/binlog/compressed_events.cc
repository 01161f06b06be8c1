// SPDX-License-Identifier: Apache-2.0
//
// binlog_buf_uncompress: sql/log_event.cc of MariaDB 10.11.

#include <zlib.h>

#include <string>

#include "binlog/internal/event_bodies.h"

namespace rowmill::binlog {

using base::ByteReader;
using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

/// Largest max_allowed_packet, so largest event.
constexpr size_t kMaxUnpackedBytes = size_t{1} << 30;
/// Deflate packs no better than 1032 to 1: a larger claim is false, and needs no memory to find
/// out.
constexpr size_t kMaxDeflateRatio = 1032;

}  // namespace

/// Head 1 (0x80 | algorithm << 4 | n), length of the original in n bytes, most significant first,
/// zlib stream with its header. The only algorithm is 0.
Result<std::span<const std::byte>> inflate_packed(std::span<const std::byte> packed,
                                                  base::Arena& arena) {
  constexpr uint8_t kPacked = 0x80;
  ByteReader reader(packed);
  const uint8_t head = reader.u8();
  const auto algorithm = static_cast<uint8_t>(head >> 4 & 0x7);
  const auto length_bytes = static_cast<uint8_t>(head & 0x7);
  if ((head & kPacked) == 0 || (head & 0x8) != 0 || length_bytes < 1 || length_bytes > 4) {
    reader.fail();
  }
  const uint64_t length = reader.big_endian(length_bytes);
  const auto stream = reader.rest();
  ROWMILL_TRY(reader.finish("head of the compressed part"));
  if (algorithm != 0) {
    return Error(ErrorKind::kUnsupported, "compression algorithm " + std::to_string(algorithm));
  }
  if (length > kMaxUnpackedBytes || length > stream.size() * kMaxDeflateRatio) {
    return Error(ErrorKind::kCorrupt, std::to_string(stream.size()) +
                                          " compressed bytes cannot be " + std::to_string(length) +
                                          " bytes");
  }

  char* const unpacked = arena.allocate(length);
  auto unpacked_bytes = static_cast<uLongf>(length);
  auto stream_bytes = static_cast<uLong>(stream.size());
  const int status = uncompress2(reinterpret_cast<Bytef*>(unpacked), &unpacked_bytes,
                                 reinterpret_cast<const Bytef*>(stream.data()), &stream_bytes);
  if (status != Z_OK || unpacked_bytes != length || stream_bytes != stream.size()) {
    return Error(ErrorKind::kCorrupt,
                 "compressed part is damaged (zlib: " + std::to_string(status) + ")");
  }
  return std::as_bytes(std::span(unpacked, length));
}

}  // namespace rowmill::binlog
