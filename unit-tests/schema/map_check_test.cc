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

/// A map of a table, to be spoilt by a test.
class SpoiltMap : public testing::Test {
 protected:
  SpoiltMap() {
    server_.run(
        "CREATE TABLE t (id INT UNSIGNED NOT NULL, v VARCHAR(10) CHARSET latin1, e ENUM('x','y'), "
        "b BLOB, PRIMARY KEY (id))");
    map_.database = "d";
    map_.table = "t";
    map_.has_names = map_.has_signedness = map_.has_charsets = true;
    map_.primary_key = {0};
    map_.columns = {column("id", FieldType::kLong, 0), column("v", FieldType::kVarchar, 10),
                    column("e", FieldType::kEnum, 1), column("b", FieldType::kBlob, 2)};
    map_.columns[0].is_unsigned = true;
    map_.columns[0].nullable = false;
    map_.columns[1].collation = 8;
    map_.columns[2].collation = 255;
    map_.columns[2].labels = {"x", "y"};
    map_.columns[3].collation = 63;
  }

  static MapColumn column(std::string_view name, FieldType type, uint16_t metadata) {
    MapColumn column;
    column.name = name;
    column.type = type;
    column.metadata = metadata;
    return column;
  }

  std::string found() {
    const auto table = server_.definitions().find({"d", "t"});
    return mismatch(map_, *table, server_.definitions().collations(), false).value_or("fits");
  }

  binlog::TableMap map_;
  FollowedServer server_{Brand::kMysql};
};

TEST_F(SpoiltMap, FitsBeforeItIsSpoilt) { EXPECT_EQ(found(), "fits"); }

TEST_F(SpoiltMap, AnotherCountIsTold) {
  map_.columns.pop_back();
  EXPECT_EQ(found(), "the log has 3 columns, the definition says 4");
}

TEST_F(SpoiltMap, AnotherNameIsTold) {
  map_.columns[1].name = "w";
  EXPECT_EQ(found(), "column 2 (v): the log has the name w, the definition says v");
}

TEST_F(SpoiltMap, AnotherTypeIsTold) {
  map_.columns[0].type = FieldType::kLongLong;
  EXPECT_EQ(found(), "column 1 (id): the log has BIGINT, the definition says INT");
}

TEST_F(SpoiltMap, AnotherSizeIsTold) {
  map_.columns[1].metadata = 40;
  EXPECT_EQ(found(),
            "column 2 (v): the log has VARCHAR or VARBINARY of 40 bytes, the definition says "
            "VARCHAR or VARBINARY of 10 bytes");
}

TEST_F(SpoiltMap, AnotherNullabilityIsTold) {
  map_.columns[3].nullable = false;
  EXPECT_EQ(found(), "column 4 (b): the log has NOT NULL, the definition says NULL");
}

TEST_F(SpoiltMap, AnotherSignIsTold) {
  map_.columns[0].is_unsigned = false;
  EXPECT_EQ(found(), "column 1 (id): the log has SIGNED, the definition says UNSIGNED");
}

TEST_F(SpoiltMap, AnotherCharsetIsToldButNotAnotherCollationOfIt) {
  map_.columns[1].collation = 47;  // latin1_bin
  EXPECT_EQ(found(), "fits");
  map_.columns[1].collation = 9;  // latin2_general_ci
  EXPECT_EQ(found(), "column 2 (v): the log has character set latin2, the definition says latin1");
}

TEST_F(SpoiltMap, BytesWhereTheDefinitionHasTextAreTold) {
  map_.columns[1].collation = 63;
  EXPECT_THAT(found(), HasSubstr("character set binary, the definition says latin1"));
}

TEST_F(SpoiltMap, OtherLabelsAreTold) {
  map_.columns[2].labels = {"x", "z"};
  EXPECT_THAT(found(), HasSubstr("column 3 (e): the log and the definition have different labels"));
}

TEST_F(SpoiltMap, AnotherKeyIsTold) {
  map_.primary_key = {1};
  EXPECT_EQ(found(), "the log has the key (v), the definition says the key (id)");
  map_.primary_key = {};
  EXPECT_EQ(found(), "the log has no key, the definition says the key (id)");
  map_.primary_key = {99};
  EXPECT_THAT(found(), HasSubstr("the key (?)"));
}

TEST_F(SpoiltMap, WithoutNamesOnlyWhatIsThereIsCompared) {
  map_ = without_names(map_);
  EXPECT_EQ(found(), "fits");
}

