// SPDX-License-Identifier: Apache-2.0
#include "kafka/offset_record.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace rowmill::kafka {
namespace {

using base::ErrorKind;
using testing::HasSubstr;

TEST(OffsetKey, IsSpelledAsKafkaConnectDoes) {
  EXPECT_EQ(encode_offset_key({"orders", "shop"}), R"(["orders",{"server":"shop"}])");
}

TEST(OffsetKey, QuotesAndControlCharactersSurviveARoundTrip) {
  const OffsetKey key{"or\"d\\e\nrs", "sh\u00f6p"};
  EXPECT_EQ(decode_offset_key(encode_offset_key(key)), key);
}

TEST(OffsetKey, BlanksDoNotMatter) {
  EXPECT_EQ(decode_offset_key(" [ \"orders\" ,\n{ \"server\" : \"shop\" } ] "),
            (OffsetKey{"orders", "shop"}));
}

TEST(OffsetKey, KeysOfOtherConnectorsAreAbsent) {
  const std::vector<std::string> others = {
      "",
      "null",
      "{}",
      "[]",
      R"(["orders"])",
      R"(["orders",{"server":"shop"},1])",
      R"([1,{"server":"shop"}])",
      R"(["orders",["server"]])",
      R"(["orders",{}])",
      R"(["orders",{"server":"shop","database":"d"}])",
      R"(["orders",{"server":null}])",
      R"(["orders",{"filename":"f"}])",
      R"(["orders",{"server":"shop"})",
      std::string(100'000, '['),
  };
  for (const std::string& key : others) {
    EXPECT_FALSE(decode_offset_key(key).has_value()) << key.substr(0, 80);
  }
}

connect::StoredOffset stored_offset() {
  connect::StoredOffset stored;
  stored.offset.position = {"binlog.000003", 5'000'000'000};
  stored.offset.server_id = 4'294'967'295;
  stored.offset.timestamp_seconds = 1'700'000'000;
  stored.writer = "host:12:ab";
  stored.transaction_sequence = 17;
  return stored;
}

void expect_round_trip(const connect::StoredOffset& stored) {
  const auto decoded = decode_offset_value(encode_offset_value(stored));
  ASSERT_TRUE(decoded.ok()) << decoded.error().text();
  EXPECT_EQ(decoded->offset, stored.offset);
  EXPECT_EQ(decoded->writer, stored.writer);
  EXPECT_EQ(decoded->transaction_sequence, stored.transaction_sequence);
}

// Stored for years: this text must not change.
TEST(OffsetValue, AtABoundaryHasNoEventAndRow) {
  EXPECT_EQ(encode_offset_value(stored_offset()),
            R"({"ts_sec":1700000000,"file":"binlog.000003","pos":5000000000,)"
            R"("server_id":4294967295,"writer":"host:12:ab","txn_seq":17})");
}

TEST(OffsetValue, InsideATransactionHasGtidsEventAndRow) {
  connect::StoredOffset stored = stored_offset();
  stored.offset.gtids = model::parse_gtid_set("3e11fa47-71ca-11e1-9e33-c80aa9429562:1-5:7").value();
  stored.offset.events = 2;
  stored.offset.rows = 10;
  EXPECT_EQ(encode_offset_value(stored),
            R"({"ts_sec":1700000000,"file":"binlog.000003","pos":5000000000,)"
            R"("gtids":"3e11fa47-71ca-11e1-9e33-c80aa9429562:1-5:7","server_id":4294967295,)"
            R"("event":2,"row":10,"writer":"host:12:ab","txn_seq":17})");
  expect_round_trip(stored);
}

TEST(OffsetValue, BothKindsOfGtidsSurviveARoundTrip) {
  connect::StoredOffset stored = stored_offset();
  expect_round_trip(stored);
  stored.offset.gtids = model::parse_gtid_set("0-1-10,1-2-3").value();
  expect_round_trip(stored);
}

TEST(OffsetValue, PreparedXaTransactionsAreListed) {
  connect::StoredOffset stored = stored_offset();
  stored.offset.prepared = {
      {.xid = "X'67',X'62',7",
       .begin = {"binlog.000002", 5'000'000'001},
       .gtid = model::parse_gtid("3e11fa47-71ca-11e1-9e33-c80aa9429562:tag:5").value(),
       .holds_rows = true},
      {.xid = "X'68',X'',1", .begin = {"binlog.000003", 4}}};
  EXPECT_EQ(encode_offset_value(stored),
            R"({"ts_sec":1700000000,"file":"binlog.000003","pos":5000000000,)"
            R"("server_id":4294967295,"xa":[{"xid":"X'67',X'62',7","file":"binlog.000002",)"
            R"("pos":5000000001,"gtid":"3e11fa47-71ca-11e1-9e33-c80aa9429562:tag:5","rows":true},)"
            R"({"xid":"X'68',X'',1","file":"binlog.000003","pos":4,"rows":false}],)"
            R"("writer":"host:12:ab","txn_seq":17})");
  expect_round_trip(stored);
  stored.offset.prepared[1].gtid = model::parse_gtid("0-1-10").value();
  expect_round_trip(stored);
}

TEST(OffsetValue, DebeziumsIsUnderstood) {
  const auto decoded = decode_offset_value(
      R"({"transaction_id":null,"ts_sec":1700000001,"file":"mysql-bin.000042","pos":1194,)"
      R"("gtids":"3e11fa47-71ca-11e1-9e33-c80aa9429562:1-77","row":1,"server_id":223344,"event":2,)"
      R"("snapshot":false,"snapshot_completed":true,"incremental_snapshot_primary_key":null,)"
      R"("nested":{"a":[1,2.5,"x"]}})");
  ASSERT_TRUE(decoded.ok()) << decoded.error().text();
  EXPECT_EQ(decoded->offset.position, (model::Position{"mysql-bin.000042", 1194}));
  EXPECT_EQ(decoded->offset.events, 2U);
  EXPECT_EQ(decoded->offset.rows, 1U);
  EXPECT_EQ(decoded->offset.server_id, 223344U);
  EXPECT_EQ(decoded->offset.timestamp_seconds, 1'700'000'001);
  EXPECT_EQ(model::to_string(*decoded->offset.gtids), "3e11fa47-71ca-11e1-9e33-c80aa9429562:1-77");
  EXPECT_EQ(decoded->writer, "");
}

TEST(OffsetValue, FileAndPositionAreEnough) {
  const auto decoded = decode_offset_value(R"({"file":"b.1","pos":4})");
  ASSERT_TRUE(decoded.ok()) << decoded.error().text();
  EXPECT_EQ(decoded->offset.position, (model::Position{"b.1", 4}));
  EXPECT_FALSE(decoded->offset.gtids.has_value());
}

TEST(OffsetValue, WhatIsWrongIsNamed) {
  struct Case {
    std::string value;
    std::string named;
  };
  const std::vector<Case> cases = {
      {"", "not JSON"},
      {"{", "not JSON"},
      {R"({"file":"b.1","pos":4} x)", "not JSON"},
      {std::string(100'000, '['), "not JSON"},
      {"[]", "not a JSON object"},
      {"null", "not a JSON object"},
      {R"({"pos":4})", "\"file\" is missing"},
      {R"({"file":null,"pos":4})", "\"file\" is missing"},
      {R"({"file":1,"pos":4})", "\"file\" is not a string"},
      {R"({"file":"b.1"})", "\"pos\" is missing"},
      {R"({"file":"b.1","pos":-4})", "\"pos\" is not a whole number"},
      {R"({"file":"b.1","pos":4.5})", "\"pos\" is not a whole number"},
      {R"({"file":"b.1","pos":"4"})", "\"pos\" is not a whole number"},
      {R"({"file":"b.1","pos":18446744073709551616})", "\"pos\" is not a whole number"},
      {R"({"file":"b.1","pos":4,"server_id":4294967296})", "\"server_id\" is not"},
      {R"({"file":"b.1","pos":4,"event":true})", "\"event\" is not"},
      {R"({"file":"b.1","pos":4,"row":-1})", "\"row\" is not"},
      {R"({"file":"b.1","pos":4,"ts_sec":"x"})", "\"ts_sec\" is not"},
      {R"({"file":"b.1","pos":4,"gtids":7})", "\"gtids\" is not a string"},
      {R"({"file":"b.1","pos":4,"gtids":"nonsense"})", "\"gtids\""},
      {R"({"file":"b.1","pos":4,"xa":{}})", "\"xa\" is not a list"},
      {R"({"file":"b.1","pos":4,"xa":[7]})", "no object"},
      {R"({"file":"b.1","pos":4,"xa":[{"file":"b.1","pos":4,"rows":true}]})", "\"xid\" is missing"},
      {R"({"file":"b.1","pos":4,"xa":[{"xid":"x","pos":4,"rows":true}]})", "\"file\" is missing"},
      {R"({"file":"b.1","pos":4,"xa":[{"xid":"x","file":"b","rows":true}]})", "\"pos\" is"},
      {R"({"file":"b.1","pos":4,"xa":[{"xid":"x","file":"b","pos":4}]})", "\"rows\" is not"},
      {R"({"file":"b.1","pos":4,"xa":[{"xid":"x","file":"b","pos":4,"rows":1}]})", "\"rows\""},
      {R"({"file":"b.1","pos":4,"xa":[{"xid":"x","file":"b","pos":4,"rows":true,"gtid":"0-1-1,1-1-1"}]})",
       "\"gtid\""},
      {R"({"file":"b.1","pos":4,"writer":7})", "\"writer\" is not a string"},
      {R"({"file":"b.1","pos":4,"txn_seq":-1})", "\"txn_seq\" is not"},
  };
  for (const Case& entry : cases) {
    const auto decoded = decode_offset_value(entry.value);
    ASSERT_FALSE(decoded.ok()) << entry.value.substr(0, 80);
    EXPECT_EQ(decoded.error().kind(), ErrorKind::kCorrupt) << entry.value.substr(0, 80);
    EXPECT_THAT(decoded.error().message(), HasSubstr(entry.named));
    EXPECT_THAT(decoded.error().remedy(), HasSubstr("rowmill offsets"));
  }
}

TEST(OffsetValue, ASnapshotUnderWayIsRefused) {
  for (const std::string member :
       {R"("snapshot":true)", R"("snapshot":"INITIAL")", R"("snapshot_completed":false)",
        R"("incremental_snapshot_primary_key":"aced")",
        R"("incremental_snapshot_collections":"[]")"}) {
    const auto decoded = decode_offset_value(R"({"file":"b.1","pos":4,)" + member + "}");
    ASSERT_FALSE(decoded.ok()) << member;
    EXPECT_EQ(decoded.error().kind(), ErrorKind::kUnsupported) << member;
    EXPECT_THAT(decoded.error().remedy(), HasSubstr("snapshot"));
  }
}

}  // namespace
}  // namespace rowmill::kafka
