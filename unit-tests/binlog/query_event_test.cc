// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <string>

#include "binlog/decoded.h"

namespace rowmill::binlog {
namespace {

using base::ErrorKind;
using test::operator+;
using test::Bytes;
using test::Decoded;
using test::event;
using test::hex;
using test::little_endian;
using test::mariadb_format;
using test::mysql_format;
using test::text;

Decoded query_with(const Bytes& status) {
  return Decoded(
      mysql_format(),
      event(EventType::kQuery, hex("07000000 01000000 04 8c05") + little_endian(status.size(), 2) +
                                   status + text("shop") + hex("00") + text("BEGIN")));
}

TEST(Query, FieldsAreRead) {
  const Decoded query = query_with(hex("01 0400100000000000 04 1c00 2d00 ff00"));
  EXPECT_EQ(query.as<Query>().thread_id, 7U);
  EXPECT_EQ(query.as<Query>().error_code, 1420);
  EXPECT_EQ(query.as<Query>().database, "shop");
  EXPECT_EQ(query.as<Query>().sql, "BEGIN");
  EXPECT_EQ(query.as<Query>().sql_mode, 0x100004U);
  EXPECT_EQ(query.as<Query>().client_collation, 28);
}

TEST(Query, CollationsOfTheServerAndOfUtf8mb4AreRead) {
  const Decoded query = query_with(hex("04 1c00 2d00 0800 12 2d00"));
  EXPECT_EQ(query.as<Query>().client_collation, 28);
  EXPECT_EQ(query.as<Query>().server_collation, 8);
  EXPECT_EQ(query.as<Query>().utf8mb4_collation, 45);
}

TEST(Query, DefaultCollationsOfCharsetsAreRead) {
  const Decoded query = query_with(hex("83 02 2d000009 2100dc08"));
  const std::vector<DefaultCollation> expected = {{0x2d, 0x0900}, {0x21, 0x08dc}};
  EXPECT_EQ(query.as<Query>().default_collations, expected);
}

TEST(Query, ExplicitDefaultsForTimestampIsAVariableOfMysql) {
  EXPECT_EQ(query_with(hex("10 00")).as<Query>().explicit_defaults_for_timestamp, false);
  EXPECT_EQ(query_with(hex("10 01")).as<Query>().explicit_defaults_for_timestamp, true);
  EXPECT_EQ(query_with(hex("00 00000001")).as<Query>().explicit_defaults_for_timestamp,
            std::nullopt);
}

TEST(Query, ExplicitDefaultsForTimestampIsAFlagOfMariadb) {
  const auto with_flags = [](std::string_view flags) {
    return Decoded(mariadb_format(),
                   event(EventType::kQuery, hex("07000000 01000000 04 0000 0500 00") + hex(flags) +
                                                text("shop") + hex("00") + text("BEGIN")));
  };
  EXPECT_EQ(with_flags("00000001").as<Query>().explicit_defaults_for_timestamp, true);
  EXPECT_EQ(with_flags("00000002").as<Query>().explicit_defaults_for_timestamp, false);
}

TEST(Query, WithoutStatusHasNoModeAndNoCharset) {
  const Decoded query = query_with({});
  EXPECT_EQ(query.as<Query>().sql_mode, std::nullopt);
  EXPECT_EQ(query.as<Query>().client_collation, std::nullopt);
}

TEST(Query, MissingNulBehindTheDatabaseIsCorrupt) {
  const Decoded query(mysql_format(),
                      event(EventType::kQuery, hex("07000000 00000000 01 0000 0000 61 62 63")));
  EXPECT_EQ(query.error_kind(), ErrorKind::kCorrupt);
}

// LOAD DATA INFILE 'f' INTO TABLE t: file 3, its name from 9 to 23, REPLACE.
TEST(ExecuteLoadQuery, IsAQueryWithTheFileBeforeTheStatus) {
  const Bytes status = hex("01 0400100000000000");
  const Decoded load(mysql_format(),
                     event(EventType::kExecuteLoadQuery,
                           hex("07000000 01000000 04 0000") + little_endian(status.size(), 2) +
                               hex("03000000 09000000 17000000 02") + status + text("shop") +
                               hex("00") + text("LOAD DATA")));
  EXPECT_EQ(load.as<Query>().thread_id, 7U);
  EXPECT_EQ(load.as<Query>().database, "shop");
  EXPECT_EQ(load.as<Query>().sql, "LOAD DATA");
  EXPECT_EQ(load.as<Query>().sql_mode, 0x100004U);
}

struct StatusCase {
  std::string name;
  std::string bytes;
};

void PrintTo(const StatusCase& status, std::ostream* out) { *out << status.name; }

/// Every status variable between two that we use: its width is right only if the second is found.
class QueryStatus : public ::testing::TestWithParam<StatusCase> {};

TEST_P(QueryStatus, HasTheWidthOnTheWire) {
  const Decoded query =
      query_with(hex("01 2000a04500000000") + hex(GetParam().bytes) + hex("04 2d00 2d00 0800"));
  EXPECT_EQ(query.as<Query>().sql_mode, 0x45a00020U);
  EXPECT_EQ(query.as<Query>().client_collation, 45);
}

TEST_P(QueryStatus, CutShortIsCorrupt) {
  const Bytes whole = hex(GetParam().bytes);
  for (size_t size = 1; size < whole.size(); ++size) {
    const Decoded query = query_with({whole.begin(), whole.begin() + static_cast<ptrdiff_t>(size)});
    ASSERT_FALSE(query.ok()) << size;
    EXPECT_EQ(query.error_kind(), ErrorKind::kCorrupt) << size;
  }
}

INSTANTIATE_TEST_SUITE_P(
    All, QueryStatus,
    ::testing::Values(
        StatusCase{"Flags2", "00 00000004"}, StatusCase{"CatalogNul", "02 03 737464 00"},
        StatusCase{"AutoIncrement", "03 0200 0100"}, StatusCase{"TimeZone", "05 06 53595354454d"},
        StatusCase{"Catalog", "06 03 737464"}, StatusCase{"LcTimeNames", "07 0100"},
        StatusCase{"CollationDatabase", "08 0800"},
        StatusCase{"TableMapForUpdate", "09 0300000000000000"},
        StatusCase{"MasterDataWritten", "0a 00010000"},
        StatusCase{"Invoker", "0b 04 726f6f74 01 25"},
        StatusCase{"UpdatedDatabases", "0c 02 6100 626200"},
        StatusCase{"TooManyUpdatedDatabases", "0c fe"}, StatusCase{"Microseconds", "0d 010203"},
        StatusCase{"CommitTimestamp", "0e"}, StatusCase{"CommitTimestamp2", "0f"},
        StatusCase{"ExplicitDefaultsForTimestamp", "10 01"},
        StatusCase{"DdlXid", "11 0600000000000000"},
        StatusCase{"DefaultCollationForUtf8mb4", "12 ff00"},
        StatusCase{"SqlRequirePrimaryKey", "13 00"}, StatusCase{"DefaultTableEncryption", "14 00"},
        StatusCase{"EnableCascadeTriggers", "15 01"},
        StatusCase{"MariadbMicroseconds", "80 010203"},
        StatusCase{"MariadbXid", "81 0600000000000000"}, StatusCase{"MariadbStartAlter", "82 02"},
        StatusCase{"MariadbCommitAlter", "82 04 2c00000000000000"},
        StatusCase{"MariadbRollbackAlter", "82 08 2c00000000000000"},
        StatusCase{"MariadbCharsetCollations", "83 02 2d000009 2100dc08"}),
    [](const auto& each) { return each.param.name; });

TEST(Query, RestBehindAnUnknownStatusIsLeft) {
  const Decoded query = query_with(hex("01 0400000000000000 63 aabbcc 04 2d00 2d00 0800"));
  EXPECT_EQ(query.as<Query>().sql_mode, 4U);
  EXPECT_EQ(query.as<Query>().client_collation, std::nullopt);
  EXPECT_EQ(query.as<Query>().sql, "BEGIN");
}

}  // namespace
}  // namespace rowmill::binlog