/// The first column of table t against a logged one.
std::string compared(Brand brand, const std::string& columns, FieldType type, uint16_t metadata) {
  FollowedServer server(brand);
  server.run("CREATE TABLE t (" + columns + ")");
  binlog::TableMap map;
  map.columns.resize(1);
  map.columns[0].type = type;
  map.columns[0].metadata = metadata;
  const auto table = server.definitions().find({"d", "t"});
  return mismatch(map, *table, server.definitions().collations(), brand == Brand::kMariadb)
      .value_or("fits");
}

TEST(Mismatch, DatesAndTimesOfBeforeMysql56Fit) {
  EXPECT_EQ(compared(Brand::kMariadb, "a TIME(3)", FieldType::kTime, 0), "fits");
  EXPECT_EQ(compared(Brand::kMariadb, "a DATETIME", FieldType::kDateTime, 0), "fits");
  EXPECT_EQ(compared(Brand::kMariadb, "a TIMESTAMP NULL", FieldType::kTimestamp, 0), "fits");
  EXPECT_THAT(compared(Brand::kMariadb, "a DATE", FieldType::kTime, 0), HasSubstr("before 5.6"));
}

TEST(Mismatch, Utf8OfThreeAndOfFourBytesFitEachOtherOnMariadb) {
  EXPECT_EQ(compared(Brand::kMariadb, "a CHAR(10) CHARSET utf8", FieldType::kString, 40), "fits");
  EXPECT_EQ(compared(Brand::kMariadb, "a VARCHAR(10)", FieldType::kVarchar, 30), "fits");
  EXPECT_NE(compared(Brand::kMariadb, "a VARCHAR(10)", FieldType::kVarchar, 20), "fits");
  EXPECT_NE(compared(Brand::kMysql, "a VARCHAR(10)", FieldType::kVarchar, 30), "fits");
  EXPECT_NE(compared(Brand::kMariadb, "a VARCHAR(10) CHARSET latin1", FieldType::kVarchar, 30),
            "fits");
}

TEST(Mismatch, SequencesAreNotCompared) {
  FollowedServer server(Brand::kMariadb);
  server.run("CREATE SEQUENCE s");
  const auto table = server.definitions().find({"d", "s"});
  EXPECT_FALSE(mismatch({}, *table, server.definitions().collations(), true).has_value());
}

/// A type, and the type code and metadata of its column in the maps of MySQL 9.7, MariaDB 10.11 and
/// MariaDB 11.8 (VECTOR).
struct WireCase {
  Brand brand;
  const char* column;
  FieldType type;
  uint16_t metadata;
};

TEST(WireFormat, IsWhatServersLog) {
  for (const WireCase& one : {
           WireCase{Brand::kBoth, "a TINYINT", FieldType::kTiny, 0},
           WireCase{Brand::kBoth, "a SMALLINT", FieldType::kShort, 0},
           WireCase{Brand::kBoth, "a MEDIUMINT", FieldType::kInt24, 0},
           WireCase{Brand::kBoth, "a INT", FieldType::kLong, 0},
           WireCase{Brand::kBoth, "a BIGINT", FieldType::kLongLong, 0},
           WireCase{Brand::kBoth, "a DECIMAL(10,3)", FieldType::kNewDecimal, 10 << 8 | 3},
           WireCase{Brand::kBoth, "a FLOAT", FieldType::kFloat, 4},
           WireCase{Brand::kBoth, "a DOUBLE(10,2)", FieldType::kDouble, 8},
           WireCase{Brand::kBoth, "a BIT(9)", FieldType::kBit, 9},
           WireCase{Brand::kBoth, "a YEAR", FieldType::kYear, 0},
           WireCase{Brand::kBoth, "a DATE", FieldType::kDate, 0},
           WireCase{Brand::kBoth, "a TIME(3)", FieldType::kTime2, 3},
           WireCase{Brand::kBoth, "a DATETIME(6)", FieldType::kDateTime2, 6},
           WireCase{Brand::kBoth, "a TIMESTAMP(2) NULL", FieldType::kTimestamp2, 2},
           WireCase{Brand::kBoth, "a CHAR(255)", FieldType::kString, 1020},
           WireCase{Brand::kBoth, "a CHAR(0)", FieldType::kString, 0},
           WireCase{Brand::kBoth, "a BINARY(7)", FieldType::kString, 7},
           WireCase{Brand::kBoth, "a VARCHAR(20)", FieldType::kVarchar, 80},
           WireCase{Brand::kBoth, "a VARCHAR(20) CHARSET latin1", FieldType::kVarchar, 20},
           WireCase{Brand::kBoth, "a VARBINARY(300)", FieldType::kVarchar, 300},
           WireCase{Brand::kBoth, "a TINYTEXT", FieldType::kBlob, 1},
           WireCase{Brand::kBoth, "a BLOB", FieldType::kBlob, 2},
           WireCase{Brand::kBoth, "a MEDIUMTEXT", FieldType::kBlob, 3},
           WireCase{Brand::kBoth, "a LONGBLOB", FieldType::kBlob, 4},
           WireCase{Brand::kBoth, "a ENUM('x')", FieldType::kEnum, 1},
           WireCase{Brand::kBoth, "a SET('1','2','3','4','5','6','7','8')", FieldType::kSet, 1},
           WireCase{Brand::kBoth, "a SET('1','2','3','4','5','6','7','8','9')", FieldType::kSet, 2},
           WireCase{Brand::kBoth, "a POINT", FieldType::kGeometry, 4},
           WireCase{Brand::kMysql, "a JSON", FieldType::kJson, 4},
           WireCase{Brand::kMariadb, "a JSON", FieldType::kBlob, 4},
           WireCase{Brand::kMysql, "a VECTOR(5)", FieldType::kVector, 4},
           WireCase{Brand::kMariadb, "a VECTOR(5)", FieldType::kVarchar, 20},
           WireCase{Brand::kMariadb, "a UUID", FieldType::kString, 16},
           WireCase{Brand::kMariadb, "a INET4", FieldType::kString, 4},
           WireCase{Brand::kMariadb, "a INET6", FieldType::kString, 16},
           WireCase{Brand::kMariadb, "a VARCHAR(10) COMPRESSED",
                    FieldType::kMariadbVarcharCompressed, 41},
           WireCase{Brand::kMariadb, "a TEXT COMPRESSED", FieldType::kMariadbBlobCompressed, 2},
       }) {
    for (const Brand brand : {Brand::kMysql, Brand::kMariadb}) {
      if (one.brand != Brand::kBoth && one.brand != brand) continue;
      FollowedServer server(brand);
      server.run("CREATE TABLE t (" + std::string(one.column) + ")");
      const auto table = server.definitions().find({"d", "t"});
      const WireFormat format = wire_format(table->columns[0], server.definitions().collations(),
                                            brand == Brand::kMariadb);
      EXPECT_EQ(format.type, one.type) << one.column;
      EXPECT_EQ(format.metadata, one.metadata) << one.column;
    }
  }
}

