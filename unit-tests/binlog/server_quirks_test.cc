// SPDX-License-Identifier: Apache-2.0
//
// What the servers seldom write, and no recorded binlog holds.

#include <gtest/gtest.h>

#include "binlog/decoded.h"
#include "binlog/rows_reader.h"
#include "support/binlog_file.h"

namespace rowmill::binlog {
namespace {

using test::operator+;
using test::Bytes;
using test::event;
using test::hex;
using test::mysql_format;
using test::text;

// libs/mysql/binlog/event/rows_event.h of MySQL 9.7: type 0, length with itself, format, payload.
TEST(ServerQuirks, ExtraDataOfNdbIsPassedOver) {
  const test::Decoded decoded(
      mysql_format(),
      event(EventType::kWriteRows, hex("230000000000 0100 0800 00 06 00 aabbcc 01 ff fe 01")));
  const auto& rows = decoded.as<Rows>();
  EXPECT_EQ(rows.column_count, 1U);
  EXPECT_EQ(Bytes(rows.images.begin(), rows.images.end()), hex("fe 01"));
}

/// Decodes a map of one column `t` in database `d` and the rows behind it; the only value.
int64_t only_value(EventDecoder& decoder, std::string_view column_type, std::string_view cell) {
  const Bytes map = event(EventType::kTableMap, hex("230000000000 0100 01 64 00 01 74 00 01") +
                                                    hex(column_type) + hex("00 01"));
  const auto decoded_map = decoder.decode(map);
  if (!decoded_map.ok()) throw std::runtime_error(decoded_map.error().text());
  const RowLayout layout = test::layout_of(std::get<TableMap>(decoded_map->body));
  const Bytes rows =
      event(EventType::kWriteRows, hex("230000000000 0100 0200 01 ff fe") + hex(cell));
  const auto decoded_rows = decoder.decode(rows);
  if (!decoded_rows.ok()) throw std::runtime_error(decoded_rows.error().text());
  RowsReader::Scratch scratch;
  RowsReader reader(std::get<Rows>(decoded_rows->body), layout, scratch);
  const auto more = reader.next();
  if (!more.ok()) throw std::runtime_error(more.error().text());
  return std::get<int64_t>(reader.after().front());
}

TEST(ServerQuirks, MapIdThatComesBackHasTheTypesOfItsLatestMap) {
  EventDecoder decoder(ChecksumAlgorithm::kNone);
  ASSERT_TRUE(decoder.decode(mysql_format()).ok());
  EXPECT_EQ(only_value(decoder, "03", "01000000"), 1);
  EXPECT_EQ(only_value(decoder, "08", "0100000000010000"), 0x10000000001);
  EXPECT_EQ(only_value(decoder, "01", "ff"), -1);
}

// A document from an INSERT IGNORE on an old server; json_binary.cc, parse_binary().
TEST(ServerQuirks, JsonCellWithoutBytesIsTheLiteralNull) {
  const RowLayout layout{{{.type = FieldType::kJson, .metadata = 4}}};
  const Bytes present = hex("01");
  const Bytes images = hex("00 00000000");
  const Rows rows{.column_count = 1, .present = present, .after_present = {}, .images = images};
  RowsReader::Scratch scratch;
  RowsReader reader(rows, layout, scratch);
  ASSERT_TRUE(*reader.next());
  EXPECT_EQ(std::get<model::JsonText>(reader.after().front()).utf8, "null");
}

}  // namespace
}  // namespace rowmill::binlog
