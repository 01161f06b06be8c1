// SPDX-License-Identifier: Apache-2.0
//
// The events of a few fields: libs/mysql/binlog/event/control_events.h of MySQL 9.7 and
// sql/log_event.cc of MariaDB 10.11.

#include <string>

#include "binlog/internal/event_bodies.h"

namespace rowmill::binlog {

using base::ByteReader;
using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

/// The first four bytes of a binlog file are its magic: no event ends before them.
constexpr uint64_t kFirstPosition = 4;

Result<Heartbeat> checked(const Heartbeat& heartbeat) {
  if (heartbeat.position < kFirstPosition) {
    return Error(ErrorKind::kCorrupt,
                 "heartbeat at position " + std::to_string(heartbeat.position));
  }
  return heartbeat;
}

}  // namespace

/// Rotate_event: position 8, name of the next file to the end.
Result<Rotate> decode_rotate(Body body) {
  ByteReader reader(body);
  Rotate rotate;
  rotate.position = reader.u64();
  rotate.file = reader.rest_text();
  ROWMILL_TRY(reader.finish("body"));
  if (rotate.file.empty()) return Error(ErrorKind::kCorrupt, "names no file");
  return rotate;
}

/// Xid_event: xid 8.
Result<Xid> decode_xid(Body body) {
  ByteReader reader(body);
  const Xid xid{.xid = reader.u64()};
  ROWMILL_TRY(reader.finish("body"));
  return xid;
}

/// XA_prepare_event: one phase 1, format id 4, length of gtrid 4, length of bqual 4, both.
Result<XaPrepare> decode_xa_prepare(Body body) {
  ByteReader reader(body);
  XaPrepare prepare;
  prepare.one_phase = reader.u8() != 0;
  prepare.format_id = reader.u32();
  const uint32_t gtrid_bytes = reader.u32();
  const uint32_t bqual_bytes = reader.u32();
  prepare.gtrid = reader.text(gtrid_bytes);
  prepare.bqual = reader.text(bqual_bytes);
  ROWMILL_TRY(reader.finish("body"));
  return prepare;
}

/// Incident_event: number 2, length of the text 1, text. MySQL writes it by way of a cache and then
/// leaves a second checksum, of the event as it was there, before the last one.
Result<Incident> decode_incident(Body body) {
  constexpr size_t kSecondChecksumBytes = 4;
  ByteReader reader(body);
  Incident incident;
  incident.number = reader.u16();
  const uint8_t message_bytes = reader.u8();
  incident.message = reader.text(message_bytes);
  if (reader.remaining() == kSecondChecksumBytes) reader.skip(kSecondChecksumBytes);
  ROWMILL_TRY(reader.finish("body"));
  return incident;
}

/// Rows_query_event: length 1, text to the end. The length is that of the text modulo 256 on some
/// servers and 0 on others (9.7): it says nothing.
Result<RowsQuery> decode_rows_query(Body body) {
  ByteReader reader(body);
  reader.skip(1);
  const RowsQuery query{.sql = reader.rest_text()};
  ROWMILL_TRY(reader.finish("body"));
  return query;
}

/// MariaDB Annotate_rows_log_event: text to the end.
Result<RowsQuery> decode_annotate_rows(Body body) {
  return RowsQuery{.sql = ByteReader(body).rest_text()};
}

/// Heartbeat_event: file name to the end; the position is the header's. MariaDB puts a position
/// that does not fit there in front of the name (HB_SUB_HEADER_LEN), and 0 in the header.
Result<Heartbeat> decode_heartbeat(Body body, const EventHeader& header, Flavor flavor) {
  ByteReader reader(body);
  Heartbeat heartbeat;
  heartbeat.position =
      flavor == Flavor::kMariadb && header.log_pos == 0 ? reader.u64() : header.log_pos;
  heartbeat.file = reader.rest_text();
  ROWMILL_TRY(reader.finish("body"));
  return checked(heartbeat);
}

/// Heartbeat_event_v2: fields of type, length, value up to type 0 (codecs/binary.cpp of MySQL 9.7).
Result<Heartbeat> decode_heartbeat_v2(Body body) {
  enum Field : uint8_t { kEnd = 0, kFile = 1, kPosition = 2 };
  ByteReader reader(body);
  Heartbeat heartbeat;
  while (!reader.failed()) {
    const uint64_t field = reader.length_encoded();
    if (field == kEnd) break;
    ByteReader value(reader.bytes(reader.length_encoded()));
    if (field == kFile) {
      heartbeat.file = value.rest_text();
    } else if (field == kPosition) {
      heartbeat.position = value.length_encoded();
      ROWMILL_TRY(value.finish("position"));
    }
  }
  ROWMILL_TRY(reader.finish("body"));
  return checked(heartbeat);
}

}  // namespace rowmill::binlog
