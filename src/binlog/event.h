// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/error.h"
#include "binlog/event_type.h"
#include "model/gtid.h"

namespace rowmill::binlog {

// Events as EventDecoder delivers them. Spans and views point into the bytes that were given to the
// decoder (or into its own buffer, for what it decompressed) and live until its next call.

inline constexpr size_t kEventHeaderBytes = 19;

/// MySQL manual, "Binary Log Event Header"; kEventHeaderBytes on the wire, or more if the format
/// description says so.
struct EventHeader {
  /// Seconds since 1970 at the source; 0 in artificial events.
  uint32_t timestamp = 0;
  EventType type{};
  uint32_t server_id = 0;
  /// Whole event, header and checksum included.
  uint32_t size = 0;
  /// Low 32 bits of where the next event starts; 0 where the server does not say.
  uint32_t log_pos = 0;
  uint16_t flags = 0;

  static constexpr uint16_t kArtificial = 0x20;
  static constexpr uint16_t kIgnorable = 0x80;
  static constexpr uint16_t kSkipReplication = 0x8000;
};

struct Rotate {
  uint64_t position = 0;
  std::string_view file;
};

enum class ChecksumAlgorithm : uint8_t { kNone = 0, kCrc32 = 1 };
enum class Flavor : uint8_t { kMysql, kMariadb };

struct FormatDescription {
  uint16_t binlog_version = 0;
  std::string server_version;
  Flavor flavor = Flavor::kMysql;
  /// Seconds since 1970; not 0 when the server has just started: a transaction left open is rolled
  /// back.
  uint32_t created = 0;
  uint8_t header_length = 0;
  ChecksumAlgorithm checksum = ChecksumAlgorithm::kNone;
};

struct PreviousGtids {
  model::MysqlGtidSet set;
};

/// GTID, GTID_TAGGED and ANONYMOUS_GTID.
struct MysqlGtidEvent {
  /// Absent for ANONYMOUS_GTID.
  std::optional<model::MysqlGtid> gtid;
  /// Microseconds since 1970 of the commit on the source that we read from, and of the first one; 0
  /// where not logged.
  uint64_t immediate_commit_us = 0;
  uint64_t original_commit_us = 0;
  /// Bytes of the whole transaction, this event included; 0 where not logged.
  uint64_t transaction_length = 0;
};

/// Phase of a MariaDB ALTER TABLE that is logged twice (binlog_alter_two_phase): the definition
/// changes at kCommit only.
enum class AlterPhase : uint8_t { kNone, kStart, kCommit, kRollback };

/// MARIADB GTID: it is also the BEGIN of its transaction unless `standalone`.
struct MariadbGtidEvent {
  model::MariadbGtid gtid;
  bool standalone = false;
  bool ddl = false;
  bool xa_prepared = false;
  bool xa_completed = false;
  AlterPhase alter_phase = AlterPhase::kNone;
  std::optional<uint32_t> thread_id;
};

struct GtidList {
  model::MariadbGtidState state;
};

/// The collation that a session made the default of a charset; ids, the charset by its own default.
struct DefaultCollation {
  uint16_t of_charset = 0;
  uint16_t collation = 0;
  bool operator==(const DefaultCollation&) const = default;
};

struct Query {
  uint32_t thread_id = 0;
  uint16_t error_code = 0;
  std::string_view database;
  /// As logged, in character_set_client of the session.
  std::string_view sql;
  /// From the status variables; absent where not logged.
  std::optional<uint64_t> sql_mode;
  std::optional<uint16_t> client_collation;
  /// For CREATE DATABASE.
  std::optional<uint16_t> server_collation;
  /// For CHARACTER SET utf8mb4 without COLLATE.
  std::optional<uint16_t> utf8mb4_collation;
  /// Whether a TIMESTAMP without more is an ordinary column; MySQL logs it where it matters.
  std::optional<bool> explicit_defaults_for_timestamp;
  /// MariaDB's character_set_collations.
  std::vector<DefaultCollation> default_collations = {};
};

struct Xid {
  uint64_t xid = 0;
};

/// Ends the group that `XA START` began; with `one_phase` it is the commit, else the rows are not
/// committed.
struct XaPrepare {
  bool one_phase = false;
  uint32_t format_id = 0;
  std::string_view gtrid;
  std::string_view bqual;
};

/// Wire type codes of columns: MySQL manual, "enum_field_types"; unknown codes are kept.
enum class FieldType : uint8_t {
  kDecimalOld = 0,
  kTiny = 1,
  kShort = 2,
  kLong = 3,
  kFloat = 4,
  kDouble = 5,
  kNull = 6,
  kTimestamp = 7,
  kLongLong = 8,
  kInt24 = 9,
  kDate = 10,
  kTime = 11,
  kDateTime = 12,
  kYear = 13,
  kVarchar = 15,
  kBit = 16,
  kTimestamp2 = 17,
  kDateTime2 = 18,
  kTime2 = 19,
  kMariadbBlobCompressed = 140,
  kMariadbVarcharCompressed = 141,
  kVector = 242,
  kJson = 245,
  kNewDecimal = 246,
  kEnum = 247,
  kSet = 248,
  kBlob = 252,
  kVarString = 253,
  kString = 254,
  kGeometry = 255,
};

/// One column of a table map, after the STRING trick is undone: `type` is kEnum, kSet or kString
/// for wire type 254, and `metadata` its length in bytes.
struct MapColumn {
  FieldType type{};
  /// VARCHAR, STRING: bytes; BLOB, JSON: size of the length; ENUM, SET: bytes of the value;
  /// DECIMAL: precision << 8 | scale; BIT: bits; TIME2, DATETIME2, TIMESTAMP2: fraction digits;
  /// FLOAT, DOUBLE: bytes. 0 for the other types.
  uint16_t metadata = 0;
  bool nullable = true;

