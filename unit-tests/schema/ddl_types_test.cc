// SPDX-License-Identifier: Apache-2.0
//
// Names of types and charsets, as tried on both servers.
#include <gtest/gtest.h>

#include "schema/ddl_case.h"

namespace rowmill::schema {
namespace {

/// A column of the type in CREATE TABLE.
std::string read_type(std::string_view type, const StatementContext& context) {
  const std::string text = parsed("CREATE TABLE t (c " + std::string(type) + ")", context);
  constexpr std::string_view kHead = "create t(c ";
  return text.starts_with(kHead) ? text.substr(kHead.size(), text.size() - kHead.size() - 1) : text;
}

class DdlType : public testing::TestWithParam<DdlCase> {};

TEST_P(DdlType, IsReadAsTheServerDoes) {
  const DdlCase& known = GetParam();
  if (known.brand != Brand::kMariadb) {
    EXPECT_EQ(read_type(known.sql, mysql(known.sql_mode)), known.text) << "MySQL: " << known.sql;
  }
  if (known.brand != Brand::kMysql) {
    EXPECT_EQ(read_type(known.sql, mariadb(known.sql_mode)), known.text)
        << "MariaDB: " << known.sql;
  }
}

constexpr DdlCase kNumbers[] = {
    {"Bool", "BOOL", "tinyint(1)"},
    {"Boolean", "BOOLEAN", "tinyint(1)"},
    {"Int1", "INT1", "tinyint"},
    {"Int2", "INT2", "smallint"},
    {"Int3", "INT3", "mediumint"},
    {"Middleint", "MIDDLEINT", "mediumint"},
    {"Int4", "INT4", "int"},
    {"Int8", "INT8", "bigint"},
    {"Integer", "INTEGER", "int"},
    {"DisplayWidth", "INT(11)", "int(11)"},
    {"Dec", "DEC", "decimal"},
    {"Fixed", "FIXED(5)", "decimal(5)"},
    {"Numeric", "NUMERIC(5,2)", "decimal(5,2)"},
    {"DecimalOfNoDigits", "DECIMAL(0)", "decimal(0)"},
    {"DecimalWithADot", "DECIMAL(19.5)", "decimal(19)"},
    {"Real", "REAL", "double"},
    {"RealAsFloat", "REAL", "float", Brand::kBoth, sql_mode::kRealAsFloat},
    {"RealOfDigitsAsFloat", "REAL(5,2)", "float(5,2)", Brand::kBoth, sql_mode::kRealAsFloat},
    {"DoublePrecision", "DOUBLE PRECISION", "double", Brand::kBoth, sql_mode::kRealAsFloat},
    {"DoubleOfDigits", "DOUBLE(5,2)", "double(5,2)"},
    {"Float8", "FLOAT8", "double"},
    {"Float4", "FLOAT4", "float"},
    {"FloatOfASmallPrecision", "FLOAT(24)", "float"},
    {"FloatOfALargePrecision", "FLOAT(25)", "double"},
    {"FloatOfDigits", "FLOAT(53,4)", "float(53,4)"},
    {"FloatWithADot", "FLOAT(7.4)", "float"},
    {"Bit", "BIT", "bit"},
    {"BitOfALength", "BIT(64)", "bit(64)"},
    {"Year", "YEAR", "year"},
    {"YearOfFour", "YEAR(4)", "year(4)"},
    {"Signed", "INT SIGNED", "int"},
    {"UnsignedTwice", "INT UNSIGNED UNSIGNED", "int unsigned"},
    {"UnsignedThenSignedZerofill", "INT UNSIGNED SIGNED ZEROFILL", "int unsigned zerofill"},
    {"ZerofillImpliesUnsigned", "INT ZEROFILL", "int unsigned zerofill"},
};
INSTANTIATE_TEST_SUITE_P(Number, DdlType, testing::ValuesIn(kNumbers), name_of_case);

constexpr DdlCase kTexts[] = {
    {"Char", "CHAR", "char"},
    {"CharOfNothing", "CHAR(0)", "char(0)"},
    {"Character", "CHARACTER(5)", "char(5)"},
    {"CharVarying", "CHAR VARYING(10)", "varchar(10)"},
    {"CharacterVarying", "CHARACTER VARYING(10)", "varchar(10)"},
    {"Varcharacter", "VARCHARACTER(10)", "varchar(10)"},
    {"Nchar", "NCHAR", "char national"},
    {"NcharVarying", "NCHAR VARYING(5)", "varchar(5) national"},
    {"NcharVarchar", "NCHAR VARCHAR(5)", "varchar(5) national"},
    {"Nvarchar", "NVARCHAR(5)", "varchar(5) national"},
    {"NationalChar", "NATIONAL CHAR(5)", "char(5) national"},
    {"NationalCharacterVarying", "NATIONAL CHARACTER VARYING(5)", "varchar(5) national"},
    {"NationalVarchar", "NATIONAL VARCHAR(5)", "varchar(5) national"},
    {"NationalBinary", "NCHAR(5) BINARY", "char(5) binary national"},
    {"CharByte", "CHAR BYTE", "char cs=binary"},
    {"VarcharByte", "VARCHAR(3) BYTE", "varchar(3) cs=binary"},
    {"TextByte", "TEXT BYTE", "text cs=binary"},
    {"Long", "LONG", "mediumtext"},
    {"LongVarchar", "LONG VARCHAR", "mediumtext"},
    {"LongCharVarying", "LONG CHAR VARYING", "mediumtext"},
    {"LongVarbinary", "LONG VARBINARY", "mediumblob"},
    {"LongVarcharByte", "LONG VARCHAR BYTE", "mediumtext cs=binary"},
    {"LongCharset", "LONG CHARSET latin2", "mediumtext cs=latin2"},
    {"LongCharacterSet", "LONG CHARACTER SET latin2", "mediumtext cs=latin2"},
    {"TextOfALength", "TEXT(70000)", "text(70000)"},
    {"TextOfTheLargestLength", "TEXT(4294967295)", "text(4294967295)"},
    {"BlobOfALength", "BLOB(16)", "blob(16)"},
    {"Tinytext", "TINYTEXT", "tinytext"},
    {"Longblob", "LONGBLOB", "longblob"},
    {"Binary", "BINARY(3)", "binary(3)"},
    {"Varbinary", "VARBINARY(3)", "varbinary(3)"},
    {"Ascii", "VARCHAR(5) ASCII", "varchar(5) cs=latin1"},
    {"Unicode", "VARCHAR(512) UNICODE", "varchar(512) cs=ucs2"},
    {"AsciiBinary", "CHAR(5) ASCII BINARY", "char(5) cs=latin1 binary"},
    {"BinaryBeforeCharset", "CHAR(16) BINARY CHARACTER SET 'utf8'", "char(16) cs=utf8 binary"},
    {"BinaryBehindCharset", "CHAR(16) CHARSET utf8 BINARY", "char(16) cs=utf8 binary"},
    {"CharsetAndCollate", "CHAR(5) CHAR SET Latin1 COLLATE Latin1_Bin",
     "char(5) cs=latin1 co=latin1_bin"},
    {"CharsetBinary", "VARCHAR(5) CHARACTER SET binary", "varchar(5) cs=binary"},
    {"CollateAmongAttributes", "CHAR(5) NOT NULL COLLATE utf8mb4_bin DEFAULT 'x'",
     "char(5) co=utf8mb4_bin not null default"},
    {"CollateDefault", "CHAR(5) CHARSET utf8mb4 COLLATE DEFAULT", "char(5) cs=utf8mb4 co=default",
     Brand::kMariadb},
    {"JsonOfMysql", "JSON", "json", Brand::kMysql},
    {"JsonOfMariadb", "JSON", "longtext json alias", Brand::kMariadb},
};
INSTANTIATE_TEST_SUITE_P(Text, DdlType, testing::ValuesIn(kTexts), name_of_case);

constexpr DdlCase kOthers[] = {
    {"Date", "DATE", "date"},
    {"TimeOfDigits", "TIME(3)", "time(3)"},
    {"DatetimeOfDigits", "DATETIME(6)", "datetime(6)"},
    {"Timestamp", "TIMESTAMP", "timestamp"},
    {"Vector", "VECTOR", "vector"},
    {"VectorOfALength", "VECTOR(5)", "vector(5)"},
    {"Enum", "ENUM('a', \"b\",'c d ')", "enum('a','b','c d ')"},
    {"EnumOfEmptyText", "ENUM('')", "enum('')"},
    {"EnumWithCommaAndParenthesis", "ENUM('a,b',')')", "enum('a,b',')')"},
    {"EnumOfBytes", "ENUM(0x41, X'42', b'01000011', 0b1000100)", "enum('A','B','C','D')"},
    {"Set", "SET('a','b') CHARSET binary", "set('a','b') cs=binary"},
    {"Geometry", "GEOMETRY", "geometry"},
    {"Geometrycollection", "GEOMETRYCOLLECTION", "geometry collection"},
    {"Multipolygon", "MULTIPOLYGON", "geometry multipolygon"},
};
INSTANTIATE_TEST_SUITE_P(Other, DdlType, testing::ValuesIn(kOthers), name_of_case);

}  // namespace
}  // namespace rowmill::schema
