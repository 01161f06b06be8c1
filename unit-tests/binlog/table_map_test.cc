// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

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
using ::testing::ElementsAre;
using ::testing::HasSubstr;

/// A table map of columns that all may be NULL.
struct MapSpec {
  Bytes types;
  Bytes metadata = {};
  Bytes fields = {};
};

Bytes map_body(const MapSpec& spec) {
  return hex("230000000001 0500 04") + text("shop") + hex("00 06") + text("orders") + hex("00") +
         little_endian(spec.types.size(), 1) + spec.types + little_endian(spec.metadata.size(), 1) +
         spec.metadata + Bytes((spec.types.size() + 7) / 8, std::byte{0xff}) + spec.fields;
}

Decoded mysql_map(const MapSpec& spec) {
  return Decoded(mysql_format(), event(EventType::kTableMap, map_body(spec)));
}

Decoded mariadb_map(const MapSpec& spec) {
  return Decoded(mariadb_format(), event(EventType::kTableMap, map_body(spec)));
}

std::vector<uint32_t> collations(const TableMap& map) {
  std::vector<uint32_t> list;
  for (const MapColumn& column : map.columns) list.push_back(column.collation);
  return list;
}

std::string unsigned_columns(const TableMap& map) {
  std::string list;
  for (const MapColumn& column : map.columns) list += column.is_unsigned ? 'u' : '-';
  return list;
}

TEST(TableMap, NamesAndFlags) {
  const Decoded decoded = mysql_map({.types = hex("03")});
  const auto& map = decoded.as<TableMap>();
  EXPECT_EQ(map.id, MapId{0x010000000023});
  EXPECT_EQ(map.flags, 5);
  EXPECT_EQ(map.database, "shop");
  EXPECT_EQ(map.table, "orders");
  EXPECT_EQ(map.body.size(), map_body({.types = hex("03")}).size() - 6);
}

TEST(TableMap, NullableBitsBeginWithTheLowest) {
  const Bytes body = hex("230000000000 0100 01 64 00 01 74 00") + hex("09") +
                     Bytes(9, std::byte{0x03}) + hex("00") + hex("05 01");
  const Decoded decoded(mysql_format(), event(EventType::kTableMap, body));
  std::string nullable;
  for (const MapColumn& column : decoded.as<TableMap>().columns) {
    nullable += column.nullable ? 'n' : '-';
  }
  EXPECT_EQ(nullable, "n-n-----n");
}

struct TypeCase {
  std::string name;
  std::string wire_type;
  std::string wire_metadata;
  FieldType type{};
  uint16_t metadata = 0;
};

void PrintTo(const TypeCase& type, std::ostream* out) { *out << type.name; }

class MapColumnType : public ::testing::TestWithParam<TypeCase> {};

TEST_P(MapColumnType, MetadataIsConsumedAndUnderstood) {
  // A FLOAT behind it shows that just the right bytes were taken.
  const Decoded decoded = mysql_map({.types = hex(GetParam().wire_type) + hex("04"),
                                     .metadata = hex(GetParam().wire_metadata) + hex("04")});
  const auto& columns = decoded.as<TableMap>().columns;
  EXPECT_EQ(columns[0].type, GetParam().type);
  EXPECT_EQ(columns[0].metadata, GetParam().metadata);
  EXPECT_EQ(columns[1].type, FieldType::kFloat);
  EXPECT_EQ(columns[1].metadata, 4);
}

