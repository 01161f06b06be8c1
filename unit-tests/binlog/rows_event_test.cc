// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <vector>

#include "binlog/decoded.h"

namespace rowmill::binlog {
namespace {

using base::ErrorKind;
using test::operator+;
using test::Bytes;
using test::Decoded;
using test::event;
using test::hex;
using test::mariadb_format;
using test::mysql_format;

Bytes bytes_of(std::span<const std::byte> bytes) { return {bytes.begin(), bytes.end()}; }

TEST(RowsEvent, V1HasNoExtraData) {
  const Decoded decoded(mariadb_format(),
                        event(EventType::kWriteRowsV1, hex("230000000001 0100 03 07 f8 aabb")));
  const auto& rows = decoded.as<Rows>();
  EXPECT_EQ(rows.table, MapId{0x010000000023});
  EXPECT_EQ(rows.kind, RowsKind::kWrite);
  EXPECT_TRUE(rows.statement_end);
  EXPECT_EQ(rows.column_count, 3U);
  EXPECT_EQ(bytes_of(rows.present), hex("07"));
  EXPECT_TRUE(rows.after_present.empty());
  EXPECT_EQ(bytes_of(rows.images), hex("f8 aabb"));
}

TEST(RowsEvent, ExtraDataIsPassedOverByItsLength) {
  // Captured from MySQL 9.7: an update that moves a row from partition 1 to 2.
  const Decoded decoded(
      mysql_format(),
      event(EventType::kUpdateRows, hex("230000000000 1000 0700 01 0200 0100 02 03 01 aa")));
  const auto& rows = decoded.as<Rows>();
  EXPECT_EQ(rows.kind, RowsKind::kUpdate);
  EXPECT_FALSE(rows.statement_end);
  EXPECT_EQ(rows.column_count, 2U);
  EXPECT_EQ(bytes_of(rows.present), hex("03"));
  EXPECT_EQ(bytes_of(rows.after_present), hex("01"));
  EXPECT_EQ(bytes_of(rows.images), hex("aa"));
}

TEST(RowsEvent, UnknownFlagsChangeNothing) {
  const Decoded decoded(mysql_format(),
                        event(EventType::kDeleteRows, hex("230000000000 ffff 0200 01 01 fe 01")));
  EXPECT_EQ(decoded.as<Rows>().kind, RowsKind::kDelete);
  EXPECT_TRUE(decoded.as<Rows>().statement_end);
}

TEST(RowsEvent, ExtraLengthThatDoesNotCountItselfIsCorrupt) {
  const Decoded decoded(mysql_format(),
                        event(EventType::kWriteRows, hex("230000000000 0100 0100 01 ff fe 01")));
  EXPECT_EQ(decoded.error_kind(), ErrorKind::kCorrupt);
}

TEST(RowsEvent, FalseColumnCountIsCorrupt) {
  for (const std::string_view count : {"feffffffffffffffff", "fef9ffffffffffffff", "fd000001"}) {
    const Decoded decoded(
        mysql_format(),
        event(EventType::kWriteRows, hex("230000000000 0100 0200") + hex(count) + hex("ff fe 01")));
    ASSERT_FALSE(decoded.ok()) << count;
    EXPECT_EQ(decoded.error_kind(), ErrorKind::kCorrupt) << count;
  }
}

}  // namespace
}  // namespace rowmill::binlog
