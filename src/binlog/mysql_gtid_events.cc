// SPDX-License-Identifier: Apache-2.0
//
// Gtid_event and Previous_gtids_event: libs/mysql/binlog/event/control_events.cpp and
// libs/mysql/gtid of MySQL 9.7.

#include <algorithm>
#include <limits>
#include <string>
#include <string_view>

#include "binlog/internal/event_bodies.h"
#include "binlog/internal/mysql_serialization.h"

namespace rowmill::binlog {

using base::ByteReader;
using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

constexpr size_t kUuidBytes = 16;
constexpr size_t kMaxTagBytes = 32;
constexpr uint64_t kMaxNumber = std::numeric_limits<int64_t>::max();

model::ServerUuid read_uuid(ByteReader& reader) {
  model::ServerUuid uuid;
  const auto bytes = reader.bytes(kUuidBytes);
  std::ranges::transform(bytes, uuid.bytes.begin(),
                         [](std::byte value) { return static_cast<uint8_t>(value); });
  return uuid;
}

/// Letters (lower case: the server normalises), digits and underscores, not a digit first; may be
/// empty. libs/mysql/gtid/tag.h.
bool is_tag(std::string_view tag) {
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; };
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  return tag.size() <= kMaxTagBytes && (tag.empty() || is_letter(tag.front())) &&
         std::ranges::all_of(tag, [&](char c) { return is_letter(c) || is_digit(c); });
}

/// Length as varint, then the tag.
std::string read_tag(ByteReader& reader) {
  const std::string_view tag = reader.text(read_varint(reader));
  if (!is_tag(tag)) reader.fail();
  return std::string(tag);
}

/// Commit times in microseconds; bit 55 of the first says that the original time follows.
void read_commit_times(ByteReader& reader, MysqlGtidEvent& event) {
  constexpr uint64_t kOriginalFollows = uint64_t{1} << 55;
  const uint64_t immediate = reader.u56();
  event.immediate_commit_us = immediate & ~kOriginalFollows;
  event.original_commit_us =
      (immediate & kOriginalFollows) != 0 ? reader.u56() : event.immediate_commit_us;
}

/// Server versions; bit 31 of the first says that the original version follows.
void skip_server_versions(ByteReader& reader) {
  constexpr uint32_t kOriginalFollows = uint32_t{1} << 31;
  if ((reader.u32() & kOriginalFollows) != 0) reader.skip(4);
}

}  // namespace

/// Flags 1, UUID 16, number 8; then, each from a later version on: type 1 (= 2), last committed 8
/// and sequence number 8 (5.7); commit times 7 or 14, transaction length as length-encoded integer,
/// server versions 4 or 8 (8.0); commit group ticket 8.
Result<MysqlGtidEvent> decode_gtid(Body body, bool anonymous) {
  constexpr uint8_t kLogicalClock = 2;
  ByteReader reader(body);
  MysqlGtidEvent event;
  reader.skip(1);
  model::MysqlGtid gtid;
  gtid.source.uuid = read_uuid(reader);
  gtid.number = reader.u64();
  if (!reader.at_end()) {
    if (reader.u8() != kLogicalClock) reader.fail();
    reader.skip(8 + 8);
  }
  if (!reader.at_end()) read_commit_times(reader, event);
  if (!reader.at_end()) event.transaction_length = reader.length_encoded();
  if (!reader.at_end()) skip_server_versions(reader);
  if (!reader.at_end()) reader.skip(8);
  ROWMILL_TRY(reader.finish("body"));
  if (anonymous) return event;
  if (gtid.number == 0 || gtid.number > kMaxNumber) {
    return Error(ErrorKind::kCorrupt, "GTID number " + std::to_string(gtid.number));
  }
  event.gtid = std::move(gtid);
  return event;
}

