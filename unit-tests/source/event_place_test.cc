// SPDX-License-Identifier: Apache-2.0
#include "source/event_place.h"

#include <gtest/gtest.h>

namespace rowmill::source {
namespace {

binlog::Event event_of(uint32_t size, uint32_t log_pos, uint16_t flags = 0) {
  binlog::Event event;
  event.header.size = size;
  event.header.log_pos = log_pos;
  event.header.flags = flags;
  return event;
}

binlog::Event rotate_to(std::string_view file, uint64_t position, uint16_t flags) {
  binlog::Event event = event_of(40, 0, flags);
  event.body = binlog::Rotate{position, file};
  return event;
}

TEST(EventLocator, BeginIsTheLoggedEndLessTheSize) {
  EventLocator locator({"binlog.000001", 4});
  const EventPlace place = locator.locate(event_of(100, 226));
  EXPECT_EQ(place.file, "binlog.000001");
  EXPECT_EQ(place.begin, 126U);
  EXPECT_EQ(place.end, 226U);
}

TEST(EventLocator, EventWithoutAnEndFollowsTheOneBefore) {
  EventLocator locator({"binlog.000001", 1000});
  EXPECT_EQ(locator.locate(event_of(50, 0)).begin, 1000U);
  EXPECT_EQ(locator.locate(event_of(50, 0)).begin, 1050U);
  EXPECT_EQ(locator.locate(event_of(31, 1131)).begin, 1100U);
}

TEST(EventLocator, PositionsGoOnPastFourGibibytes) {
  EventLocator locator({"binlog.000001", 0xffffff00});
  const EventPlace place = locator.locate(event_of(0x200, 0x100));
  EXPECT_EQ(place.begin, 0xffffff00U);
  EXPECT_EQ(place.end, 0x100000100U);
  EXPECT_EQ(locator.locate(event_of(0x100, 0x200)).end, 0x100000200U);
}

TEST(EventLocator, FakeRotateOccupiesNoBytesAndNamesTheFile) {
  EventLocator locator({"binlog.000001", 4});
  const EventPlace place =
      locator.locate(rotate_to("binlog.000002", 4, binlog::EventHeader::kArtificial));
  EXPECT_EQ(place.begin, place.end);
  EXPECT_EQ(locator.locate(event_of(122, 126)).file, "binlog.000002");
}

TEST(EventLocator, RealRotateLiesInTheFileThatItEnds) {
  EventLocator locator({"binlog.000001", 500});
  const EventPlace place = locator.locate(rotate_to("binlog.000002", 4, 0));
  EXPECT_EQ(place.file, "binlog.000001");
  EXPECT_EQ(place.begin, 500U);
  EXPECT_EQ(place.end, 540U);
}

TEST(EventLocator, RepeatedFormatDescriptionDoesNotMoveThePosition) {
  EventLocator locator({"binlog.000001", 5000});
  binlog::Event format = event_of(122, 0);
  format.body = binlog::FormatDescription{};
  EXPECT_EQ(locator.locate(format).end, 5000U);
  format.header.log_pos = 126;
  EXPECT_EQ(locator.locate(format).end, 5000U);
}

// As MariaDB 11.8 sends an encrypted file from its middle: format description and start of
// encryption without their places, then the list of GTIDs as of the position asked for.
TEST(EventLocator, RepeatedStartOfEncryptionDoesNotMoveThePosition) {
  EventLocator locator({"binlog.000001", 1000});
  binlog::Event start = event_of(40, 0, binlog::EventHeader::kIgnorable);
  start.header.type = binlog::EventType::kStartEncryption;
  const EventPlace place = locator.locate(start);
  EXPECT_EQ(place.begin, 1000U);
  EXPECT_EQ(place.end, 1000U);
  EXPECT_EQ(locator.locate(event_of(43, 1000, binlog::EventHeader::kArtificial)).end, 1000U);
  EXPECT_EQ(locator.locate(event_of(42, 1042)).begin, 1000U);
}

TEST(EventLocator, StartOfEncryptionAtTheHeadOfAFileLiesThere) {
  EventLocator locator({"binlog.000001", 256});
  binlog::Event start = event_of(40, 296, binlog::EventHeader::kIgnorable);
  start.header.type = binlog::EventType::kStartEncryption;
  EXPECT_EQ(locator.locate(start).begin, 256U);
  EXPECT_EQ(locator.locate(event_of(42, 0)).begin, 296U);
}

TEST(EventLocator, HeartbeatMovesOnOverWhatWasLeftOut) {
  EventLocator locator({"binlog.000001", 4});
  binlog::Event heartbeat = event_of(40, 0);
  heartbeat.body = binlog::Heartbeat{"binlog.000001", 0x180000000};
  locator.locate(heartbeat);
  EXPECT_EQ(locator.locate(event_of(100, 0)).begin, 0x180000000U);
}

}  // namespace
}  // namespace rowmill::source
