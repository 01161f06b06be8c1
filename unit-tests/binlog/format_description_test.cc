// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "binlog/decoded.h"

namespace rowmill::binlog {
namespace {

using base::ErrorKind;
using test::operator+;
using test::format_description;
using test::FormatSpec;

base::Result<Event> decode(const FormatSpec& spec) {
  EventDecoder decoder(ChecksumAlgorithm::kNone);
  return decoder.decode(format_description(spec));
}

TEST(FormatDescription, FieldsOfMysql) {
  const auto event = decode({.server_version = "8.4.3-log", .event_types = 42, .checksum = 1});
  ASSERT_TRUE(event.ok());
  const auto& format = std::get<FormatDescription>(event->body);
  EXPECT_EQ(format.binlog_version, 4);
  EXPECT_EQ(format.server_version, "8.4.3-log");
  EXPECT_EQ(format.flavor, Flavor::kMysql);
  EXPECT_EQ(format.created, 1'600'000'000U);
  EXPECT_EQ(format.header_length, 19);
  EXPECT_EQ(format.checksum, ChecksumAlgorithm::kCrc32);
}

TEST(FormatDescription, FlavorIsThatOfTheServer) {
  struct Case {
    std::string_view version;
    uint8_t event_types;
    Flavor flavor;
  };
  for (const Case& each : {
           Case{"5.7.44", 38, Flavor::kMysql},
           Case{"9.7.4", 42, Flavor::kMysql},
           Case{"26.10.0", 43, Flavor::kMysql},
           Case{"10.11.19-MariaDB-0+deb12u1-log", 171, Flavor::kMariadb},
           Case{"11.8.6-MariaDB", 172, Flavor::kMariadb},
           // MariaDB whose administrator has set another version text.
           Case{"8.0.99-custom", 171, Flavor::kMariadb},
       }) {
    const auto event = decode({.server_version = each.version, .event_types = each.event_types});
    ASSERT_TRUE(event.ok()) << each.version;
    EXPECT_EQ(std::get<FormatDescription>(event->body).flavor, each.flavor) << each.version;
  }
}

TEST(FormatDescription, WhatIsNotUnderstoodIsRefused) {
  struct Case {
    std::string_view name;
    FormatSpec spec;
    ErrorKind kind;
  };
  for (const Case& each : {
           Case{"old server", {.server_version = "5.6.0"}, ErrorKind::kUnsupported},
           Case{"older server", {.server_version = "5.5.62-log"}, ErrorKind::kUnsupported},
           Case{"no version", {.server_version = ""}, ErrorKind::kUnsupported},
           Case{"binlog version", {.binlog_version = 3}, ErrorKind::kUnsupported},
           Case{"checksum algorithm", {.checksum = 2}, ErrorKind::kUnsupported},
           Case{"undefined checksum", {.checksum = 255}, ErrorKind::kUnsupported},
           Case{"short header", {.header_length = 18}, ErrorKind::kCorrupt},
       }) {
    const auto event = decode(each.spec);
    ASSERT_FALSE(event.ok()) << each.name;
    EXPECT_EQ(event.error().kind(), each.kind) << each.name;
  }
}

TEST(FormatDescription, CutBeforeTheListOfTypesIsCorrupt) {
  constexpr size_t kFixedBytes = 2 + 50 + 4 + 1;
  const test::Bytes whole = format_description({});
  for (size_t body = 0; body <= kFixedBytes; ++body) {
    const auto from = whole.begin() + kEventHeaderBytes;
    EventDecoder decoder(ChecksumAlgorithm::kNone);
    const auto event = decoder.decode(test::with_checksum(
        test::event(EventType::kFormatDescription, {from, from + static_cast<ptrdiff_t>(body)})));
    ASSERT_FALSE(event.ok()) << body;
    EXPECT_EQ(event.error().kind(), ErrorKind::kCorrupt) << body;
  }
}

}  // namespace
}  // namespace rowmill::binlog
