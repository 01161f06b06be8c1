// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <limits>

#include "binlog/decoded.h"
#include "binlog/internal/mysql_serialization.h"

namespace rowmill::binlog {
namespace {

using base::ErrorKind;
using test::operator+;
using test::Bytes;
using test::Decoded;
using test::event;
using test::hex;
using test::little_endian;
using test::mysql_format;
using test::text;

const Bytes kUuid = hex("2fd51af8e57711f19f8702fc00000001");
const Bytes kClock = hex("02 0100000000000000 0200000000000000");

std::string text_of(const MysqlGtidEvent& event) {
  return event.gtid ? model::to_string(model::Gtid(*event.gtid)) : "";
}

TEST(Varint, ValuesOfEveryWidth) {
  struct Case {
    std::string_view bytes;
    uint64_t value;
  };
  for (const Case& each : {
           Case{"00", 0},
           Case{"02", 1},
           Case{"fe", 127},
           Case{"0102", 128},
           Case{"fd03", 255},
           Case{"fdff", 16383},
           Case{"03 0002", 16384},
           Case{"7f 46 0d 5f c0 c3 60 06", 0x0660c3c05f0d46},
           Case{"ff ffffffffffffffff", std::numeric_limits<uint64_t>::max()},
       }) {
    const Bytes bytes = hex(each.bytes);
    base::ByteReader reader(bytes);
    EXPECT_EQ(read_varint(reader), each.value) << each.bytes;
    EXPECT_TRUE(reader.finish("varint").ok()) << each.bytes;
    base::ByteReader cut{std::span(bytes).first(bytes.size() - 1)};
    read_varint(cut);
    EXPECT_TRUE(cut.failed()) << each.bytes;
  }
}

TEST(Varint, SignIsInTheLowestBit) {
  struct Case {
    std::string_view bytes;
    int64_t value;
  };
  for (const Case& each : {
           Case{"00", 0},
           Case{"02", -1},
           Case{"04", 1},
           Case{"14", 5},
           Case{"ff ffffffffffffffff", std::numeric_limits<int64_t>::min()},
           Case{"ff feffffffffffffff", std::numeric_limits<int64_t>::max()},
       }) {
    const Bytes bytes = hex(each.bytes);
    base::ByteReader reader(bytes);
    EXPECT_EQ(read_signed_varint(reader), each.value) << each.bytes;
  }
}

TEST(Gtid, OfEachServerVersion) {
  const Bytes head = hex("00") + kUuid + hex("0500000000000000");
  const Decoded v56(mysql_format(), event(EventType::kGtid, head));
  EXPECT_EQ(text_of(v56.as<MysqlGtidEvent>()), "2fd51af8-e577-11f1-9f87-02fc00000001:5");
  EXPECT_EQ(v56.as<MysqlGtidEvent>().immediate_commit_us, 0U);

  const Decoded v57(mysql_format(), event(EventType::kGtid, head + kClock));
  EXPECT_EQ(v57.as<MysqlGtidEvent>().transaction_length, 0U);

  const Bytes at_source = hex("46 0d 5f c0 c3 60 06") + hex("fc4d01") + hex("a4600100");
  const Decoded v80(mysql_format(), event(EventType::kGtid, head + kClock + at_source));
  EXPECT_EQ(v80.as<MysqlGtidEvent>().immediate_commit_us, 0x0660c3c05f0d46U);
  EXPECT_EQ(v80.as<MysqlGtidEvent>().original_commit_us, 0x0660c3c05f0d46U);
  EXPECT_EQ(v80.as<MysqlGtidEvent>().transaction_length, 0x14dU);
}

TEST(Gtid, OfAnIntermediateSourceHasBothTimesAndVersions) {
  const Decoded gtid(mysql_format(),
                     event(EventType::kGtid, hex("01") + kUuid + hex("0500000000000000") + kClock +
                                                 hex("02 00 00 00 00 00 80 01 00 00 00 00 00 00") +
                                                 hex("20 a4600180 a3600100 0700000000000000")));
  EXPECT_EQ(gtid.as<MysqlGtidEvent>().immediate_commit_us, 2U);
  EXPECT_EQ(gtid.as<MysqlGtidEvent>().original_commit_us, 1U);
  EXPECT_EQ(gtid.as<MysqlGtidEvent>().transaction_length, 0x20U);
}

TEST(Gtid, AnonymousHasNone) {
  const Decoded gtid(mysql_format(),
                     event(EventType::kAnonymousGtid, hex("01") + Bytes(16) + Bytes(8) + kClock));
  EXPECT_FALSE(gtid.as<MysqlGtidEvent>().gtid.has_value());
}

TEST(Gtid, NumbersThatNoServerGivesAreCorrupt) {
  for (const uint64_t number : {uint64_t{0}, uint64_t{1} << 63}) {
    const Decoded gtid(mysql_format(),
                       event(EventType::kGtid, hex("00") + kUuid + little_endian(number, 8)));
    EXPECT_EQ(gtid.error_kind(), ErrorKind::kCorrupt) << number;
  }
}

// Captured from MySQL 9.7: testdata/binlog/mysql_transactions.binlog.
TEST(GtidTagged, CapturedWithHighUuidBytes) {
  const Decoded gtid(
      mysql_format(),
      event(EventType::kGtidTagged, hex("028a00000002a902a902a902a902a902a902a902a902a902a902fd03fd"
                                        "03fd03fd03fd030204140610696d"
                                        "706f72745f3108500a540c7f9d195fc0c360061091051283120b")));
  EXPECT_EQ(text_of(gtid.as<MysqlGtidEvent>()), "aaaaaaaa-aaaa-aaaa-aaaa-ffffffffff01:import_1:5");
  EXPECT_EQ(gtid.as<MysqlGtidEvent>().immediate_commit_us, 0x0660c3c05f199dU);
  EXPECT_EQ(gtid.as<MysqlGtidEvent>().original_commit_us, 0x0660c3c05f199dU);
  EXPECT_EQ(gtid.as<MysqlGtidEvent>().transaction_length, 356U);
}

/// version 1, size, last required field, flags 0, UUID of zeros, number 5, tag "a", then `fields`.
Decoded tagged(std::string_view last_required, std::string_view fields) {
  Bytes body = hex("02 00") + hex(last_required) + hex("00 00 02") + Bytes(16) +
               hex("04 14 06 02") + text("a") + hex(fields);
  body[1] = static_cast<std::byte>(body.size() * 2);
  return Decoded(mysql_format(), event(EventType::kGtidTagged, std::move(body)));
}

TEST(GtidTagged, OriginalTimeIsRead) {
  const Decoded gtid = tagged("00", "0c 04 0e 02");
  EXPECT_EQ(gtid.as<MysqlGtidEvent>().immediate_commit_us, 2U);
  EXPECT_EQ(gtid.as<MysqlGtidEvent>().original_commit_us, 1U);
}

TEST(GtidTagged, UnknownFieldStopsOnlyIfItIsRequired) {
  EXPECT_TRUE(tagged("00", "18 aabbcc").ok());
  const Decoded required = tagged("18", "18 aabbcc");
  ASSERT_FALSE(required.ok());
  EXPECT_EQ(required.error_kind(), ErrorKind::kUnsupported);
}

TEST(GtidTagged, OtherSerializationVersionIsNotSupported) {
  const Decoded gtid(mysql_format(), event(EventType::kGtidTagged, hex("04 06 00")));
  EXPECT_EQ(gtid.error_kind(), ErrorKind::kUnsupported);
}

TEST(GtidTagged, WrongNumbersAreCorrupt) {
  EXPECT_EQ(tagged("00", "04 00").error_kind(), ErrorKind::kCorrupt);  // Number 0.
  EXPECT_EQ(tagged("00", "04 02").error_kind(), ErrorKind::kCorrupt);  // Number -1.
}

TEST(GtidTagged, TagOfMoreThan32BytesIsCorrupt) {
  const std::string tag(33 * 2, '6');
  EXPECT_EQ(tagged("00", "06 42 " + tag).error_kind(), ErrorKind::kCorrupt);
  EXPECT_TRUE(tagged("00", "06 40 " + tag.substr(2)).ok());
}

TEST(GtidTagged, TagThatNoServerGivesIsCorrupt) {
  for (const std::string_view tag : {"30 61", "41 62", "61 00", "61 3a", "61 20", "c3 a9"}) {
    EXPECT_EQ(tagged("00", "06 04 " + std::string(tag)).error_kind(), ErrorKind::kCorrupt) << tag;
  }
  EXPECT_TRUE(tagged("00", "06 04 5f 30").ok());
}

// Captured from MySQL 9.7: testdata/binlog/mysql_tagged_history.binlog.
TEST(PreviousGtids, CapturedWithTags) {
  const Decoded previous(mysql_format(), event(EventType::kPreviousGtids,
                                               hex("010300000000000195bd39f4e57711f1bd3c02fc0000000"
                                                   "100010000000000000001000000000000002e00"
                                                   "00000000000095bd39f4e57711f1bd3c02fc000000010e6"
                                                   "e696768746c7901000000000000000100000000"
                                                   "0000000200000000000000aaaaaaaaaaaaaaaaaaaafffff"
                                                   "fffff0110696d706f72745f3101000000000000"
                                                   "0005000000000000000600000000000000")));
  EXPECT_EQ(previous.as<PreviousGtids>().set.text(),
            "95bd39f4-e577-11f1-bd3c-02fc00000001:1-45:nightly:1,"
            "aaaaaaaa-aaaa-aaaa-aaaa-ffffffffff01:import_1:5");
}

TEST(PreviousGtids, PlainIntervalsEndBeforeTheirSecondNumber) {
  const Decoded previous(
      mysql_format(),
      event(EventType::kPreviousGtids,
            hex("0100000000000000") + kUuid + hex("0200000000000000") +
                hex("0100000000000000 0500000000000000 0700000000000000 0800000000000000")));
  EXPECT_EQ(previous.as<PreviousGtids>().set.text(), "2fd51af8-e577-11f1-9f87-02fc00000001:1-4:7");
}

TEST(PreviousGtids, EmptySet) {
  const Decoded previous(mysql_format(), event(EventType::kPreviousGtids, Bytes(8)));
  EXPECT_TRUE(previous.as<PreviousGtids>().set.empty());
}

TEST(PreviousGtids, EmptyIntervalAndUnknownFormatAreRefused) {
  const Bytes one_interval = hex("0100000000000000") + kUuid + hex("0100000000000000");
  for (const Bytes& interval :
       {hex("0000000000000000 0100000000000000"), hex("0500000000000000 0500000000000000"),
        hex("0100000000000000 0000000000000080")}) {
    const Decoded previous(mysql_format(),
                           event(EventType::kPreviousGtids, one_interval + interval));
    EXPECT_EQ(previous.error_kind(), ErrorKind::kCorrupt);
  }
  const Decoded format(mysql_format(), event(EventType::kPreviousGtids, hex("0000000000000002")));
  EXPECT_EQ(format.error_kind(), ErrorKind::kUnsupported);
}

TEST(PreviousGtids, FalseCountsEndWithTheBytes) {
  const Decoded sources(mysql_format(),
                        event(EventType::kPreviousGtids, hex("ffffffffffffff00") + kUuid));
  EXPECT_EQ(sources.error_kind(), ErrorKind::kCorrupt);
  const Decoded intervals(
      mysql_format(),
      event(EventType::kPreviousGtids, hex("0100000000000000") + kUuid + hex("ffffffffffffffff")));
  EXPECT_EQ(intervals.error_kind(), ErrorKind::kCorrupt);
}

}  // namespace
}  // namespace rowmill::binlog
