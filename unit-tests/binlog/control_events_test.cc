// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

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
using test::text;

TEST(Rotate, HasPositionAndFile) {
  const Decoded rotate(mysql_format(),
                       event(EventType::kRotate, hex("0400000001000000") + text("binlog.000002")));
  EXPECT_EQ(rotate.as<Rotate>().position, 0x1'0000'0004U);
  EXPECT_EQ(rotate.as<Rotate>().file, "binlog.000002");
}

TEST(Rotate, WithoutFileIsCorrupt) {
  const Decoded rotate(mysql_format(), event(EventType::kRotate, hex("0400000000000000")));
  EXPECT_EQ(rotate.error_kind(), ErrorKind::kCorrupt);
}

TEST(XaPrepare, HasItsXid) {
  const Decoded prepare(mysql_format(), event(EventType::kXaPrepare,
                                              hex("01 07000000 01000000 02000000") + text("gbb")));
  EXPECT_TRUE(prepare.as<XaPrepare>().one_phase);
  EXPECT_EQ(prepare.as<XaPrepare>().format_id, 7U);
  EXPECT_EQ(prepare.as<XaPrepare>().gtrid, "g");
  EXPECT_EQ(prepare.as<XaPrepare>().bqual, "bb");
}

TEST(Incident, HasNumberAndMessage) {
  const Decoded incident(mysql_format(),
                         event(EventType::kIncident, hex("0100 04") + text("lost")));
  EXPECT_EQ(incident.as<Incident>().number, 1);
  EXPECT_EQ(incident.as<Incident>().message, "lost");
}

// As MySQL 9.7.4 wrote it, to its last checksum.
TEST(Incident, SecondChecksumOfMysqlIsPassedOver) {
  const Decoded incident(
      mysql_format(), event(EventType::kIncident, hex("0100 04") + text("lost") + hex("88c67316")));
  EXPECT_EQ(incident.as<Incident>().message, "lost");
}

TEST(RowsQuery, LengthByteIsNotTrusted) {
  for (const Bytes& length : {hex("00"), hex("05"), hex("ff")}) {
    const Decoded query(mysql_format(), event(EventType::kRowsQuery, length + text("INSERT")));
    EXPECT_EQ(query.as<RowsQuery>().sql, "INSERT");
  }
}

TEST(AnnotateRows, IsTheTextAlone) {
  const Decoded annotate(mariadb_format(), event(EventType::kAnnotateRows, text("INSERT")));
  EXPECT_EQ(annotate.as<RowsQuery>().sql, "INSERT");
}

TEST(Heartbeat, PositionIsThatOfTheHeader) {
  const Decoded heartbeat(
      mysql_format(),
      event({.type = EventType::kHeartbeat, .body = text("binlog.000003"), .log_pos = 197}));
  EXPECT_EQ(heartbeat.as<Heartbeat>().file, "binlog.000003");
  EXPECT_EQ(heartbeat.as<Heartbeat>().position, 197U);
}

TEST(Heartbeat, MariadbPutsLargePositionsInFrontOfTheFile) {
  const Decoded heartbeat(mariadb_format(),
                          event({.type = EventType::kHeartbeat,
                                 .body = hex("0500000001000000") + text("binlog.000003"),
                                 .log_pos = 0}));
  EXPECT_EQ(heartbeat.as<Heartbeat>().file, "binlog.000003");
  EXPECT_EQ(heartbeat.as<Heartbeat>().position, 0x1'0000'0005U);
}

TEST(Heartbeat, PositionInTheFilesMagicIsCorrupt) {
  for (const uint32_t position : {0U, 3U}) {
    const Decoded heartbeat(
        mysql_format(),
        event({.type = EventType::kHeartbeat, .body = text("b"), .log_pos = position}));
    EXPECT_EQ(heartbeat.error_kind(), ErrorKind::kCorrupt);
  }
}

TEST(HeartbeatV2, FieldsComeInAnyOrderAndUnknownOnesAreLeftOut) {
  const Decoded heartbeat(mysql_format(),
                          event(EventType::kHeartbeatV2,
                                hex("09 02 aabb 02 03 fc6717 01 03") + text("b.1") + hex("00")));
  EXPECT_EQ(heartbeat.as<Heartbeat>().file, "b.1");
  EXPECT_EQ(heartbeat.as<Heartbeat>().position, 0x1767U);
}

}  // namespace
}  // namespace rowmill::binlog