INSTANTIATE_TEST_SUITE_P(
    All, MapColumnType,
    ::testing::Values(TypeCase{"Tiny", "01", "", FieldType::kTiny, 0},
                      TypeCase{"OldTimestamp", "07", "", FieldType::kTimestamp, 0},
                      TypeCase{"Date", "0a", "", FieldType::kDate, 0},
                      TypeCase{"OldTime", "0b", "", FieldType::kTime, 0},
                      TypeCase{"OldDateTime", "0c", "", FieldType::kDateTime, 0},
                      TypeCase{"Year", "0d", "", FieldType::kYear, 0},
                      TypeCase{"Double", "05", "08", FieldType::kDouble, 8},
                      TypeCase{"Varchar", "0f", "0001", FieldType::kVarchar, 256},
                      TypeCase{"Bit3", "10", "0300", FieldType::kBit, 3},
                      TypeCase{"Bit64", "10", "0008", FieldType::kBit, 64},
                      TypeCase{"Timestamp2", "11", "06", FieldType::kTimestamp2, 6},
                      TypeCase{"DateTime2", "12", "00", FieldType::kDateTime2, 0},
                      TypeCase{"Time2", "13", "03", FieldType::kTime2, 3},
                      TypeCase{"BlobCompressed", "8c", "02", FieldType::kMariadbBlobCompressed, 2},
                      TypeCase{"VarcharCompressed", "8d", "5100",
                               FieldType::kMariadbVarcharCompressed, 81},
                      TypeCase{"Vector", "f2", "04", FieldType::kVector, 4},
                      TypeCase{"Json", "f5", "04", FieldType::kJson, 4},
                      TypeCase{"Decimal", "f6", "411e", FieldType::kNewDecimal, 65 << 8 | 30},
                      TypeCase{"LongBlob", "fc", "04", FieldType::kBlob, 4},
                      TypeCase{"Geometry", "ff", "04", FieldType::kGeometry, 4},
                      TypeCase{"Char63", "fe", "fefc", FieldType::kString, 252},
                      TypeCase{"Char64", "fe", "ee00", FieldType::kString, 256},
                      TypeCase{"Char255", "fe", "cefc", FieldType::kString, 1020},
                      TypeCase{"Inet4", "fe", "fe04", FieldType::kString, 4},
                      TypeCase{"Enum", "fe", "f702", FieldType::kEnum, 2},
                      TypeCase{"Set", "fe", "f808", FieldType::kSet, 8}),
    [](const auto& each) { return each.param.name; });

TEST(TableMap, ImpossibleColumnMetadataIsCorrupt) {
  for (const auto& [type, metadata] : std::vector<std::pair<std::string, std::string>>{
           {"04", "08"},    // FLOAT of 8 bytes
           {"05", "04"},    // DOUBLE of 4 bytes
           {"10", "0800"},  // BIT with 8 odd bits
           {"10", "0000"},  // BIT(0)
           {"10", "0108"},  // BIT(65)
           {"11", "07"},    // seven fraction digits
           {"f6", "4200"},  // DECIMAL(66,0)
           {"f6", "0506"},  // DECIMAL(5,6)
           {"f6", "0000"},  // DECIMAL(0,0)
           {"fc", "05"},    // length of five bytes
           {"fc", "00"},    // no length
           {"fe", "f703"},  // ENUM of three bytes
           {"fe", "f809"},  // SET of nine bytes
           {"fe", "fd04"},  // a type that is no string
       }) {
    const Decoded decoded = mysql_map({.types = hex(type), .metadata = hex(metadata)});
    ASSERT_FALSE(decoded.ok()) << type << " " << metadata;
    EXPECT_EQ(decoded.error_kind(), ErrorKind::kCorrupt) << type << " " << metadata;
  }
}

TEST(TableMap, UnknownColumnTypeLeavesTheNamesAndTheReason) {
  const Decoded decoded = mysql_map({.types = hex("03 f3"), .metadata = hex("04")});
  const auto& map = decoded.as<TableMap>();
  EXPECT_EQ(map.id, MapId{0x010000000023});
  EXPECT_EQ(map.database, "shop");
  EXPECT_EQ(map.table, "orders");
  EXPECT_TRUE(map.columns.empty());
  ASSERT_TRUE(map.unreadable.has_value());
  EXPECT_EQ(map.unreadable->kind(), ErrorKind::kUnsupported);
  EXPECT_THAT(map.unreadable->text(), HasSubstr("column 1 of shop.orders has unknown type 243"));
}

