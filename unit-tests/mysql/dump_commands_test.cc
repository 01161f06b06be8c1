// SPDX-License-Identifier: Apache-2.0
#include "mysql/dump_commands.h"

#include <gtest/gtest.h>

#include <string>

namespace rowmill::mysql {
namespace {

using model::MysqlGtidSet;

std::string hex(const std::vector<std::byte>& bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const std::byte byte : bytes) {
    text += kDigits[static_cast<size_t>(byte) >> 4];
    text += kDigits[static_cast<size_t>(byte) & 15];
  }
  return text;
}

MysqlGtidSet gtids(std::string_view text) { return MysqlGtidSet::parse(text).value(); }

constexpr const char* kUuid = "00112233-4455-6677-8899-aabbccddeeff";

TEST(RegisterReplica, NamesServerIdAndHostOnly) {
  EXPECT_EQ(hex(encode_register_replica(0x01020304, "rowmill")),
            "04030201"          // server id
            "07726f776d696c6c"  // host
            "00"                // user
            "00"                // password
            "0000"              // port
            "00000000"          // rank
            "00000000");        // source id
}

TEST(RegisterReplica, LongHostIsCutToWhatServersTake) {
  const auto body = encode_register_replica(1, std::string(300, 'h'));
  EXPECT_EQ(body.size(), 4 + 1 + 60 + 1 + 1 + 2 + 4 + 4);
  EXPECT_EQ(body[4], std::byte{60});
}

TEST(BinlogDump, CarriesPositionFlagsServerIdAndFile) {
  EXPECT_EQ(hex(encode_binlog_dump(0x4d, dump_flags::kSendAnnotate, {"log.000001", 0xfffffffe})),
            "feffffff"                // position
            "0200"                    // flags
            "4d000000"                // server id
            "6c6f672e303030303031");  // file
}

TEST(BinlogDump, EmptyFileNameAddsNothing) {
  EXPECT_EQ(hex(encode_binlog_dump(1, 0, {"", 4})), "04000000000001000000");
}

TEST(BinlogDumpGtid, CarriesFileWith64BitPositionAndSet) {
  EXPECT_EQ(hex(encode_binlog_dump_gtid(0x4d, dump_flags::kThroughGtid, {"b.1", 0x123456789a},
                                        MysqlGtidSet())),
            "0400"                // flags
            "4d000000"            // server id
            "03000000"            // length of the file name
            "622e31"              // file
            "9a78563412000000"    // position
            "08000000"            // length of the set
            "0000000000000000");  // no sources
}

TEST(GtidSet, EmptySetIsACountOfZero) {
  EXPECT_EQ(hex(encode_gtid_set(MysqlGtidSet())), "0000000000000000");
}

TEST(GtidSet, IntervalsEndOnePastTheirLastNumber) {
  EXPECT_EQ(hex(encode_gtid_set(gtids(std::string(kUuid) + ":1-5:7"))),
            "0100000000000000"
            "00112233445566778899aabbccddeeff"
            "0200000000000000"
            "0100000000000000"
            "0600000000000000"
            "0700000000000000"
            "0800000000000000");
}

TEST(GtidSet, OneTagPutsATagLengthAfterEverySource) {
  const auto set = gtids(std::string(kUuid) + ":1-2,ffffffff-4455-6677-8899-aabbccddeeff:1:foo:9");
  EXPECT_EQ(hex(encode_gtid_set(set)),
            "0103000000000001"  // tagged, three sources
            "00112233445566778899aabbccddeeff"
            "00"
            "0100000000000000"
            "0100000000000000"
            "0300000000000000"
            "ffffffff445566778899aabbccddeeff"
            "00"
            "0100000000000000"
            "0100000000000000"
            "0200000000000000"
            "ffffffff445566778899aabbccddeeff"
            "06666f6f"  // length << 1, "foo"
            "0100000000000000"
            "0900000000000000"
            "0a00000000000000");
}

TEST(GtidSet, LongestTagHasAOneByteLength) {
  const std::string tag(32, 'a');
  const auto bytes = encode_gtid_set(gtids(std::string(kUuid) + ":" + tag + ":1"));
  EXPECT_EQ(bytes[24], std::byte{64});
  EXPECT_EQ(bytes.size(), 8U + 16 + 1 + 32 + 8 + 16);
}

}  // namespace
}  // namespace rowmill::mysql
