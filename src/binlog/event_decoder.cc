// SPDX-License-Identifier: Apache-2.0
#include "binlog/event_decoder.h"

#include <zlib.h>

#include <optional>
#include <utility>

#include "base/arena.h"
#include "base/byte_reader.h"
#include "binlog/internal/checksummed_pieces.h"
#include "binlog/internal/event_bodies.h"

namespace rowmill::binlog {

using base::ByteReader;
using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

constexpr size_t kChecksumBytes = 4;

/// CRC-32 of zlib over everything before it, at the end of the event.
Result<void> verify_checksum(std::span<const std::byte> event) {
  const auto covered = event.first(event.size() - kChecksumBytes);
  const uint32_t logged = ByteReader(event.last(kChecksumBytes)).u32();
  const auto* data = reinterpret_cast<const Bytef*>(covered.data());
  const auto computed = static_cast<uint32_t>(crc32_z(0, data, covered.size()));
  if (computed != logged) {
    return Error(ErrorKind::kCorrupt, "checksum does not match: the event was damaged on its way");
  }
  return {};
}

/// Types whose body does not lean on the format description; a dump begins with them.
bool may_come_first(EventType type) {
  return type == EventType::kRotate || type == EventType::kHeartbeat ||
         type == EventType::kHeartbeatV2;
}

/// Types that a transaction payload never holds: those that concern the file, and payloads.
bool may_be_inner(EventType type) {
  return type != EventType::kFormatDescription && type != EventType::kRotate &&
         type != EventType::kTransactionPayload;
}

struct RowsForm {
  RowsKind kind{};
  RowsVersion version{};
  bool packed = false;
  bool partial_json = false;
};

std::optional<RowsForm> rows_form(EventType type) {
  using enum RowsKind;
  using enum RowsVersion;
  switch (type) {
    case EventType::kWriteRowsV1:
      return RowsForm{kWrite, kV1};
    case EventType::kUpdateRowsV1:
      return RowsForm{kUpdate, kV1};
    case EventType::kDeleteRowsV1:
      return RowsForm{kDelete, kV1};
    case EventType::kWriteRows:
      return RowsForm{kWrite, kV2};
    case EventType::kUpdateRows:
      return RowsForm{kUpdate, kV2};
    case EventType::kDeleteRows:
      return RowsForm{kDelete, kV2};
    case EventType::kPartialUpdateRows:
      return RowsForm{kUpdate, kV2, /*packed=*/false, /*partial_json=*/true};
    case EventType::kWriteRowsCompressedV1:
      return RowsForm{kWrite, kV1, /*packed=*/true};
    case EventType::kUpdateRowsCompressedV1:
      return RowsForm{kUpdate, kV1, /*packed=*/true};
    case EventType::kDeleteRowsCompressedV1:
      return RowsForm{kDelete, kV1, /*packed=*/true};
    case EventType::kWriteRowsCompressed:
      return RowsForm{kWrite, kV2, /*packed=*/true};
    case EventType::kUpdateRowsCompressed:
      return RowsForm{kUpdate, kV2, /*packed=*/true};
    case EventType::kDeleteRowsCompressed:
      return RowsForm{kDelete, kV2, /*packed=*/true};
    default:
      return std::nullopt;
  }
}

/// The result of a body's decoder as that of an event.
template <typename T>
Result<Event> event_with(const EventHeader& header, Result<T> body) {
  if (!body.ok()) return std::move(body).error();
  return Event{header, std::move(body).value()};
}

}  // namespace

struct EventDecoder::State {
  ChecksumAlgorithm checksum{};
  /// Of the format description in force; absent before the first one.
  std::optional<Flavor> flavor;
  size_t header_length = kEventHeaderBytes;
  /// What the event at hand had packed.
  base::Arena unpacked;

  Result<Event> decode(std::span<const std::byte> bytes, const EventHeader& header);
  Result<Event> decode_inner(std::span<const std::byte> bytes, const EventHeader& header);
  Result<Event> decode_format(std::span<const std::byte> bytes, const EventHeader& header);
  Result<Event> decode_body(const EventHeader& header, Body body);
  Result<Event> decode_known(const EventHeader& header, Body body);
  Result<Event> decode_rows_event(const EventHeader& header, Body body, const RowsForm& form);
  Result<Event> decode_packed_query(const EventHeader& header, Body body);
};

EventDecoder::EventDecoder(ChecksumAlgorithm announced) : state_(std::make_unique<State>()) {
  state_->checksum = announced;
}
EventDecoder::~EventDecoder() = default;

