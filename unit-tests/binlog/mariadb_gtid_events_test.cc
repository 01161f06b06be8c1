// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

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
using test::text;

/// Sequence 5, domain 1, then `rest`, in an event of server 9.
Decoded gtid(std::string_view rest) {
  return Decoded(mariadb_format(), event({.type = EventType::kMariadbGtid,
                                          .body = hex("0500000000000000 01000000") + hex(rest),
                                          .server_id = 9}));
}

TEST(MariadbGtid, ServerIdIsTheHeaders) {
  const Decoded plain = gtid("0c 000000000000");
  EXPECT_EQ(plain.as<MariadbGtidEvent>().gtid,
            (model::MariadbGtid{.domain = 1, .server_id = 9, .sequence = 5}));
  EXPECT_FALSE(plain.as<MariadbGtidEvent>().standalone);
  EXPECT_FALSE(plain.as<MariadbGtidEvent>().ddl);
  EXPECT_FALSE(plain.as<MariadbGtidEvent>().thread_id.has_value());
}

TEST(MariadbGtid, Flags) {
  EXPECT_TRUE(gtid("01 000000000000").as<MariadbGtidEvent>().standalone);
  EXPECT_TRUE(gtid("29 000000000000").as<MariadbGtidEvent>().ddl);
  EXPECT_TRUE(gtid("1e 1100000000000000").ok());  // Group commit id, waited, and so on.
  const Decoded prepared = gtid("4c 07000000 01 02 67 6262");
  EXPECT_TRUE(prepared.as<MariadbGtidEvent>().xa_prepared);
  const Decoded completed = gtid("8d 07000000 01 00 67");
  EXPECT_TRUE(completed.as<MariadbGtidEvent>().xa_completed);
}

TEST(MariadbGtid, ExtraFieldsFollowTheirFlags) {
  // Captured from MariaDB 11.8: the thread in every GTID, one byte of padding.
  const Decoded thread = gtid("0c 10 63000000 00");
  EXPECT_EQ(thread.as<MariadbGtidEvent>().thread_id, 0x63U);
  const Decoded engines = gtid("0c 11 02 63000000");
  EXPECT_EQ(engines.as<MariadbGtidEvent>().thread_id, 0x63U);
  const Decoded all = gtid("0e 1100000000000000 15 02 0900000000000000 63000000");
  EXPECT_EQ(all.as<MariadbGtidEvent>().thread_id, 0x63U);
  EXPECT_EQ(all.as<MariadbGtidEvent>().alter_phase, AlterPhase::kCommit);
}

TEST(MariadbGtid, AlterPhases) {
  EXPECT_EQ(gtid("29 00 0000000000").as<MariadbGtidEvent>().alter_phase, AlterPhase::kNone);
  EXPECT_EQ(gtid("29 02 0000000000").as<MariadbGtidEvent>().alter_phase, AlterPhase::kStart);
  EXPECT_EQ(gtid("29 04 2c00000000000000").as<MariadbGtidEvent>().alter_phase, AlterPhase::kCommit);
  EXPECT_EQ(gtid("29 08 2c00000000000000").as<MariadbGtidEvent>().alter_phase,
            AlterPhase::kRollback);
}

TEST(MariadbGtid, UnknownExtraFlagIsNotSupported) {
  for (const std::string flag : {"20", "40", "80"}) {
    const Decoded unknown = gtid("0c " + flag + " 0000000000");
    ASSERT_FALSE(unknown.ok());
    EXPECT_EQ(unknown.error_kind(), ErrorKind::kUnsupported);
  }
}

TEST(MariadbGtid, PaddingMustBeZero) {
  EXPECT_EQ(gtid("0c 00 0000000001").error_kind(), ErrorKind::kCorrupt);
  EXPECT_EQ(gtid("0c 10 63000000 01").error_kind(), ErrorKind::kCorrupt);
}

TEST(GtidList, LastGtidOfADomainCounts) {
  const Decoded list(mariadb_format(), event(EventType::kGtidList,
                                             hex("03000010 00000000 02000000 0700000000000000") +
                                                 hex("00000000 01000000 1200000000000000") +
                                                 hex("03000000 01000000 0400000000000000")));
  EXPECT_EQ(list.as<GtidList>().state.text(), "0-1-18,3-1-4");
}

TEST(GtidList, EmptyIsPadded) {
  // Captured from MariaDB 10.11: testdata/binlog/mariadb_first.binlog.
  const Decoded list(mariadb_format(), event(EventType::kGtidList, hex("00000000 0000")));
  EXPECT_TRUE(list.as<GtidList>().state.empty());
}

TEST(GtidList, FalseCountEndsWithTheBytes) {
  const Decoded list(mariadb_format(), event(EventType::kGtidList, hex("ffffff0f 00000000")));
  EXPECT_EQ(list.error_kind(), ErrorKind::kCorrupt);
}

}  // namespace
}  // namespace rowmill::binlog
