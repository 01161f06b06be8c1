// SPDX-License-Identifier: Apache-2.0
//
// What must hold for every decoder of a body: cut anywhere it is an error, and so is a byte too
// many.

#include <gtest/gtest.h>

#include <set>
#include <string>

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

struct BodyCase {
  std::string name;
  EventType type{};
  Bytes body;
  /// The body ends in text, rows or a list that may have any length from here on.
  size_t open_from = SIZE_MAX;
  /// Shorter lengths at which an older server's body ends.
  std::set<size_t> legal = {};
  Flavor flavor = Flavor::kMysql;
};

void PrintTo(const BodyCase& body, std::ostream* out) { *out << body.name; }

const Bytes kUuid = hex("2fd51af8e57711f19f8702fc00000001");
const Bytes kTableMapHead =
    hex("23 00 00 00 00 00 01 00 01") + text("d") + hex("00 01") + text("t") + hex("00");

std::vector<BodyCase> bodies() {
  const Bytes statement = text("BEGIN");
  return {
      {"Rotate", EventType::kRotate, hex("0400000000000000") + text("b.1"), 9},
      {"Xid", EventType::kXid, hex("0102030405060708")},
      {"XaPrepare", EventType::kXaPrepare, hex("00 07000000 01000000 02000000") + text("gbb")},
      {"Incident", EventType::kIncident, hex("0100 04") + text("lost")},
      {"RowsQuery", EventType::kRowsQuery, hex("00") + statement, 1},
      {"AnnotateRows", EventType::kAnnotateRows, statement, 0},
      {"Heartbeat", EventType::kHeartbeat, text("binlog.000001"), 0},
      {"HeartbeatV2", EventType::kHeartbeatV2,
       hex("01 03") + text("b.1") + hex("02 03 fc67 17 00")},
      {"Gtid",
       EventType::kGtid,
       hex("00") + kUuid + hex("0500000000000000 02 0100000000000000 0200000000000000") +
           hex("01020304050680 01020304050600 fc6401 a4600180 a3600100 0900000000000000"),
       SIZE_MAX,
       {25, 42, 56, 59, 67}},
      {"GtidTagged", EventType::kGtidTagged,
       hex("0278000000025502f50272d1039503ee22c503f5027804f103000000020404060e6e696768746c7908380a3"
           "c"
           "0c7f460d5fc0c36006104d051283120b")},
      {"PreviousGtids", EventType::kPreviousGtids,
       hex("0100000000000000") + kUuid + hex("0200000000000000") +
           hex("0100000000000000 0500000000000000 0700000000000000 0800000000000000")},
      {"PreviousGtidsTagged", EventType::kPreviousGtids,
       hex("0101000000000001") + kUuid + hex("02") + text("a") +
           hex("0100000000000000 0100000000000000 0500000000000000")},
      {"MariadbGtid",
       EventType::kMariadbGtid,
       hex("0500000000000000 01000000 28 000000000000"),
       SIZE_MAX,
       {},
       Flavor::kMariadb},
      {"MariadbGtidWithAll",
       EventType::kMariadbGtid,
       hex("0500000000000000 01000000 c2 1100000000000000 07000000 01 01") + text("gb") +
           hex("1d 02 0900000000000000 63000000"),
       SIZE_MAX,
       {29},
       Flavor::kMariadb},
      {"GtidList",
       EventType::kGtidList,
       hex("01000000 00000000 01000000 1200000000000000"),
       SIZE_MAX,
       {},
       Flavor::kMariadb},
      {"GtidListEmpty", EventType::kGtidList, hex("00000000 0000"), SIZE_MAX, {}, Flavor::kMariadb},
      {"Query", EventType::kQuery,
       hex("07000000 00000000 02 0000 0500 12ff0013 01") + text("db") + hex("00") + statement, 21},
      {"TableMap", EventType::kTableMap, kTableMapHead + hex("02 03 0f 02 0a00 03")},
      {"TableMapWithMetadata",
       EventType::kTableMap,
       kTableMapHead + hex("02 03 0f 02 0a00 03 01 01 80 02 01 08 04 04 01 61 01 62"),
       SIZE_MAX,
       {21, 24, 27}},
      {"WriteRowsV1", EventType::kWriteRowsV1, hex("230000000000 0100 01 ff fe 01000000"), 10},
      {"UpdateRowsV1", EventType::kUpdateRowsV1, hex("230000000000 0100 01 ff ff fe 01000000"), 11},
      {"WriteRows", EventType::kWriteRows, hex("230000000000 0100 0500 010100 01 ff fe 01"), 15},
      {"QueryCompressed",
       EventType::kQueryCompressed,
       hex("0f00000000000000060000230000000000010100002054000000000603737464042d002d000800816d00000"
           "0"
           "000000007061636b6564008141789c730e72750c7155087174f271552851d0c84c51f0f40b510808f2f4750"
           "c8a"
           "54f0768dd451285308730c72f6700cd2303130d0d4514852f07575f10cf50d718d08d1040037781109"),
       SIZE_MAX,
       {},
       Flavor::kMariadb},
      {"WriteRowsCompressedV1",
       EventType::kWriteRowsCompressedV1,
       hex("23000000000001000303820133789cfbc3ccc0c0a0c398320a88060050e4765d"),
       SIZE_MAX,
       {},
       Flavor::kMariadb},
      {"TransactionPayload", EventType::kTransactionPayload,
       hex("02 03 fcff00 03 01 04 01 01 04 00 aabbccdd")},
  };
}

class EventBody : public ::testing::TestWithParam<BodyCase> {
 protected:
  Decoded decode(Bytes body) const {
    const bool mysql = GetParam().flavor == Flavor::kMysql;
    return Decoded(mysql ? mysql_format() : mariadb_format(),
                   event(GetParam().type, std::move(body)));
  }
};

TEST_P(EventBody, WholeIsDecoded) {
  const Decoded whole = decode(GetParam().body);
  EXPECT_TRUE(whole.ok()) << whole.error_text();
}

TEST_P(EventBody, CutAnywhereIsCorrupt) {
  for (size_t size = 0; size < GetParam().body.size(); ++size) {
    const Bytes cut(GetParam().body.begin(),
                    GetParam().body.begin() + static_cast<ptrdiff_t>(size));
    const Decoded decoded = decode(cut);
    const bool legal = size >= GetParam().open_from || GetParam().legal.contains(size);
    ASSERT_EQ(decoded.ok(), legal) << "cut to " << size << ": " << decoded.error_text();
    if (!legal) {
      EXPECT_EQ(decoded.error_kind(), ErrorKind::kCorrupt) << size;
    }
  }
}

TEST_P(EventBody, ByteTooManyIsCorrupt) {
  if (GetParam().open_from != SIZE_MAX) GTEST_SKIP() << "its end is open";
  const Decoded longer = decode(GetParam().body + hex("01"));
  ASSERT_FALSE(longer.ok());
  EXPECT_EQ(longer.error_kind(), ErrorKind::kCorrupt);
}

INSTANTIATE_TEST_SUITE_P(All, EventBody, ::testing::ValuesIn(bodies()),
                         [](const auto& each) { return each.param.name; });

}  // namespace
}  // namespace rowmill::binlog
