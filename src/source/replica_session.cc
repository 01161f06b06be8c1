// SPDX-License-Identifier: Apache-2.0
#include "source/replica_session.h"

#include <utility>

namespace rowmill::source {

using base::Result;

namespace {

binlog::ChecksumAlgorithm announced() {
  return mysql::DumpStream::announced_checksum() == mysql::Checksum::kCrc32
             ? binlog::ChecksumAlgorithm::kCrc32
             : binlog::ChecksumAlgorithm::kNone;
}

mysql::DumpRequest request_for(const SourceSettings& settings, const model::SourceOffset& offset,
                               bool by_gtid) {
  mysql::DumpRequest request;
  request.server_id = settings.server_id;
  request.reported_host = settings.reported_host;
  request.replica_uuid = settings.replica_uuid;
  request.heartbeat = settings.heartbeat;
  // Without the statements' texts MariaDB 10.x leaves holes in its positions.
  request.annotate = true;
  if (!by_gtid || !offset.gtids) {
    request.from = offset.position;
  } else if (const auto* mysql_set = std::get_if<model::MysqlGtidSet>(&*offset.gtids)) {
    request.from = *mysql_set;
  } else {
    request.from = std::get<model::MariadbGtidState>(*offset.gtids);
  }
  return request;
}

}  // namespace

ReplicaSession::ReplicaSession(mysql::DumpStream stream, model::Position start)
    : stream_(std::move(stream)), decoder_(announced()), locator_(std::move(start)) {}

Result<std::unique_ptr<ReplicaSession>> ReplicaSession::open(mysql::Connection connection,
                                                             const SourceSettings& settings,
                                                             const model::SourceOffset& offset,
                                                             bool by_gtid, std::stop_token stop) {
  ROWMILL_ASSIGN(auto stream,
                 mysql::DumpStream::open(std::move(connection),
                                         request_for(settings, offset, by_gtid), std::move(stop)));
  return std::unique_ptr<ReplicaSession>(new ReplicaSession(std::move(stream), offset.position));
}

Result<ReplicaSession::LocatedEvent> ReplicaSession::next(std::stop_token stop) {
  stop_ = std::move(stop);
  while (true) {
    if (payload_) {
      ROWMILL_ASSIGN(auto inner, next_of_payload());
      if (inner) return *std::move(inner);
      payload_.reset();
    }
    ROWMILL_ASSIGN(auto event, next_event());
    const EventPlace place = locator_.locate(event);
    const auto* payload = std::get_if<binlog::TransactionPayload>(&event.body);
    if (payload == nullptr) return LocatedEvent{std::move(event), place};
    payload_.emplace(*payload, std::move(payload_rest_));
    payload_place_ = place;
  }
}

Result<binlog::Event> ReplicaSession::next_event() {
  ROWMILL_ASSIGN(const auto first, stream_.next(stop_));
  auto event = [&]() -> Result<binlog::Event> {
    if (first.last) return decoder_.decode(first.bytes);
    ROWMILL_ASSIGN(const auto header, binlog::EventDecoder::peek_header(first.bytes));
    if (header.type == binlog::EventType::kTransactionPayload) {
      return begin_long_payload(first.bytes);
    }
    ROWMILL_ASSIGN(const auto bytes, stream_.join(first, stop_));
    return decoder_.decode(bytes);
  }();
  const bool undecoded = !event.ok() && (event.error().kind() == base::ErrorKind::kCorrupt ||
                                         event.error().kind() == base::ErrorKind::kUnsupported);
  if (!undecoded) return event;
  // The header of a damaged event may still tell where it was meant to lie.
  const EventPlace after = locator_.locate(binlog::Event{});
  return std::move(event).error().with_context("after " + std::string(after.file) + ":" +
                                               std::to_string(after.begin));
}

Result<binlog::Event> ReplicaSession::begin_long_payload(std::span<const std::byte> beginning) {
  ROWMILL_ASSIGN(auto payload, decoder_.decode_long_payload(beginning, pieces_));
  payload_rest_ = std::move(payload.rest);
  return payload.event;
}

Result<std::span<const std::byte>> ReplicaSession::LinkPieces::next() {
  ROWMILL_ASSIGN(const auto piece, session_.stream_.more(session_.stop_));
  return piece.bytes;
}

Result<std::optional<ReplicaSession::LocatedEvent>> ReplicaSession::next_of_payload() {
  ROWMILL_ASSIGN(const auto bytes, payload_->next());
  if (!bytes) return std::optional<LocatedEvent>{};
  ROWMILL_ASSIGN(auto event, decoder_.decode_inner(*bytes));
  return std::optional<LocatedEvent>(LocatedEvent{std::move(event), payload_place_});
}

}  // namespace rowmill::source
