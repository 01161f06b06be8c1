// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace rowmill::binlog {

/// Type byte of an event. Open: a value without an enumerator is a type that this code does not
/// know. MySQL manual, "Log_event_type" (libs/mysql/binlog/event/binlog_event.h), MySQL 5.7 to 9.7;
/// MariaDB manual, "Event types" (sql/log_event.h), MariaDB 10.5 to 12.3.
enum class EventType : uint8_t {
  /// Written by no server.
  kUnknown = 0,
  /// First event of a file before MySQL 5.0.
  kStartV3 = 1,
  /// A statement: DDL, BEGIN, COMMIT, XA, or row changes in statement format.
  kQuery = 2,
  /// The server was shut down; the file ends here.
  kStop = 3,
  /// The file ends; names the next one. Artificial at the start of a dump and of each file.
  kRotate = 4,
  /// LAST_INSERT_ID or INSERT_ID for the QUERY that follows.
  kIntvar = 5,
  /// LOAD DATA of MySQL 3.23.
  kLoad = 6,
  /// Never used since MySQL 4.0.
  kSlave = 7,
  /// LOAD DATA of MySQL 4.0: the file's first block.
  kCreateFile = 8,
  /// LOAD DATA in statement format: a further block.
  kAppendBlock = 9,
  /// LOAD DATA of MySQL 4.0: the statement.
  kExecLoad = 10,
  /// LOAD DATA in statement format: it failed, forget the blocks.
  kDeleteFile = 11,
  /// LOAD DATA of MySQL 4.0 with long separators.
  kNewLoad = 12,
  /// Seeds of RAND() for the QUERY that follows.
  kRand = 13,
  /// A user variable for the QUERY that follows.
  kUserVar = 14,
  /// Server version and format of what follows; first event of a file.
  kFormatDescription = 15,
  /// Commit of a transactional engine.
  kXid = 16,
  /// LOAD DATA in statement format: the first block.
  kBeginLoadQuery = 17,
  /// LOAD DATA in statement format: the statement.
  kExecuteLoadQuery = 18,
  /// Binds a number to a table and describes its columns.
  kTableMap = 19,
  /// Rows of a 5.1 development release.
  kPreGaWriteRows = 20,
  /// Rows of a 5.1 development release.
  kPreGaUpdateRows = 21,
  /// Rows of a 5.1 development release.
  kPreGaDeleteRows = 22,
  /// Inserted rows, without extra data; MariaDB writes only v1.
  kWriteRowsV1 = 23,
  /// Updated rows, without extra data.
  kUpdateRowsV1 = 24,
  /// Deleted rows, without extra data.
  kDeleteRowsV1 = 25,
  /// Changes are missing from the log after this.
  kIncident = 26,
  /// Sign of life of an idle source.
  kHeartbeat = 27,
  /// Carries nothing.
  kIgnorable = 28,
  /// Text of the statement whose rows follow.
  kRowsQuery = 29,
  /// Inserted rows.
  kWriteRows = 30,
  /// Updated rows.
  kUpdateRows = 31,
  /// Deleted rows.
  kDeleteRows = 32,
  /// Starts a transaction that has a GTID.
  kGtid = 33,
  /// Starts a transaction that has none.
  kAnonymousGtid = 34,
  /// What was executed before this file.
  kPreviousGtids = 35,
  /// Group replication: certification data.
  kTransactionContext = 36,
  /// Group replication: a new view of the group.
  kViewChange = 37,
  /// End of the first phase of an XA transaction.
  kXaPrepare = 38,
  /// Updated rows with JSON differences (binlog_row_value_options=PARTIAL_JSON).
  kPartialUpdateRows = 39,
  /// A whole transaction, compressed.
  kTransactionPayload = 40,
  /// Heartbeat with a 64-bit position.
  kHeartbeatV2 = 41,
  /// Starts a transaction whose GTID has a tag.
  kGtidTagged = 42,
  /// Announces the end of a large transaction; later than MySQL 9.7.
  kLargeTransactionHeader = 43,
  /// MariaDB: text of the statement whose rows follow.
  kAnnotateRows = 160,
  /// MariaDB: oldest file that crash recovery needs.
  kBinlogCheckpoint = 161,
  /// MariaDB: starts a transaction or announces one statement.
  kMariadbGtid = 162,
  /// MariaDB: what was executed before this file.
  kGtidList = 163,
  /// MariaDB: the file is encrypted after this; what is sent is not.
  kStartEncryption = 164,
  /// MariaDB: kQuery with packed SQL.
  kQueryCompressed = 165,
  /// MariaDB: kWriteRowsV1 with packed rows.
  kWriteRowsCompressedV1 = 166,
  /// MariaDB: kUpdateRowsV1 with packed rows.
  kUpdateRowsCompressedV1 = 167,
  /// MariaDB: kDeleteRowsV1 with packed rows.
  kDeleteRowsCompressedV1 = 168,
  /// MariaDB: kWriteRows with packed rows.
  kWriteRowsCompressed = 169,
  /// MariaDB: kUpdateRows with packed rows.
  kUpdateRowsCompressed = 170,
  /// MariaDB: kDeleteRows with packed rows.
  kDeleteRowsCompressed = 171,
  /// MariaDB 12.3: a piece of a large rows event.
  kPartialRowData = 172,
};

/// What EventDecoder does with the events of a type.
enum class EventTreatment : uint8_t {
  /// The body is decoded.
  kDecoded,
  /// Delivered as Skipped: of no importance to rows, schema or positions.
  kSkipped,
  /// Delivered as NotSupported: may stand for row changes that we cannot deliver.
  kNotSupported,
};

struct EventTypeInfo {
  EventType type{};
  /// As in the server's manual.
  std::string_view name;
  EventTreatment treatment{};
  /// Why it is not decoded; empty where it is.
  std::string_view why;
};

/// Null for a type that we do not know.
const EventTypeInfo* find_event_type(EventType type);

/// The manual's name, such as "WRITE_ROWS_EVENT"; "unknown type" where there is none.
std::string_view to_string(EventType type);
/// As to_string(), but "unknown type 77" for a type without a name.
std::string describe(EventType type);

}  // namespace rowmill::binlog
