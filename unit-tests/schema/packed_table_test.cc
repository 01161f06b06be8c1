// SPDX-License-Identifier: Apache-2.0
#include "schema/packed_table.h"

#include <gtest/gtest.h>

#include <random>

namespace rowmill::schema {
namespace {

using model::DeclaredColumn;
using model::DeclaredKey;
using model::DeclaredTable;
using model::SqlType;

class RandomTables {
 public:
  DeclaredTable table() {
    DeclaredTable table{.id = {"shop", "orders"}};
    table.collation = collation();
    table.hidden_versioning = one_in(8);
    table.sequence = one_in(50);
    for (size_t i = below(40); i > 0; --i) table.columns.push_back(column());
    for (size_t i = below(5); i > 0 && !table.columns.empty(); --i)
      table.keys.push_back(key(table));
    return table;
  }

 private:
  size_t below(size_t end) { return std::uniform_int_distribution<size_t>(0, end - 1)(random_); }
  bool one_in(size_t n) { return below(n) == 0; }

  std::string text() {
    std::string text;
    for (size_t i = one_in(30) ? 300 : below(20); i > 0; --i) {
      text.push_back(static_cast<char>(below(256)));
    }
    return text;
  }
  std::string collation() {
    return one_in(4) ? std::string() : "collation_" + std::to_string(below(300));
  }

  DeclaredColumn column() {
    DeclaredColumn column;
    column.name = text();
    column.type = static_cast<SqlType>(below(static_cast<size_t>(SqlType::kInet6) + 1));
    if (one_in(2)) column.length = static_cast<uint32_t>(below(one_in(3) ? 0x100000000 : 300));
    column.scale = static_cast<uint8_t>(below(31));
    column.is_unsigned = one_in(2);
    column.zerofill = one_in(2);
    column.nullable = one_in(2);
    column.collation = collation();
    if (one_in(5)) column.labels.resize(below(300), text());
    column.geometry_type = static_cast<model::GeometryType>(below(8));
    column.generated = static_cast<model::Generated>(below(3));
    column.auto_increment = one_in(2);
    column.invisible = one_in(2);
    column.compressed = one_in(2);
    column.labels_doubtful = one_in(2);
    return column;
  }

  DeclaredKey key(const DeclaredTable& table) {
    DeclaredKey key;
    key.name = text();
    for (size_t i = below(5); i > 0; --i) {
      key.columns.push_back(one_in(6) ? text() : table.columns[below(table.columns.size())].name);
    }
    key.partial = one_in(2);
    key.hash = one_in(2);
    return key;
  }

  std::mt19937 random_{20260101};
};

TEST(TablePacker, UnpacksWhatItPacked) {
  RandomTables random;
  TablePacker packer;
  for (int i = 0; i < 5000; ++i) {
    const DeclaredTable table = random.table();
    const std::string packed = packer.pack(table);
    ASSERT_EQ(packer.unpack(table.id, packed), table) << "table " << i;
  }
}

/// Thirty columns as people have them.
TEST(TablePacker, TakesFewBytesAColumn) {
  DeclaredTable table{.id = {"shop", "orders"}};
  table.collation = "utf8mb4_0900_ai_ci";
  const auto add = [&](std::string name, SqlType type, std::optional<uint32_t> length) {
    DeclaredColumn column;
    column.name = std::move(name);
    column.type = type;
    column.length = length;
    if (type == SqlType::kVarchar) column.collation = table.collation;
    table.columns.push_back(std::move(column));
  };
  for (int i = 0; i < 10; ++i) {
    const std::string number = std::to_string(i);
    add("customer_id_" + number, SqlType::kBigInt, std::nullopt);
    add("description_" + number, SqlType::kVarchar, 255);
    add("created_at_" + number, SqlType::kTimestamp, std::nullopt);
  }
  table.keys.push_back({.name = "PRIMARY", .columns = {"customer_id_0"}});
  TablePacker packer;
  packer.pack(table);
  const size_t bytes = packer.pack(table).size();
  RecordProperty("bytes_a_column", static_cast<int>(bytes / table.columns.size()));
  EXPECT_LE(bytes, 20 * table.columns.size());
}

}  // namespace
}  // namespace rowmill::schema
