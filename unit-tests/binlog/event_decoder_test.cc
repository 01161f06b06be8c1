// SPDX-License-Identifier: Apache-2.0
#include "binlog/event_decoder.h"

#include <gmock/gmock.h>
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
using test::format_description;
using test::hex;
using test::mariadb_format;
using test::mysql_format;
using test::text;
using test::with_checksum;
using ::testing::HasSubstr;

const Bytes kXidBody = hex("0102030405060708");
const Bytes kRotateBody = hex("0400000000000000") + text("binlog.000001");

TEST(EventHeader, FieldsAreReadInWireOrder) {
  const Bytes bytes = hex("01020304 10 05060708 1b000000 0a0b0c0d 2080");
  const auto header = EventDecoder::peek_header(bytes);
  ASSERT_TRUE(header.ok());
  EXPECT_EQ(header->timestamp, 0x04030201U);
  EXPECT_EQ(header->type, EventType::kXid);
  EXPECT_EQ(header->server_id, 0x08070605U);
  EXPECT_EQ(header->size, 27U);
  EXPECT_EQ(header->log_pos, 0x0d0c0b0aU);
  EXPECT_EQ(header->flags, EventHeader::kArtificial | EventHeader::kSkipReplication);
}

TEST(EventHeader, CutShortIsCorrupt) {
  const Bytes whole = event(EventType::kXid, {});
  for (size_t size = 0; size < kEventHeaderBytes; ++size) {
    const auto header = EventDecoder::peek_header(std::span(whole).first(size));
    ASSERT_FALSE(header.ok()) << size;
    EXPECT_EQ(header.error().kind(), ErrorKind::kCorrupt);
  }
}

TEST(EventDecoder, SizeThatIsNotThatOfTheBytesIsCorrupt) {
  EventDecoder decoder(ChecksumAlgorithm::kNone);
  const Bytes whole = event(EventType::kRotate, kRotateBody);
  EXPECT_EQ(decoder.decode(whole + hex("00")).error().kind(), ErrorKind::kCorrupt);
  EXPECT_EQ(decoder.decode(std::span(whole).first(whole.size() - 1)).error().kind(),
            ErrorKind::kCorrupt);
}

TEST(EventDecoder, ErrorsNameTheEventType) {
  const Decoded xid(mysql_format(), event(EventType::kXid, hex("01")));
  ASSERT_FALSE(xid.ok());
  EXPECT_THAT(xid.error_text(), HasSubstr("XID_EVENT: "));
}

// Checksums

TEST(EventDecoderChecksum, RotateBeforeTheFormatDescriptionFollowsWhatWasAnnounced) {
  const Bytes bare = event(EventType::kRotate, kRotateBody);
  EventDecoder announced_none(ChecksumAlgorithm::kNone);
  const auto without = announced_none.decode(bare);
  ASSERT_TRUE(without.ok());
  EXPECT_EQ(std::get<Rotate>(without->body).file, "binlog.000001");

  EventDecoder announced_crc32(ChecksumAlgorithm::kCrc32);
  const Bytes summed = with_checksum(bare);
  const auto with = announced_crc32.decode(summed);
  ASSERT_TRUE(with.ok());
  EXPECT_EQ(std::get<Rotate>(with->body).file, "binlog.000001");
  EXPECT_EQ(announced_crc32.decode(bare).error().kind(), ErrorKind::kCorrupt);
}

TEST(EventDecoderChecksum, EventsAfterTheFormatDescriptionFollowIt) {
  // Announced NONE to a server that writes CRC32: its file events still carry theirs.
  EventDecoder decoder(ChecksumAlgorithm::kNone);
  ASSERT_TRUE(decoder.decode(event(EventType::kRotate, kRotateBody)).ok());
  ASSERT_TRUE(decoder.decode(format_description({.checksum = 1})).ok());
  const Bytes bare = event(EventType::kXid, kXidBody);
  EXPECT_FALSE(decoder.decode(bare).ok());
  EXPECT_TRUE(decoder.decode(with_checksum(bare)).ok());
  EXPECT_TRUE(decoder.decode(with_checksum(event(EventType::kRotate, kRotateBody))).ok());
}