TEST(TableMap, MetadataLeftOverIsCorrupt) {
  const Decoded decoded = mysql_map({.types = hex("03"), .metadata = hex("04")});
  EXPECT_EQ(decoded.error_kind(), ErrorKind::kCorrupt);
}

TEST(TableMap, WithoutOptionalMetadataNothingIsKnown) {
  const Decoded decoded = mysql_map({.types = hex("03 0f"), .metadata = hex("0a00")});
  const auto& map = decoded.as<TableMap>();
  EXPECT_FALSE(map.has_signedness);
  EXPECT_FALSE(map.has_charsets);
  EXPECT_FALSE(map.has_names);
  EXPECT_TRUE(map.columns[0].visible);
  EXPECT_EQ(map.columns[1].collation, 0U);
}

TEST(TableMap, ListsOfEmptyClassesAreThere) {
  const Decoded decoded = mysql_map({.types = hex("0a"), .fields = hex("04 02 01 64")});
  const auto& map = decoded.as<TableMap>();
  EXPECT_TRUE(map.has_signedness);
  EXPECT_TRUE(map.has_charsets);
  EXPECT_TRUE(map.has_names);
}

// int unsigned, year, double, double unsigned, float, decimal unsigned, bit, tinyint unsigned,
// enum, bigint unsigned, bigint: d7 00 on MySQL 9.7 and on MariaDB 10.11.
TEST(TableMapSignedness, YearCountsAndBitAndEnumDoNot) {
  const MapSpec spec{.types = hex("03 0d 05 05 04 f6 10 01 fe 08 08"),
                     .metadata = hex("08 08 04 0a02 0300 f701"),
                     .fields = hex("01 02 d700")};
  for (const Decoded& decoded : {mysql_map(spec), mariadb_map(spec)}) {
    EXPECT_TRUE(decoded.as<TableMap>().has_signedness);
    EXPECT_EQ(unsigned_columns(decoded.as<TableMap>()), "uu-u-u-u-u-");
  }
}

TEST(TableMapSignedness, MustHaveABitForEachNumberAndNoByteMore) {
  const MapSpec nine{.types = Bytes(9, std::byte{0x03}), .fields = hex("01 01 ff")};
  EXPECT_EQ(mysql_map(nine).error_kind(), ErrorKind::kCorrupt);
  const MapSpec eight{.types = Bytes(8, std::byte{0x03}), .fields = hex("01 02 ff00")};
  EXPECT_EQ(mysql_map(eight).error_kind(), ErrorKind::kCorrupt);
}

// char, int, json, text, vector, geometry, varchar.
const Bytes kMixedTypes = hex("fe 03 f5 fc f2 ff 0f");
const Bytes kMixedMetadata = hex("fe05 04 02 04 04 0a00");

TEST(TableMapCharsets, MysqlCountsVectorButNotGeometryAndJson) {
  const Decoded decoded = mysql_map(
      {.types = kMixedTypes, .metadata = kMixedMetadata, .fields = hex("03 06 08 21 3f fcff00")});
  EXPECT_TRUE(decoded.as<TableMap>().has_charsets);
  EXPECT_THAT(collations(decoded.as<TableMap>()), ElementsAre(8, 0, 0, 33, 63, 0, 255));
}

// varchar compressed, int, geometry, blob compressed, varchar.
TEST(TableMapCharsets, MariadbCountsGeometryAndCompressedColumns) {
  const Decoded decoded = mariadb_map({.types = hex("8d 03 ff 8c 0f"),
                                       .metadata = hex("5100 04 02 0a00"),
                                       .fields = hex("03 06 08 3f 3f fc0009")});
  EXPECT_THAT(collations(decoded.as<TableMap>()), ElementsAre(8, 0, 63, 63, 2304));
}

