// SPDX-License-Identifier: Apache-2.0
//
// Query_event: libs/mysql/binlog/event/statement_events.h and .cpp of MySQL 9.7, sql/log_event.h of
// MariaDB 10.11 and 11.8 (codes from 128 on).

#include "binlog/internal/event_bodies.h"

namespace rowmill::binlog {

using base::ByteReader;
using base::Result;

namespace {

enum StatusCode : uint8_t {
  kFlags2 = 0,
  kSqlMode = 1,
  kCatalogNul = 2,
  kAutoIncrement = 3,
  kCharset = 4,
  kTimeZone = 5,
  kCatalog = 6,
  kLcTimeNames = 7,
  kCollationDatabase = 8,
  kTableMapForUpdate = 9,
  kMasterDataWritten = 10,
  kInvoker = 11,
  kUpdatedDatabases = 12,
  kMicroseconds = 13,
  kCommitTimestamp = 14,
  kCommitTimestamp2 = 15,
  kExplicitDefaultsForTimestamp = 16,
  kDdlXid = 17,
  kDefaultCollationForUtf8mb4 = 18,
  kSqlRequirePrimaryKey = 19,
  kDefaultTableEncryption = 20,
  kEnableCascadeTriggers = 21,
  kMariadbMicroseconds = 128,
  kMariadbXid = 129,
  kMariadbTwoPhaseAlter = 130,
  kMariadbCharsetCollations = 131,
};

/// Stands for "too many names to list" in the count of kUpdatedDatabases.
constexpr uint8_t kTooManyDatabases = 254;

void skip_counted(ByteReader& reader) { reader.skip(reader.u8()); }

void skip_updated_databases(ByteReader& reader) {
  const uint8_t count = reader.u8();
  if (count == kTooManyDatabases) return;
  for (uint8_t i = 0; i < count && !reader.failed(); ++i) {
    while (reader.u8() != 0) {
    }
  }
}

void skip_two_phase_alter(ByteReader& reader) {
  constexpr uint8_t kCommitOrRollback = 0x04 | 0x08;
  if ((reader.u8() & kCommitOrRollback) != 0) reader.skip(8);
}

/// Passes over the value of a variable that we have no use for; false if the code is not known. The
/// widths are those on the wire: the comments of statement_events.h say 2 for codes 19 and 20.
bool skip_status_value(ByteReader& reader, uint8_t code) {
  switch (code) {
    case kCommitTimestamp:
    case kCommitTimestamp2:
      return true;
    case kSqlRequirePrimaryKey:
    case kDefaultTableEncryption:
    case kEnableCascadeTriggers:
      reader.skip(1);
      return true;
    case kLcTimeNames:
    case kCollationDatabase:
      reader.skip(2);
      return true;
    case kMicroseconds:
    case kMariadbMicroseconds:
      reader.skip(3);
      return true;
    case kAutoIncrement:
    case kMasterDataWritten:
      reader.skip(4);
      return true;
    case kTableMapForUpdate:
    case kDdlXid:
    case kMariadbXid:
      reader.skip(8);
      return true;
    case kTimeZone:
    case kCatalog:
      skip_counted(reader);
      return true;
    case kCatalogNul:
      skip_counted(reader);
      reader.skip(1);
      return true;
    case kInvoker:
      skip_counted(reader);  // User.
      skip_counted(reader);  // Host.
      return true;
    case kUpdatedDatabases:
      skip_updated_databases(reader);
      return true;
    case kMariadbTwoPhaseAlter:
      skip_two_phase_alter(reader);
      return true;
    default:
      return false;
  }
}

/// MariaDB keeps explicit_defaults_for_timestamp among the options: OPTION_EXPLICIT_DEF_TIMESTAMP
/// in its sql/sql_priv.h.
void read_flags2(ByteReader& reader, Flavor flavor, Query& query) {
  constexpr uint32_t kExplicitDefaults = 0x01000000;
  const uint32_t flags = reader.u32();
  if (flavor == Flavor::kMariadb) {
    query.explicit_defaults_for_timestamp = (flags & kExplicitDefaults) != 0;
  }
}

/// Count 1, and for each charset 2, collation 2.
void read_default_collations(ByteReader& reader, Query& query) {
  const uint8_t count = reader.u8();
  query.default_collations.clear();
  for (uint8_t i = 0; i < count && !reader.failed(); ++i) {
    DefaultCollation& each = query.default_collations.emplace_back();
    each.of_charset = reader.u16();
    each.collation = reader.u16();
  }
}

/// Code 1 and value, again and again, in no certain order. Behind a code of unknown length nothing
/// can be read: the rest is left, as the servers do.
Result<void> decode_status(Body status, Flavor flavor, Query& query) {
  ByteReader reader(status);
  while (!reader.at_end()) {
    const uint8_t code = reader.u8();
    switch (code) {
      case kFlags2:
        read_flags2(reader, flavor, query);
        break;
      case kSqlMode:
        query.sql_mode = reader.u64();
        break;
      case kCharset:
        query.client_collation = reader.u16();
        reader.skip(2);  // Of the connection.
        query.server_collation = reader.u16();
        break;
      case kExplicitDefaultsForTimestamp:
        query.explicit_defaults_for_timestamp = reader.u8() != 0;
        break;
      case kDefaultCollationForUtf8mb4:
        query.utf8mb4_collation = reader.u16();
        break;
      case kMariadbCharsetCollations:
        read_default_collations(reader, query);
        break;
      default:
        if (!skip_status_value(reader, code)) reader.rest();
    }
  }
  return reader.finish("status variables");
}

/// Bytes between the length of the status and the status itself: none in a QUERY.
/// EXECUTE_LOAD_QUERY has the id of the file 4, where its name begins and ends in the statement 4 +
/// 4, and what to do with duplicates 1.
enum class PostHeader : size_t { kQuery = 0, kExecuteLoadQuery = 4 + 4 + 4 + 1 };

/// Thread 4, execution time 4, length of the database 1, error 2, length of the status 2, (file),
/// status, database and NUL, statement to the end.
Result<Query> decode(Body body, Flavor flavor, PostHeader more) {
  ByteReader reader(body);
  Query query;
  query.thread_id = reader.u32();
  reader.skip(4);
  const uint8_t database_bytes = reader.u8();
  query.error_code = reader.u16();
  const uint16_t status_bytes = reader.u16();
  reader.skip(static_cast<size_t>(more));
  const auto status = reader.bytes(status_bytes);
  query.database = reader.text(database_bytes);
  if (reader.u8() != 0) reader.fail();
  query.sql = reader.rest_text();
  ROWMILL_TRY(reader.finish("body"));
  ROWMILL_TRY(decode_status(status, flavor, query));
  return query;
}

}  // namespace

Result<Query> decode_query(Body body, Flavor flavor) {
  return decode(body, flavor, PostHeader::kQuery);
}

Result<Query> decode_execute_load_query(Body body, Flavor flavor) {
  return decode(body, flavor, PostHeader::kExecuteLoadQuery);
}

}  // namespace rowmill::binlog
