// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "source/assembler_fixture.h"

namespace rowmill::source {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class AssemblerSchema : public AssemblerFixture {
 protected:
  base::Result<void> feed_ddl(uint64_t gtid, std::string_view sql) {
    auto fed = feed_gtid(gtid);
    return fed.ok() ? feed_query(sql) : fed;
  }
  /// As binlog_row_metadata=MINIMAL logs table shop.t (id TINYINT).
  base::Result<void> feed_unnamed_map() {
    auto map = map_of("shop");
    map.columns[0].name = {};
    map.has_names = map.has_signedness = map.has_charsets = false;
    return feed(std::move(map));
  }
  base::Result<void> feed_unnamed_transaction(uint64_t gtid) {
    for (auto fed : {feed_gtid(gtid), feed_query("BEGIN"), feed_unnamed_map()}) {
      if (!fed.ok()) return fed;
    }
    auto fed = feed_rows("\x01");
    return fed.ok() ? feed(binlog::Xid{1}) : fed;
  }
};

TEST_F(AssemblerSchema, StatementTellsWhatItDefinesBeforeItsBoundary) {
  ASSERT_TRUE(feed_ddl(1, "CREATE TABLE t (id TINYINT)").ok());
  ASSERT_EQ(notes_.schema_changes.size(), 1U);
  const model::SchemaChange& change = notes_.schema_changes[0];
  EXPECT_EQ(change.position, (model::Position{"binlog.1", 200}));
  EXPECT_EQ(change.gtid, "00000000-0000-0000-0000-000000000000:1");
  EXPECT_EQ(change.sql, "CREATE TABLE t (id TINYINT)");
  EXPECT_EQ(change.database, "shop");
  ASSERT_EQ(change.definitions.size(), 1U);
  EXPECT_EQ(model::to_string(change.definitions[0].id), "shop.t");
  EXPECT_FALSE(change.definitions[0].before);
  EXPECT_TRUE(change.definitions[0].after);
  EXPECT_THAT(notes_.lines, ElementsAre("| 200"));
}

TEST_F(AssemblerSchema, StatementThatDefinesNothingTellsNothing) {
  for (const char* sql : {"FLUSH TABLES", "CREATE VIEW v AS SELECT 1", "GRANT SELECT ON *.* TO x",
                          "CREATE TABLE mysql.x (id INT)", "ANALYZE TABLE t"}) {
    ASSERT_TRUE(feed_ddl(1, sql).ok()) << sql;
  }
  EXPECT_TRUE(notes_.schema_changes.empty());
}

TEST_F(AssemblerSchema, RowsOfAMapWithoutNamesHaveTheDefinitionInForce) {
  ASSERT_TRUE(feed_ddl(1, "CREATE TABLE t (id TINYINT)").ok());
  const auto fed = feed_unnamed_transaction(2);
  ASSERT_TRUE(fed.ok()) << fed.error().text();
  EXPECT_THAT(notes_.lines, ElementsAre("| 200", "1", "| 700"));
  EXPECT_EQ(notes_.schema_changes.size(), 1U);
}

TEST_F(AssemblerSchema, UnknownTableStopsAtItsMapWithPlaceAndTheWaysOut) {
  const auto fed = feed_unnamed_transaction(1);
  ASSERT_FALSE(fed.ok());
  EXPECT_EQ(fed.error().kind(), ErrorKind::kConfig);
  EXPECT_THAT(fed.error().text(), HasSubstr("at binlog.1:200"));
  EXPECT_THAT(fed.error().text(), HasSubstr("shop.t"));
  EXPECT_THAT(fed.error().remedy(), HasSubstr("schema.recovery.file"));
}

TEST_F(AssemblerSchema, MapWithNamesTellsItsDefinitionBeforeTheRows) {
  feed_transaction(1, "\x01");
  ASSERT_EQ(notes_.schema_changes.size(), 1U);
  EXPECT_EQ(notes_.schema_changes[0].sql, "");
  EXPECT_EQ(notes_.schema_changes[0].definitions[0].after->columns[0].name, "id");
  feed_transaction(2, "\x02");
  EXPECT_EQ(notes_.schema_changes.size(), 1U);
  EXPECT_EQ(news_.corrections(), 0U);
}

TEST_F(AssemblerSchema, MapThatCorrectsIsCounted) {
  ASSERT_TRUE(feed_ddl(1, "CREATE TABLE t (other TINYINT)").ok());
  feed_transaction(2, "\x01");
  EXPECT_EQ(news_.corrections(), 1U);
  EXPECT_EQ(news_.changes(), 1U);
}

TEST_F(AssemblerSchema, GroupThatIsReadAgainTellsNothingTwice) {
  ASSERT_TRUE(feed_gtid(1).ok());
  ASSERT_TRUE(feed_query("BEGIN").ok());
  ASSERT_TRUE(feed_query("CREATE TABLE t (id TINYINT) START TRANSACTION").ok());
  ASSERT_TRUE(feed_unnamed_map().ok());
  ASSERT_TRUE(feed_rows("\x01").ok());
  assembler_->restart();
  position_ = 0;
  ASSERT_TRUE(feed_gtid(1).ok());
  ASSERT_TRUE(feed_query("BEGIN").ok());
  ASSERT_TRUE(feed_query("CREATE TABLE t (id TINYINT) START TRANSACTION").ok());
  ASSERT_TRUE(feed_unnamed_map().ok());
  ASSERT_TRUE(feed_rows("\x01").ok());
  ASSERT_TRUE(feed(binlog::Xid{1}).ok());
  EXPECT_EQ(notes_.schema_changes.size(), 1U);
  EXPECT_THAT(notes_.lines, ElementsAre("1", "| 600"));
}

/// START ALTER may be followed by ROLLBACK ALTER.
TEST_F(AssemblerSchema, TwoPhaseAlterCountsAtItsCommitOnly) {
  ASSERT_TRUE(feed_query("CREATE TABLE t (id TINYINT)").ok());
  const auto alter = [&](uint64_t sequence, binlog::AlterPhase phase) {
    binlog::MariadbGtidEvent gtid;
    gtid.gtid = {.domain = 0, .server_id = 1, .sequence = sequence};
    gtid.standalone = true;
    gtid.alter_phase = phase;
    ASSERT_TRUE(feed(gtid).ok());
    ASSERT_TRUE(feed_query("ALTER TABLE t ADD more INT").ok());
  };
  alter(2, binlog::AlterPhase::kStart);
  alter(3, binlog::AlterPhase::kRollback);
  EXPECT_EQ(notes_.schema_changes.size(), 1U);
  alter(4, binlog::AlterPhase::kStart);
  alter(5, binlog::AlterPhase::kCommit);
  EXPECT_EQ(notes_.schema_changes.size(), 2U);
}

TEST_F(AssemblerSchema, TableOfADroppedDefinitionIsForgotten) {
  ASSERT_TRUE(feed_ddl(1, "CREATE TABLE t (id TINYINT)").ok());
  ASSERT_TRUE(feed_unnamed_transaction(2).ok());
  EXPECT_THAT(notes_.forgotten, ElementsAre());
  ASSERT_TRUE(feed_ddl(3, "DROP TABLE t").ok());
  EXPECT_THAT(notes_.forgotten, ElementsAre("shop.t"));
}

}  // namespace
}  // namespace rowmill::source