  // The rest is from the optional metadata; TableMap::has_signedness and the like tell what was
  // logged.
  bool is_unsigned = false;
  /// Collation id; 0 when not logged. 63 is binary.
  uint32_t collation = 0;
  /// Empty when not logged. UTF-8.
  std::string_view name;
  /// Labels of ENUM and SET, in the bytes of the column's own charset.
  std::vector<std::string_view> labels;
  bool visible = true;
  /// As model::GeometryType; 0 when not logged.
  uint8_t geometry_type = 0;
};

/// Number that ties rows events to their table map; has no meaning beyond the statement.
enum class MapId : uint64_t {};

struct TableMap {
  MapId id{};
  uint16_t flags = 0;
  std::string_view database;
  std::string_view table;
  /// Why the columns cannot be read: one has a type that this version does not know, so that not
  /// even its place in the map is. Only the id and the names are set then; they are enough for a
  /// table whose rows nobody wants.
  std::optional<base::Error> unreadable;
  std::vector<MapColumn> columns;
  /// Indexes into columns, in key order.
  std::vector<size_t> primary_key;
  /// The metadata of that name is there for every column that can have it (so also when none can).
  bool has_signedness = false;
  /// Of CHAR, VARCHAR, TEXT and their like; those of ENUM and SET come with the labels.
  bool has_charsets = false;
  bool has_names = false;
  /// Everything after the map id: equal bytes mean an equal definition.
  std::span<const std::byte> body;
};

enum class RowsKind : uint8_t { kWrite, kUpdate, kDelete };

struct Rows {
  MapId table{};
  RowsKind kind{};
  bool statement_end = false;
  /// PARTIAL_UPDATE_ROWS: each after image begins with its value options and may hold differences
  /// of JSON documents.
  bool partial_json = false;
  uint64_t column_count = 0;
  /// Bit i (least significant first) set: column i is in the image. `after_present` only for
  /// kUpdate.
  std::span<const std::byte> present;
  std::span<const std::byte> after_present;
  /// The row images, one after the other.
  std::span<const std::byte> images;
};

struct RowsQuery {
  std::string_view sql;
};

struct Incident {
  uint16_t number = 0;
  std::string_view message;
};

struct Heartbeat {
  std::string_view file;
  uint64_t position = 0;
};

/// The head of a compressed transaction; TransactionPayloadReader yields the events inside.
struct TransactionPayload {
  bool zstd = false;
  uint64_t uncompressed_size = 0;
  /// All of it, or its beginning: see EventDecoder::decode_long_payload().
  std::span<const std::byte> payload;
};

/// Legal, and of no importance to rows or positions: skipped by the letter of the manual.
struct Skipped {};

/// Legal but not handled; the stream must not go on silently if a captured table may be concerned.
struct NotSupported {
  std::string_view reason;
};

struct Event {
  EventHeader header;
  std::variant<Skipped, NotSupported, Rotate, FormatDescription, PreviousGtids, MysqlGtidEvent,
               MariadbGtidEvent, GtidList, Query, Xid, XaPrepare, TableMap, Rows, RowsQuery,
               Incident, Heartbeat, TransactionPayload>
      body;
};

}  // namespace rowmill::binlog
