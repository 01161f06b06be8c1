// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "binlog/event.h"

namespace rowmill::test {

using Bytes = std::vector<std::byte>;

/// Bytes written as hex digits; blanks are allowed anywhere.
Bytes hex(std::string_view digits);
Bytes text(std::string_view characters);
/// `value` in `width` bytes, least significant first.
Bytes little_endian(uint64_t value, size_t width);
Bytes operator+(Bytes left, const Bytes& right);

/// An event without a checksum around `body`.
struct EventSpec {
  binlog::EventType type{};
  Bytes body;
  uint32_t timestamp = 1'700'000'000;
  uint32_t server_id = 1;
  uint32_t log_pos = 4711;
  uint16_t flags = 0;
};
Bytes event(const EventSpec& spec);
Bytes event(binlog::EventType type, const Bytes& body);
/// `event` with four more bytes: its CRC-32.
Bytes with_checksum(Bytes event);

/// A whole format description, checksum included.
struct FormatSpec {
  std::string_view server_version = "9.7.4";
  uint8_t event_types = 42;
  uint8_t checksum = 0;
  uint8_t header_length = 19;
  uint16_t binlog_version = 4;
};
Bytes format_description(const FormatSpec& spec);
/// What the two servers send when binlog_checksum is NONE.
Bytes mysql_format();
Bytes mariadb_format();

}  // namespace rowmill::test