// uuid, inet4, vector(4), json, text, as MariaDB 11.8 logs them: char(16), char(4), varchar(16),
// blob, blob.
TEST(TableMapCharsets, MariadbCountsItsOwnTypesByWhatTheyAreLoggedAs) {
  const Decoded decoded = mariadb_map({.types = hex("fe fe 0f fc fc"),
                                       .metadata = hex("fe10 fe04 1000 04 02"),
                                       .fields = hex("03 05 3f 3f 3f 2e 08")});
  EXPECT_THAT(collations(decoded.as<TableMap>()), ElementsAre(63, 63, 63, 46, 8));
}

TEST(TableMapCharsets, DefaultHoldsButForThePairs) {
  const Decoded decoded = mysql_map({.types = kMixedTypes,
                                     .metadata = kMixedMetadata,
                                     .fields = hex("02 07 fcff00 00 08 02 3f")});
  EXPECT_THAT(collations(decoded.as<TableMap>()), ElementsAre(8, 0, 0, 255, 63, 0, 255));
}

TEST(TableMapCharsets, ThoseOfEnumAndSetAreApart) {
  const Decoded decoded = mysql_map({.types = hex("fe 0f fe fe"),
                                     .metadata = hex("f701 0a00 f801 fe05"),
                                     .fields = hex("0a 03 08 01 21 02 01 2d")});
  EXPECT_THAT(collations(decoded.as<TableMap>()), ElementsAre(8, 45, 33, 45));
  const Decoded listed = mysql_map({.types = hex("fe 0f fe fe"),
                                    .metadata = hex("f701 0a00 f801 fe05"),
                                    .fields = hex("0b 04 08 fcff00")});
  EXPECT_THAT(collations(listed.as<TableMap>()), ElementsAre(8, 0, 255, 0));
  EXPECT_FALSE(listed.as<TableMap>().has_charsets);
}

TEST(TableMapCharsets, ListsOfAnotherLengthAreCorrupt) {
  for (const std::string fields : {
           "03 02 08 08",        // one too few
           "03 04 08 08 08 08",  // one too many
           "02 03 08 03 08",     // index beyond the class
           "02 02 08 01",        // half a pair
           "03 03 08 00 08",     // no such collation
           "02 00",              // no default
       }) {
    const Decoded decoded = mysql_map(
        {.types = hex("0f 0f fc"), .metadata = hex("0a00 0a00 02"), .fields = hex(fields)});
    ASSERT_FALSE(decoded.ok()) << fields;
    EXPECT_EQ(decoded.error_kind(), ErrorKind::kCorrupt) << fields;
  }
}

TEST(TableMapLabels, OfEnumAndSetRunOverTheirOwnColumns) {
  const Decoded decoded =
      mysql_map({.types = hex("fe 03 fe fe"),
                 .metadata = hex("f701 f801 f701"),
                 .fields = hex("05 05 02 01 72 01 67") + hex("06 08 01 02 c3a9 02 00 01 78")});
  const auto& columns = decoded.as<TableMap>().columns;
  EXPECT_THAT(columns[0].labels, ElementsAre("\xc3\xa9"));
  EXPECT_THAT(columns[2].labels, ElementsAre("r", "g"));
  EXPECT_THAT(columns[3].labels, ElementsAre("", "x"));
}

TEST(TableMapLabels, FalseCountIsCorrupt) {
  const Decoded decoded = mysql_map({.types = hex("fe"),
                                     .metadata = hex("f701"),
                                     .fields = hex("06 0b fe ffffffffffffff7f 01 61")});
  EXPECT_EQ(decoded.error_kind(), ErrorKind::kCorrupt);
}

TEST(TableMapNames, OfAllColumns) {
  const Decoded decoded = mysql_map({.types = hex("03 0a"), .fields = hex("04 05 02 6964 01 64")});
  EXPECT_TRUE(decoded.as<TableMap>().has_names);
  EXPECT_EQ(decoded.as<TableMap>().columns[0].name, "id");
  EXPECT_EQ(decoded.as<TableMap>().columns[1].name, "d");
}