TEST(WireFormat, EnumTakesTwoBytesAbove255Labels) {
  model::DeclaredColumn column;
  column.type = model::SqlType::kEnum;
  column.labels.resize(255);
  EXPECT_EQ(wire_format(column, {}, false).metadata, 1);
  column.labels.resize(256);
  EXPECT_EQ(wire_format(column, {}, false).metadata, 2);
}

/// Names of the hidden columns, and the places of the row's key, of table t on MariaDB.
std::string row_of(const char* create) {
  FollowedServer server(Brand::kMariadb);
  server.run(create);
  const auto table = server.definitions().find({"d", "t"});
  std::string text;
  for (const auto& column : hidden_columns(*table)) {
    text += column.name + (column.nullable ? "? " : " ");
  }
  text += "key";
  for (const size_t place : row_key(*table)) text += " " + std::to_string(place);
  return text;
}

TEST(RowImage, HasTheHiddenColumnsAndTheKeyThatMariadbLogs) {
  EXPECT_EQ(row_of("CREATE TABLE t (a INT PRIMARY KEY)"), "key 0");
  EXPECT_EQ(row_of("CREATE TABLE t (a INT PRIMARY KEY, b TEXT UNIQUE, c TEXT NOT NULL UNIQUE)"),
            "DB_ROW_HASH_1? DB_ROW_HASH_2 key 0");
  EXPECT_EQ(row_of("CREATE TABLE t (a INT PRIMARY KEY, b TEXT UNIQUE) WITH SYSTEM VERSIONING"),
            "row_start row_end DB_ROW_HASH_1? key 0 3");
  EXPECT_EQ(row_of("CREATE TABLE t (t TEXT NOT NULL UNIQUE, u INT NOT NULL UNIQUE)"),
            "DB_ROW_HASH_1 key 1");
  EXPECT_EQ(row_of("CREATE TABLE t (t VARCHAR(9) NOT NULL, UNIQUE (t(3)))"), "key");
  EXPECT_EQ(row_of("CREATE TABLE t (t VARCHAR(9), PRIMARY KEY (t(3)))"), "key 0");
  EXPECT_EQ(row_of("CREATE TABLE t (a INT UNIQUE, b INT NOT NULL UNIQUE)"), "key 1");
  EXPECT_EQ(row_of("CREATE TABLE t (a INT, PRIMARY KEY USING HASH (a))"), "key 0");
}

}  // namespace
}  // namespace rowmill::schema