// MariaDB 11.8 with binlog_checksum=NONE sends a stale one for a dump from within a file.
TEST(EventDecoderChecksum, FormatDescriptionThatSaysNoneHasRoomForOneThatIsNotChecked) {
  EventDecoder decoder(ChecksumAlgorithm::kCrc32);
  Bytes format = format_description({.checksum = 0});
  ASSERT_TRUE(decoder.decode(format).ok());
  EXPECT_TRUE(decoder.decode(event(EventType::kXid, kXidBody)).ok());
  format.back() ^= std::byte{1};
  EXPECT_TRUE(decoder.decode(format).ok());
  EXPECT_TRUE(decoder.decode(event(EventType::kXid, kXidBody)).ok());
}

TEST(EventDecoderChecksum, FormatDescriptionThatSaysCrc32IsChecked) {
  EventDecoder decoder(ChecksumAlgorithm::kNone);
  Bytes format = format_description({.checksum = 1});
  format.back() ^= std::byte{1};
  EXPECT_EQ(decoder.decode(format).error().kind(), ErrorKind::kCorrupt);
}

TEST(EventDecoderChecksum, EveryFlippedBitIsFound) {
  EventDecoder decoder(ChecksumAlgorithm::kNone);
  ASSERT_TRUE(decoder.decode(format_description({.checksum = 1})).ok());
  Bytes xid = with_checksum(event(EventType::kXid, kXidBody));
  for (size_t i = 0; i < xid.size(); ++i) {
    for (unsigned bit = 0; bit < 8; ++bit) {
      xid[i] ^= std::byte{1} << bit;
      EXPECT_FALSE(decoder.decode(xid).ok()) << i << "." << bit;
      xid[i] ^= std::byte{1} << bit;
    }
  }
}

TEST(EventDecoderChecksum, EventTooShortForOneIsCorrupt) {
  EventDecoder decoder(ChecksumAlgorithm::kNone);
  ASSERT_TRUE(decoder.decode(format_description({.checksum = 1})).ok());
  EXPECT_EQ(decoder.decode(event(EventType::kStop, hex("0000"))).error().kind(),
            ErrorKind::kCorrupt);
}

// The format description in force

TEST(EventDecoder, EventThatLeansOnTheFormatDescriptionIsCorruptBeforeIt) {
  EventDecoder decoder(ChecksumAlgorithm::kNone);
  EXPECT_EQ(decoder.decode(event(EventType::kXid, kXidBody)).error().kind(), ErrorKind::kCorrupt);
  EXPECT_EQ(decoder.decode_inner(event(EventType::kXid, kXidBody)).error().kind(),
            ErrorKind::kCorrupt);
}

TEST(EventDecoder, LongerHeadersArePassedOverButNotThatOfRotate) {
  EventDecoder decoder(ChecksumAlgorithm::kNone);
  ASSERT_TRUE(decoder.decode(format_description({.header_length = 21})).ok());
  const Bytes bytes = event(EventType::kXid, hex("aabb") + kXidBody);
  const auto xid = decoder.decode(bytes);
  ASSERT_TRUE(xid.ok());
  EXPECT_EQ(std::get<Xid>(xid->body).xid, 0x0807060504030201U);
  EXPECT_TRUE(decoder.decode(event(EventType::kRotate, kRotateBody)).ok());
  EXPECT_FALSE(decoder.decode(event(EventType::kStop, hex("aa"))).ok());
}

TEST(EventDecoder, FormatDescriptionThatIsRefusedLeavesTheOldOneInForce) {
  EventDecoder decoder(ChecksumAlgorithm::kNone);
  ASSERT_TRUE(decoder.decode(mysql_format()).ok());
  EXPECT_FALSE(decoder.decode(format_description({.checksum = 1, .header_length = 18})).ok());
  EXPECT_TRUE(decoder.decode(event(EventType::kXid, kXidBody)).ok());
}

