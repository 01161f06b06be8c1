// SPDX-License-Identifier: Apache-2.0
//
// Format_description_event: libs/mysql/binlog/event/control_events.cpp of MySQL 9.7.

#include <string>

#include "binlog/internal/event_bodies.h"

namespace rowmill::binlog {

using base::ByteReader;
using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

constexpr uint16_t kBinlogVersion = 4;
constexpr size_t kVersionBytes = 50;
/// Servers before 5.6.1 know no checksum, so the byte that names it is not there.
constexpr std::string_view kOldestServer = "5.6.1";

/// MySQL knows some 40 types, MariaDB those from 160 on too. More trustworthy than the version's
/// text, which an administrator may change.
constexpr size_t kMariadbEventTypes = 160;

/// "8.0.32-log" as one number that compares like the version.
uint64_t version_number(std::string_view text) {
  uint64_t number = 0;
  size_t at = 0;
  for (int part = 0; part < 3; ++part) {
    uint64_t value = 0;
    for (; at < text.size() && text[at] >= '0' && text[at] <= '9' && value < 1000; ++at) {
      value = value * 10 + static_cast<uint64_t>(text[at] - '0');
    }
    number = number * 10000 + value;
    if (at < text.size() && text[at] == '.') ++at;
  }
  return number;
}

Result<ChecksumAlgorithm> checksum_algorithm(uint8_t wire) {
  if (wire == static_cast<uint8_t>(ChecksumAlgorithm::kNone)) return ChecksumAlgorithm::kNone;
  if (wire == static_cast<uint8_t>(ChecksumAlgorithm::kCrc32)) return ChecksumAlgorithm::kCrc32;
  return Error(ErrorKind::kUnsupported, "checksum algorithm " + std::to_string(wire));
}

}  // namespace

/// Binlog version 2, server version 50 padded with NUL, created 4, header length 1, one post-header
/// length for each type, checksum algorithm 1. The number of types differs between servers.
Result<FormatDescription> decode_format_description(Body body) {
  ByteReader reader(body);
  FormatDescription format;
  format.binlog_version = reader.u16();
  const std::string_view version = reader.text(kVersionBytes);
  format.server_version = version.substr(0, version.find('\0'));
  format.created = reader.u32();
  format.header_length = reader.u8();
  if (reader.remaining() == 0) reader.fail();
  const size_t event_types = reader.remaining() == 0 ? 0 : reader.remaining() - 1;
  reader.skip(event_types);
  const uint8_t algorithm = reader.u8();
  ROWMILL_TRY(reader.finish("body"));

  if (format.binlog_version != kBinlogVersion) {
    return Error(ErrorKind::kUnsupported,
                 "binlog version " + std::to_string(format.binlog_version));
  }
  if (version_number(format.server_version) < version_number(kOldestServer)) {
    return Error(ErrorKind::kUnsupported, "server version '" + format.server_version + "'");
  }
  if (format.header_length < kEventHeaderBytes) {
    return Error(ErrorKind::kCorrupt,
                 "event headers of " + std::to_string(format.header_length) + " bytes");
  }
  ROWMILL_ASSIGN(format.checksum, checksum_algorithm(algorithm));
  const bool says_mariadb = format.server_version.find("MariaDB") != std::string::npos;
  format.flavor =
      says_mariadb || event_types >= kMariadbEventTypes ? Flavor::kMariadb : Flavor::kMysql;
  return format;
}

}  // namespace rowmill::binlog