TEST(TableMapKey, ColumnsAreInKeyOrder) {
  const Decoded simple = mysql_map({.types = hex("03 03 03"), .fields = hex("08 02 02 00")});
  EXPECT_THAT(simple.as<TableMap>().primary_key, ElementsAre(2, 0));
  const Decoded prefix = mysql_map({.types = hex("03 03 03"), .fields = hex("09 04 01 04 00 00")});
  EXPECT_THAT(prefix.as<TableMap>().primary_key, ElementsAre(1, 0));
}

TEST(TableMapKey, ColumnThatIsNotThereIsCorrupt) {
  EXPECT_EQ(mysql_map({.types = hex("03"), .fields = hex("08 01 01")}).error_kind(),
            ErrorKind::kCorrupt);
  EXPECT_EQ(mysql_map({.types = hex("03"), .fields = hex("09 01 00")}).error_kind(),
            ErrorKind::kCorrupt);
}

TEST(TableMapVisibility, BitsBeginWithTheHighest) {
  const Decoded decoded = mysql_map({.types = hex("03 0a 03"), .fields = hex("0c 01 a0")});
  const auto& columns = decoded.as<TableMap>().columns;
  EXPECT_TRUE(columns[0].visible);
  EXPECT_FALSE(columns[1].visible);
  EXPECT_TRUE(columns[2].visible);
}

TEST(TableMapFields, ComeInAnyOrderAndUnknownOnesAreLeftOut) {
  const Decoded decoded =
      mysql_map({.types = hex("03 f2 ff"),
                 .metadata = hex("04 04"),
                 .fields = hex("63 03 010203 0d 01 05 07 01 01 04 06 01 61 01 62 01 63 01 01 80")});
  EXPECT_EQ(decoded.as<TableMap>().columns[2].name, "c");
  EXPECT_TRUE(decoded.as<TableMap>().columns[0].is_unsigned);
}

TEST(TableMapFields, OfGeometryAndVectorHaveOneEntryForEachColumn) {
  for (const std::string fields : {"0d 02 0505", "0d 00", "07 02 0101", "07 00"}) {
    const Decoded decoded =
        mysql_map({.types = hex("f2 ff"), .metadata = hex("04 04"), .fields = hex(fields)});
    ASSERT_FALSE(decoded.ok()) << fields;
    EXPECT_EQ(decoded.error_kind(), ErrorKind::kCorrupt) << fields;
  }
}

// point, int, geometry, and one that no server has today.
TEST(TableMapFields, GeometryTypesGoToTheirColumns) {
  const Decoded decoded = mysql_map(
      {.types = hex("ff 03 ff ff"), .metadata = hex("04 04 04"), .fields = hex("07 03 01 00 08")});
  std::vector<unsigned> types;
  for (const MapColumn& column : decoded.as<TableMap>().columns) {
    types.push_back(column.geometry_type);
  }
  EXPECT_THAT(types, ElementsAre(1, 0, 0, 0));
}

TEST(TableMapFields, LengthBeyondTheEventIsCorrupt) {
  EXPECT_EQ(mysql_map({.types = hex("03"), .fields = hex("01 02 80")}).error_kind(),
            ErrorKind::kCorrupt);
  EXPECT_EQ(mysql_map({.types = hex("03"), .fields = hex("63 fe ffffffffffffffff")}).error_kind(),
            ErrorKind::kCorrupt);
}

TEST(TableMap, FalseColumnCountIsCorrupt) {
  const Decoded decoded(mysql_format(),
                        event(EventType::kTableMap, hex("230000000000 0100 01 64 00 01 74 00") +
                                                        hex("fe ffffffffffffffff 03 00 01")));
  EXPECT_EQ(decoded.error_kind(), ErrorKind::kCorrupt);
}

}  // namespace
}  // namespace rowmill::binlog