// Types

TEST(EventDecoder, UnknownTypeIsSkippedOnlyIfItSaysThatItMayBe) {
  const EventType unknown{99};
  const Decoded ignorable(
      mysql_format(),
      event({.type = unknown, .body = hex("0102"), .flags = EventHeader::kIgnorable}));
  EXPECT_NO_THROW(static_cast<void>(ignorable.as<Skipped>()));

  const Decoded other(mysql_format(), event(unknown, hex("0102")));
  ASSERT_FALSE(other.ok());
  EXPECT_EQ(other.error_kind(), ErrorKind::kUnsupported);
  EXPECT_THAT(other.error_text(), HasSubstr("unknown type 99"));
}

TEST(EventDecoder, TypesAreTreatedAsTheTableSays) {
  for (unsigned code = 0; code < 256; ++code) {
    const EventTypeInfo* info = find_event_type(static_cast<EventType>(code));
    if (info == nullptr || info->treatment == EventTreatment::kDecoded) continue;
    const Decoded decoded(mysql_format(), event(info->type, hex("01020304050607")));
    ASSERT_TRUE(decoded.ok()) << decoded.error_text();
    if (info->treatment == EventTreatment::kSkipped) {
      EXPECT_NO_THROW(static_cast<void>(decoded.as<Skipped>())) << info->name;
    } else {
      EXPECT_EQ(decoded.as<NotSupported>().reason, info->why);
    }
  }
}

TEST(EventDecoder, EveryDecodedTypeHasADecoder) {
  for (unsigned code = 0; code < 256; ++code) {
    const EventTypeInfo* info = find_event_type(static_cast<EventType>(code));
    if (info == nullptr || info->treatment != EventTreatment::kDecoded) continue;
    const Decoded decoded(mysql_format(), event(info->type, {}));
    EXPECT_THAT(decoded.error_text(), Not(HasSubstr("has no decoder"))) << info->name;
  }
}

TEST(EventDecoder, PartialUpdateIsAnUpdateWithPartialJson) {
  const Decoded partial(mysql_format(), event(EventType::kPartialUpdateRows,
                                              hex("7b0000000001 0100 0200 02 ff fe aabb")));
  const Rows& rows = partial.as<Rows>();
  EXPECT_EQ(rows.table, MapId{0x01000000007b});
  EXPECT_EQ(rows.kind, RowsKind::kUpdate);
  EXPECT_TRUE(rows.partial_json);
  EXPECT_EQ(rows.column_count, 2U);
  EXPECT_EQ(rows.images.size(), 2U);
  const Decoded plain(mysql_format(),
                      event(EventType::kUpdateRows, hex("7b0000000001 0100 0200 02 ff fe aabb")));
  EXPECT_FALSE(plain.as<Rows>().partial_json);
}

// Inside a transaction payload

TEST(EventDecoderInner, EventsHaveNoChecksumWhateverTheFormatDescriptionSays) {
  EventDecoder decoder(ChecksumAlgorithm::kNone);
  ASSERT_TRUE(decoder.decode(format_description({.checksum = 1})).ok());
  const Bytes bytes = event(EventType::kXid, kXidBody);
  EXPECT_TRUE(decoder.decode_inner(bytes).ok());
  EXPECT_FALSE(decoder.decode_inner(with_checksum(bytes)).ok());
}

TEST(EventDecoderInner, EventsOfTheFileAndPayloadsAreCorrupt) {
  EventDecoder decoder(ChecksumAlgorithm::kNone);
  ASSERT_TRUE(decoder.decode(mysql_format()).ok());
  for (const Bytes& bytes : {mariadb_format(), event(EventType::kRotate, kRotateBody),
                             event(EventType::kTransactionPayload, hex("02 01 ff 01 01 00 00"))}) {
    const auto inner = decoder.decode_inner(bytes);
    ASSERT_FALSE(inner.ok());
    EXPECT_EQ(inner.error().kind(), ErrorKind::kCorrupt);
  }
}

}  // namespace
}  // namespace rowmill::binlog