/// Timestamp 4, type 1, server id 4, size 4, position of the next event 4, flags 2.
Result<EventHeader> EventDecoder::peek_header(std::span<const std::byte> bytes) {
  ByteReader reader(bytes);
  EventHeader header;
  header.timestamp = reader.u32();
  header.type = static_cast<EventType>(reader.u8());
  header.server_id = reader.u32();
  header.size = reader.u32();
  header.log_pos = reader.u32();
  header.flags = reader.u16();
  ROWMILL_TRY(reader.finish_ignoring_rest("event header"));
  return header;
}

namespace {

/// Reads the header, lets `decode` have the event, and names the event's type in its error.
template <typename Decode>
Result<Event> decode_named(std::span<const std::byte> bytes, Decode decode) {
  ROWMILL_ASSIGN(const EventHeader header, EventDecoder::peek_header(bytes));
  const auto named = [&](Error error) {
    return std::move(error).with_context(describe(header.type));
  };
  if (header.size != bytes.size()) {
    return named(Error(ErrorKind::kCorrupt, "says to have " + std::to_string(header.size) +
                                                " bytes but has " + std::to_string(bytes.size())));
  }
  Result<Event> event = decode(header);
  if (!event.ok()) return named(std::move(event).error());
  return event;
}

}  // namespace

Result<Event> EventDecoder::decode(std::span<const std::byte> bytes) {
  return decode_named(bytes,
                      [&](const EventHeader& header) { return state_->decode(bytes, header); });
}

Result<Event> EventDecoder::decode_inner(std::span<const std::byte> bytes) {
  return decode_named(
      bytes, [&](const EventHeader& header) { return state_->decode_inner(bytes, header); });
}

Result<EventDecoder::LongPayload> EventDecoder::decode_long_payload(
    std::span<const std::byte> beginning, EventPieces& rest) {
  ROWMILL_ASSIGN(const EventHeader header, peek_header(beginning));
  auto payload = [&]() -> Result<LongPayload> {
    if (header.type != EventType::kTransactionPayload || !state_->flavor ||
        header.size < beginning.size() || beginning.size() < kPayloadHeadBytes) {
      return Error(ErrorKind::kCorrupt, "is no compressed transaction");
    }
    auto pieces =
        std::make_unique<ChecksummedPieces>(state_->checksum, header.size, beginning, rest);
    const Body covered = pieces->covered_beginning();
    if (covered.size() < state_->header_length) {
      return Error(ErrorKind::kCorrupt, "is shorter than its header");
    }
    const Body body = covered.subspan(state_->header_length);
    ROWMILL_ASSIGN(const TransactionPayload head,
                   decode_transaction_payload(body, pieces->bytes_left()));
    return LongPayload{.event = {header, head}, .rest = std::move(pieces)};
  }();
  if (!payload.ok()) return std::move(payload).error().with_context(describe(header.type));
  return payload;
}

Result<Event> EventDecoder::State::decode(std::span<const std::byte> bytes,
                                          const EventHeader& header) {
  if (header.type == EventType::kFormatDescription) return decode_format(bytes, header);
  if (!flavor && !may_come_first(header.type)) {
    return Error(ErrorKind::kCorrupt, "comes before the format description");
  }
  // ROTATE has the shortest header, whatever the format description says.
  const size_t head = header.type == EventType::kRotate ? kEventHeaderBytes : header_length;
  const size_t tail = checksum == ChecksumAlgorithm::kCrc32 ? kChecksumBytes : 0;
  if (bytes.size() < head + tail) return Error(ErrorKind::kCorrupt, "is cut short");
  if (tail != 0) ROWMILL_TRY(verify_checksum(bytes));
  return decode_body(header, bytes.subspan(head, bytes.size() - head - tail));
}

Result<Event> EventDecoder::State::decode_inner(std::span<const std::byte> bytes,
                                                const EventHeader& header) {
  if (!flavor) return Error(ErrorKind::kCorrupt, "comes before the format description");
  if (!may_be_inner(header.type)) {
    return Error(ErrorKind::kCorrupt, "is not allowed inside a transaction payload");
  }
  if (bytes.size() < header_length) return Error(ErrorKind::kCorrupt, "is cut short");
  return decode_body(header, bytes.subspan(header_length));
}

