// SPDX-License-Identifier: Apache-2.0
#include "support/event_bytes.h"

#include <zlib.h>

#include <cctype>
#include <span>
#include <stdexcept>
#include <string>

namespace rowmill::test {

Bytes hex(std::string_view digits) {
  Bytes bytes;
  std::string pair;
  for (const char digit : digits) {
    if (digit == ' ') continue;
    if (std::isxdigit(static_cast<unsigned char>(digit)) == 0) throw std::invalid_argument("hex");
    pair.push_back(digit);
    if (pair.size() < 2) continue;
    bytes.push_back(static_cast<std::byte>(std::stoul(pair, nullptr, 16)));
    pair.clear();
  }
  if (!pair.empty()) throw std::invalid_argument("odd number of hex digits");
  return bytes;
}

Bytes text(std::string_view characters) {
  const auto bytes = std::as_bytes(std::span(characters));
  return {bytes.begin(), bytes.end()};
}

Bytes little_endian(uint64_t value, size_t width) {
  Bytes bytes;
  for (size_t i = 0; i < width; ++i) bytes.push_back(static_cast<std::byte>(value >> (8 * i)));
  return bytes;
}

Bytes operator+(Bytes left, const Bytes& right) {
  left.insert(left.end(), right.begin(), right.end());
  return left;
}

Bytes event(const EventSpec& spec) {
  return little_endian(spec.timestamp, 4) + little_endian(static_cast<uint8_t>(spec.type), 1) +
         little_endian(spec.server_id, 4) +
         little_endian(binlog::kEventHeaderBytes + spec.body.size(), 4) +
         little_endian(spec.log_pos, 4) + little_endian(spec.flags, 2) + spec.body;
}

Bytes event(binlog::EventType type, const Bytes& body) {
  return event({.type = type, .body = body});
}

Bytes with_checksum(Bytes event) {
  constexpr size_t kSizeAt = 9;
  const Bytes size = little_endian(event.size() + 4, 4);
  std::copy(size.begin(), size.end(), event.begin() + kSizeAt);
  const auto crc = crc32_z(0, reinterpret_cast<const Bytef*>(event.data()), event.size());
  return event + little_endian(crc, 4);
}

Bytes format_description(const FormatSpec& spec) {
  Bytes version = text(spec.server_version);
  version.resize(50);
  return with_checksum(event(binlog::EventType::kFormatDescription,
                             little_endian(spec.binlog_version, 2) + version +
                                 little_endian(1'600'000'000, 4) +
                                 little_endian(spec.header_length, 1) + Bytes(spec.event_types) +
                                 little_endian(spec.checksum, 1)));
}

Bytes mysql_format() { return format_description({}); }

Bytes mariadb_format() {
  return format_description({.server_version = "10.11.19-MariaDB-log", .event_types = 171});
}

}  // namespace rowmill::test
