// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/log.h"

namespace rowmill::config {

// Both structs are plain values, filled by load(); members are named after their keys, which
// config/settings.md (`rowmill settings`) explains. Defaults stand in the definition table alone:
// use default_worker() and default_connector() of load.h, not a bare struct.

/// Text that must not reach a log: it cannot be streamed or formatted, and reveal() is easy to
/// find.
class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string text) : text_(std::move(text)) {}
  [[nodiscard]] const std::string& reveal() const { return text_; }

 private:
  std::string text_;
};

/// Settings handed on under their own names: key without our prefix -> value. Values may be secret:
/// never print them.
using PassThrough = std::map<std::string, std::string>;

/// Regular expressions as they were written; see pattern.h for what they mean.
using PatternList = std::vector<std::string>;

enum class SslMode : uint8_t { kDisabled, kPreferred, kRequired, kVerifyCa, kVerifyIdentity };

enum class SkippedOperation : uint8_t { kCreate, kUpdate, kDelete, kTruncate };

/// Fields of a record's source block that appear only when asked for.
enum class SourceField : uint8_t { kTsUs, kTsNs, kVersion, kSequence, kQuery };

/// What becomes of an event whose rows cannot be decoded.
enum class FailureHandling : uint8_t { kFail, kWarn, kSkip };

/// schema.recovery: rows of a table whose definition is not known.
enum class SchemaRecovery : uint8_t { kStop, kSkip };

// How values look in records, one enum for each setting; src/convert/README.md says what each word
// means. The first of each is ours and the default, the others give what Debezium writes.

/// decimal.handling.mode.
enum class DecimalMode : uint8_t { kString, kPrecise, kDouble };
/// time.precision.mode.
enum class TimeMode : uint8_t {
  kIso,
  kAdaptiveTimeMicroseconds,
  kAdaptive,
  kConnect,
  kIsoString,
  kMicroseconds,
  kNanoseconds,
};
/// bigint.unsigned.handling.mode.
enum class BigintUnsignedMode : uint8_t { kExact, kLong, kPrecise };
/// binary.handling.mode.
enum class BinaryMode : uint8_t { kBytes, kBase64, kBase64UrlSafe, kHex };
/// bit.handling.mode.
enum class BitMode : uint8_t { kNumber, kBytes };
/// geometry.handling.mode.
enum class GeometryMode : uint8_t { kWkb, kDebezium, kGeoJson };

/// What becomes of an UPDATE that logs only what it changed in a JSON document
/// (partial.json.handling.mode).
enum class PartialJsonMode : uint8_t {
  /// An error.
  kFail,
  /// The column is left out of `after`; the changes stand in `json_diffs` beside it.
  kDiff,
};

struct WorkerConfig {
  std::string bootstrap_servers;
  std::string group_id;
  PassThrough producer;
  PassThrough consumer;
  PassThrough admin;
  std::string offset_storage_topic;
  int32_t offset_storage_partitions = 0;
  /// -1: the broker's default.
  int32_t offset_storage_replication_factor = 0;
  std::chrono::milliseconds offset_flush_interval{};
  bool topic_creation_enable = false;
  bool key_schemas_enable = false;
  bool value_schemas_enable = false;
  std::chrono::milliseconds task_shutdown_graceful_timeout{};
  base::LogLevel log_level = base::LogLevel::kInfo;
};

struct ConnectorConfig {
  std::string name;

  std::string database_hostname;
  uint16_t database_port = 0;
  std::string database_user;
  Secret database_password;
  uint32_t database_server_id = 0;
  SslMode database_ssl_mode = SslMode::kPreferred;
  /// Empty: not set.
  std::filesystem::path database_ssl_ca;
  std::filesystem::path database_ssl_cert;
  std::filesystem::path database_ssl_key;
  std::chrono::milliseconds connect_timeout{};
  std::chrono::milliseconds connect_keep_alive_interval{};

  /// At most one of include and exclude is not empty, for databases and for tables.
  PatternList database_include_list;
  PatternList database_exclude_list;
  PatternList table_include_list;
  PatternList table_exclude_list;
  /// "earliest", "latest", a GTID set or "file:position": only the shape has been checked.
  std::string start_position;
  std::vector<SkippedOperation> skipped_operations;
  FailureHandling failure_handling = FailureHandling::kFail;

  std::string topic_prefix;
  bool tombstones_on_delete = false;
  bool key_schemas_enable = false;
  bool value_schemas_enable = false;
  std::vector<SourceField> source_fields;
  bool include_query = false;
  DecimalMode decimal_handling_mode = DecimalMode::kString;
  TimeMode time_precision_mode = TimeMode::kIso;
  BigintUnsignedMode bigint_unsigned_handling_mode = BigintUnsignedMode::kExact;
  BinaryMode binary_handling_mode = BinaryMode::kBytes;
  BitMode bit_handling_mode = BitMode::kNumber;
  GeometryMode geometry_handling_mode = GeometryMode::kWkb;
  PartialJsonMode partial_json_handling_mode = PartialJsonMode::kFail;
  /// "LENGTH.chars" -> patterns of `database.table.column`; both have been checked.
  PassThrough column_truncate_to;

  int32_t topic_creation_default_partitions = 0;
  /// -1: the broker's default.
  int32_t topic_creation_default_replication_factor = 0;
  PassThrough topic_creation_default;
  PassThrough producer_override;

  /// Empty: `<topic.prefix>.schema-history`.
  std::string schema_history_topic;
  std::chrono::milliseconds schema_history_retention{};
  bool include_schema_changes = false;
  SchemaRecovery schema_recovery = SchemaRecovery::kStop;
  std::string schema_recovery_file;

  std::chrono::milliseconds transaction_boundary_interval{};
  uint64_t transaction_max_rows = 0;
  uint64_t transaction_max_bytes = 0;
  /// 0: never cut by size.
  uint64_t transaction_cut_rows = 0;
  std::chrono::milliseconds transaction_cut{};
  uint64_t max_queue_size_in_bytes = 0;
  std::chrono::milliseconds errors_retry_delay_max{};
};

}  // namespace rowmill::config