namespace {

/// Fields of a GTID_TAGGED event, in the order in which they are written.
enum TaggedField : uint8_t {
  kFlags = 0,
  kUuid = 1,
  kNumber = 2,
  kTag = 3,
  kLastCommitted = 4,
  kSequenceNumber = 5,
  kImmediateCommitTime = 6,
  kOriginalCommitTime = 7,
  kTransactionLength = 8,
  kImmediateServerVersion = 9,
  kOriginalServerVersion = 10,
  kCommitGroupTicket = 11,
};

struct TaggedGtid {
  model::MysqlGtid gtid;
  int64_t number = 0;
  uint64_t immediate_commit_us = 0;
  std::optional<uint64_t> original_commit_us;
  uint64_t transaction_length = 0;
};

/// False if the field is not known.
bool read_tagged_field(ByteReader& reader, uint64_t field, TaggedGtid& into) {
  switch (field) {
    case kFlags:
    case kLastCommitted:
    case kSequenceNumber:
    case kImmediateServerVersion:
    case kOriginalServerVersion:
    case kCommitGroupTicket:
      read_varint(reader);
      return true;
    case kUuid:
      // Sixteen integers, not sixteen bytes: those from 0x80 on take two.
      for (uint8_t& byte : into.gtid.source.uuid.bytes) {
        const uint64_t value = read_varint(reader);
        if (value > 0xff) reader.fail();
        byte = static_cast<uint8_t>(value);
      }
      return true;
    case kNumber:
      into.number = read_signed_varint(reader);
      return true;
    case kTag:
      into.gtid.source.tag = read_tag(reader);
      return true;
    case kImmediateCommitTime:
      into.immediate_commit_us = read_varint(reader);
      return true;
    case kOriginalCommitTime:
      into.original_commit_us = read_varint(reader);
      return true;
    case kTransactionLength:
      into.transaction_length = read_varint(reader);
      return true;
    default:
      return false;
  }
}

}  // namespace

/// A message of mysql::serialization: version, size of the whole message, last field that may not
/// be ignored, then field number and value in turn; all varints.
Result<MysqlGtidEvent> decode_gtid_tagged(Body body) {
  constexpr uint64_t kSerializationVersion = 1;
  ByteReader reader(body);
  const uint64_t version = read_varint(reader);
  const uint64_t message_bytes = read_varint(reader);
  const uint64_t last_required = read_varint(reader);
  ROWMILL_TRY(reader.finish_ignoring_rest("body"));
  if (version != kSerializationVersion) {
    return Error(ErrorKind::kUnsupported, "serialization version " + std::to_string(version));
  }
  if (message_bytes != body.size()) {
    return Error(ErrorKind::kCorrupt, "says to have " + std::to_string(message_bytes) +
                                          " bytes but has " + std::to_string(body.size()));
  }

  TaggedGtid tagged;
  while (!reader.at_end()) {
    const uint64_t field = read_varint(reader);
    if (read_tagged_field(reader, field, tagged)) continue;
    if (field <= last_required) {
      return Error(ErrorKind::kUnsupported, "required field " + std::to_string(field));
    }
    reader.rest();  // Its length is not known; later fields are no more required than this one.
  }
  ROWMILL_TRY(reader.finish("body"));
  if (tagged.number <= 0) {
    return Error(ErrorKind::kCorrupt, "GTID number " + std::to_string(tagged.number));
  }
  tagged.gtid.number = static_cast<uint64_t>(tagged.number);
  return MysqlGtidEvent{
      .gtid = std::move(tagged.gtid),
      .immediate_commit_us = tagged.immediate_commit_us,
      .original_commit_us = tagged.original_commit_us.value_or(tagged.immediate_commit_us),
      .transaction_length = tagged.transaction_length};
}

/// Number of sources 8, and for each UUID 16, number of intervals 8, and for each its first number
/// 8 and the one after its last 8. With tags, byte 7 of the first field is 1, its bytes 1 to 6 are
/// the number of sources, and a tag follows each UUID.
Result<PreviousGtids> decode_previous_gtids(Body body) {
  enum Format : uint8_t { kUntagged = 0, kTagged = 1 };
  ByteReader reader(body);
  const uint64_t head = reader.u64();
  const auto format = static_cast<uint8_t>(head >> 56);
  if (format > kTagged) {
    return Error(ErrorKind::kUnsupported, "GTID set format " + std::to_string(format));
  }
  const uint64_t sources = format == kTagged ? head >> 8 & 0xffff'ffff'ffff : head;
  PreviousGtids previous;
  for (uint64_t i = 0; i < sources && !reader.failed(); ++i) {
    model::GtidSource source;
    source.uuid = read_uuid(reader);
    if (format == kTagged) source.tag = read_tag(reader);
    const uint64_t intervals = reader.u64();
    for (uint64_t j = 0; j < intervals && !reader.failed(); ++j) {
      const uint64_t first = reader.u64();
      const uint64_t end = reader.u64();
      if (first == 0 || end <= first || end > kMaxNumber) reader.fail();
      if (!reader.failed()) previous.set.add(source, {first, end - 1});
    }
  }
  ROWMILL_TRY(reader.finish("body"));
  return previous;
}

}  // namespace rowmill::binlog
