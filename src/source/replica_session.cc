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
  if (payload_) {
    ROWMILL_ASSIGN(auto inner, next_of_payload());
    if (inner) return *std::move(inner);
    payload_.reset();
  }
  ROWMILL_ASSIGN(const auto bytes, stream_.next(stop));
  auto event = decoder_.decode(bytes);
  if (!event.ok()) {
    // The header of a damaged event may still tell where it was meant to lie.
    const EventPlace after = locator_.locate(binlog::Event{});
    return std::move(event).error().with_context("after " + std::string(after.file) + ":" +
                                                 std::to_string(after.begin));
  }
  const EventPlace place = locator_.locate(*event);
  if (const auto* payload = std::get_if<binlog::TransactionPayload>(&event->body)) {
    payload_.emplace(*payload);
    payload_place_ = place;
    return next(std::move(stop));
  }
  return LocatedEvent{*std::move(event), place};
}

Result<std::optional<ReplicaSession::LocatedEvent>> ReplicaSession::next_of_payload() {
  ROWMILL_ASSIGN(const auto bytes, payload_->next());
  if (!bytes) return std::optional<LocatedEvent>{};
  ROWMILL_ASSIGN(auto event, decoder_.decode_inner(*bytes));
  return std::optional<LocatedEvent>(LocatedEvent{std::move(event), payload_place_});
}

}  // namespace rowmill::source
