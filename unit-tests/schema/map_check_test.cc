// SPDX-License-Identifier: Apache-2.0
#include "schema/map_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "binlog/event_decoder.h"
#include "schema/followed_server.h"
#include "schema/row_image.h"
#include "support/binlog_file.h"

namespace rowmill::schema {
namespace {

using binlog::FieldType;
using binlog::MapColumn;
using testing::HasSubstr;

/// A map as binlog_row_metadata=MINIMAL logs it, signs aside.
binlog::TableMap without_names(binlog::TableMap map) {
  map.has_names = map.has_signedness = map.has_charsets = false;
  map.primary_key.clear();
  for (MapColumn& column : map.columns) {
    column.name = {};
    column.labels.clear();
    column.collation = 0;
  }
  return map;
}

/// Follows the statements of a binlog that a real server wrote, and compares every map.
class RecordedBinlog {
 public:
  RecordedBinlog(const std::string& name, Brand brand)
      : mariadb_(brand == Brand::kMariadb), server_(brand) {
    const auto events =
        test::read_binlog_file(std::string(ROWMILL_TESTDATA "/binlog/") + name + ".binlog");
    EXPECT_TRUE(events.ok());
    binlog::EventDecoder decoder(binlog::ChecksumAlgorithm::kNone);
    for (const auto& bytes : *events) {
      const auto event = decoder.decode(bytes);
      if (!event.ok()) continue;
      if (const auto* query = std::get_if<binlog::Query>(&event->body)) follow(*query);
      if (const auto* map = std::get_if<binlog::TableMap>(&event->body)) compare(*map);
    }
  }

  int compared = 0;

 private:
  void follow(const binlog::Query& query) {
    server_.context().default_database = query.database;
    server_.context().sql_mode = query.sql_mode.value_or(0);
    server_.context().server_collation = query.server_collation.value_or(0);
    server_.context().utf8mb4_collation = query.utf8mb4_collation.value_or(0);
    const auto statement = parse_ddl(query.sql, server_.context());
    if (!statement.ok()) return;
    server_.definitions().apply(*statement, server_.context(), [](const auto&) { return true; });
  }

  void compare(const binlog::TableMap& map) {
    const auto table =
        server_.definitions().find({std::string(map.database), std::string(map.table)});
    if (!table || map.unreadable) return;
    const CollationTable& collations = server_.definitions().collations();
    EXPECT_EQ(mismatch(map, *table, collations, mariadb_).value_or(""), "") << map.table;
    EXPECT_EQ(mismatch(without_names(map), *table, collations, mariadb_).value_or(""), "");
    ++compared;
  }

  const bool mariadb_;
  FollowedServer server_;
};

TEST(Mismatch, DefinitionsFromStatementsFitTheMapsThatServersLogged) {
  EXPECT_GT(RecordedBinlog("mysql_types", Brand::kMysql).compared, 0);
  EXPECT_GT(RecordedBinlog("mysql_columns", Brand::kMysql).compared, 0);
  EXPECT_GT(RecordedBinlog("mysql_transactions", Brand::kMysql).compared, 0);
  EXPECT_GT(RecordedBinlog("mysql_bare", Brand::kMysql).compared, 0);
  EXPECT_GT(RecordedBinlog("mariadb_types", Brand::kMariadb).compared, 0);
  EXPECT_GT(RecordedBinlog("mariadb_columns", Brand::kMariadb).compared, 0);
  EXPECT_GT(RecordedBinlog("mariadb_transactions", Brand::kMariadb).compared, 0);
}

}  // namespace
}  // namespace rowmill::schema