/// A format description has room for a checksum even where it says that events have none. What is
/// there may be stale then: for a dump from within a file MariaDB zeroes the event's position and
/// computes the checksum anew only if checksums are on (sql_repl.cc,
/// send_format_descriptor_event()).
Result<Event> EventDecoder::State::decode_format(std::span<const std::byte> bytes,
                                                 const EventHeader& header) {
  if (bytes.size() < kEventHeaderBytes + kChecksumBytes) {
    return Error(ErrorKind::kCorrupt, "is cut short");
  }
  const Body body =
      bytes.subspan(kEventHeaderBytes, bytes.size() - kEventHeaderBytes - kChecksumBytes);
  // Decoded first, so that a server too old for checksums is named as such.
  ROWMILL_ASSIGN(FormatDescription format, decode_format_description(body));
  if (format.checksum != ChecksumAlgorithm::kNone) ROWMILL_TRY(verify_checksum(bytes));
  checksum = format.checksum;
  flavor = format.flavor;
  header_length = format.header_length;
  return Event{header, std::move(format)};
}

Result<Event> EventDecoder::State::decode_body(const EventHeader& header, Body body) {
  const EventTypeInfo* info = find_event_type(header.type);
  if (info == nullptr) {
    // By the letter of the protocol only events that say so may be passed over unread.
    if ((header.flags & EventHeader::kIgnorable) != 0) return Event{header, Skipped{}};
    return Error(ErrorKind::kUnsupported, "is not known to this version of Rowmill")
        .with_remedy("Use a version that knows this server version");
  }
  switch (info->treatment) {
    case EventTreatment::kSkipped:
      return Event{header, Skipped{}};
    case EventTreatment::kNotSupported:
      return Event{header, NotSupported{.reason = info->why}};
    case EventTreatment::kDecoded:
      break;
  }
  unpacked.reset();
  if (const auto form = rows_form(header.type)) return decode_rows_event(header, body, *form);
  return decode_known(header, body);
}

Result<Event> EventDecoder::State::decode_known(const EventHeader& header, Body body) {
  const Flavor known_flavor = flavor.value_or(Flavor::kMysql);
  switch (header.type) {
    case EventType::kQuery:
      return event_with(header, decode_query(body, known_flavor));
    case EventType::kExecuteLoadQuery:
      return event_with(header, decode_execute_load_query(body, known_flavor));
    case EventType::kQueryCompressed:
      return decode_packed_query(header, body);
    case EventType::kRotate:
      return event_with(header, decode_rotate(body));
    case EventType::kXid:
      return event_with(header, decode_xid(body));
    case EventType::kTableMap:
      return event_with(header, decode_table_map(body, known_flavor));
    case EventType::kIncident:
      return event_with(header, decode_incident(body));
    case EventType::kHeartbeat:
      return event_with(header, decode_heartbeat(body, header, known_flavor));
    case EventType::kHeartbeatV2:
      return event_with(header, decode_heartbeat_v2(body));
    case EventType::kRowsQuery:
      return event_with(header, decode_rows_query(body));
    case EventType::kAnnotateRows:
      return event_with(header, decode_annotate_rows(body));
    case EventType::kGtid:
      return event_with(header, decode_gtid(body, /*anonymous=*/false));
    case EventType::kAnonymousGtid:
      return event_with(header, decode_gtid(body, /*anonymous=*/true));
    case EventType::kGtidTagged:
      return event_with(header, decode_gtid_tagged(body));
    case EventType::kPreviousGtids:
      return event_with(header, decode_previous_gtids(body));
    case EventType::kXaPrepare:
      return event_with(header, decode_xa_prepare(body));
    case EventType::kTransactionPayload:
      return event_with(header, decode_transaction_payload(body));
    case EventType::kMariadbGtid:
      return event_with(header, decode_mariadb_gtid(body, header.server_id));
    case EventType::kGtidList:
      return event_with(header, decode_gtid_list(body));
    default:
      return Error(ErrorKind::kFatal, "has no decoder");
  }
}

Result<Event> EventDecoder::State::decode_rows_event(const EventHeader& header, Body body,
                                                     const RowsForm& form) {
  ROWMILL_ASSIGN(Rows rows, decode_rows(body, form.kind, form.version));
  rows.partial_json = form.partial_json;
  if (form.packed) {
    ROWMILL_ASSIGN(rows.images, inflate_packed(rows.images, unpacked));
  }
  return Event{header, rows};
}

Result<Event> EventDecoder::State::decode_packed_query(const EventHeader& header, Body body) {
  ROWMILL_ASSIGN(Query query, decode_query(body, Flavor::kMariadb));
  ROWMILL_ASSIGN(const auto sql, inflate_packed(std::as_bytes(std::span(query.sql)), unpacked));
  query.sql = {reinterpret_cast<const char*>(sql.data()), sql.size()};
  return Event{header, query};
}

}  // namespace rowmill::binlog
