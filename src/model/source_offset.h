// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/gtid.h"
#include "model/position.h"

namespace rowmill::model {

/// An XA transaction that was prepared at the source and is not decided yet. Its rows were passed
/// over; at its XA COMMIT the group is read again.
struct PreparedXa {
  /// As the server writes it: X'67',X'62',7.
  std::string xid;
  /// Where its group begins.
  Position begin = {};
  /// Of its group; absent without GTIDs.
  std::optional<Gtid> gtid = std::nullopt;
  /// Whether captured tables were changed: if not, nothing needs to be read again.
  bool holds_rows = false;
  bool operator==(const PreparedXa&) const = default;
};

/// What is stored in Kafka to restart from, with Debezium's meanings. Outside a transaction the
/// position is the end of the last whole transaction and `gtids` all that has been read. Inside one
/// (a cut), the position is where that transaction begins, `gtids` is the set before it, `events`
/// counts its events that are wholly done, BEGIN included (MariaDB's GTID event is the BEGIN;
/// MySQL's GTID event is not counted), and `rows` the rows done of the next rows event. Within an
/// XA COMMIT they count the events of the group that was prepared, from its first after the GTID
/// event.
struct SourceOffset {
  Position position = {};
  std::optional<GtidSet> gtids = std::nullopt;
  uint64_t events = 0;
  uint64_t rows = 0;
  /// server_id and time (seconds since 1970) of the last event that is covered.
  uint32_t server_id = 0;
  int64_t timestamp_seconds = 0;
  /// In the order of their prepares, each xid once.
  std::vector<PreparedXa> prepared = {};

  [[nodiscard]] bool inside_transaction() const { return events != 0 || rows != 0; }
  bool operator==(const SourceOffset&) const = default;
};

/// How a stretch of the stream moves the source offset. The GTIDs are only those of the stretch, so
/// that nobody copies a large executed set for each transaction.
struct OffsetAdvance {
  Position position = {};
  std::optional<GtidSet> completed = std::nullopt;
  uint64_t events = 0;
  uint64_t rows = 0;
  uint32_t server_id = 0;
  int64_t timestamp_seconds = 0;
  /// XA transactions that the stretch leaves prepared, and xids from before it that it decided.
  std::vector<PreparedXa> prepared = {};
  std::vector<std::string> decided = {};
};

/// Moves `offset` on by `advance`, which must follow it in the stream.
void apply(SourceOffset& offset, const OffsetAdvance& advance);
/// Joins two advances of which `later` follows `advance`.
void join(OffsetAdvance& advance, const OffsetAdvance& later);

/// The one of that xid; null if there is none.
[[nodiscard]] const PreparedXa* find_prepared(const SourceOffset& offset, std::string_view xid);

/// One line for logs: "file=binlog.000003 pos=4711 event=2 row=10 xa=1 gtids=...", where xa counts
/// the XA transactions that are prepared.
[[nodiscard]] std::string to_string(const SourceOffset& offset);

}  // namespace rowmill::model
