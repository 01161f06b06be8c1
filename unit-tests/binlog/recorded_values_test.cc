// SPDX-License-Identifier: Apache-2.0
//
// Plays the rows events of a recorded binlog into tables and compares these with what the server's
// SELECT said at the end of the recording: testdata/binlog/NAME.selected.

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "binlog/cell_cases.h"
#include "binlog/cell_text.h"
#include "binlog/event_decoder.h"
#include "binlog/rows_reader.h"
#include "support/binlog_file.h"

namespace rowmill::binlog {
namespace {

using Cells = std::vector<std::string>;

/// The character sets of the recordings, by collation.
const Charset* charset_of(uint32_t collation) {
  static const std::map<uint32_t, std::string_view> names = {
      {8, "latin1"}, {28, "gbk"}, {45, "utf8mb4"}, {46, "utf8mb4"}, {255, "utf8mb4"}};
  const auto named = names.find(collation);
  return named == names.end() ? nullptr : Charset::find(named->second);
}

/// The log does not tell them from BINARY; the recordings have them under these names only.
StringForm form_of(std::string_view column) {
  if (column == "u") return StringForm::kUuid;
  if (column == "i4") return StringForm::kInet4;
  if (column == "i6") return StringForm::kInet6;
  return StringForm::kPlain;
}

class Tables {
 public:
  void play(const std::vector<std::vector<std::byte>>& events) {
    EventDecoder decoder(ChecksumAlgorithm::kNone);
    for (const auto& bytes : events) {
      const auto event = decoder.decode(bytes);
      ASSERT_TRUE(event.ok()) << event.error().text();
      if (const auto* map = std::get_if<TableMap>(&event->body)) add_map(*map);
      if (const auto* rows = std::get_if<Rows>(&event->body)) {
        add_rows(*rows);
        ASSERT_FALSE(testing::Test::HasFatalFailure());
      }
    }
  }

  [[nodiscard]] std::set<Cells> rows() const {
    std::set<Cells> all;
    for (const auto& [key, cells] : rows_) all.insert(cells);
    return all;
  }

 private:
  struct Map {
    std::string table;
    RowLayout layout;
    std::vector<size_t> key;
  };

  void add_map(const TableMap& map) {
    Map& known = maps_[map.id];
    known = {
        .table = std::string(map.table), .layout = test::layout_of(map), .key = map.primary_key};
    for (size_t i = 0; i < map.columns.size(); ++i) {
      known.layout.cells[i].charset = charset_of(map.columns[i].collation);
      known.layout.cells[i].string_form = form_of(map.columns[i].name);
    }
  }

  static Cells text_of(const Map& map, std::span<const model::Value> row) {
    Cells cells = {map.table};
    for (const model::Value& value : row) cells.push_back(std::visit(ToText{}, value));
    return cells;
  }

  static Cells key_of(const Map& map, const Cells& cells) {
    Cells key = {map.table};
    for (const size_t index : map.key) key.push_back(cells[index + 1]);
    return key;
  }

  void add_rows(const Rows& rows) {
    const Map& map = maps_[rows.table];
    ASSERT_FALSE(map.key.empty()) << map.table;
    RowsReader reader(rows, map.layout, scratch_);
    while (true) {
      const auto more = reader.next();
      ASSERT_TRUE(more.ok()) << map.table << ": " << more.error().text();
      if (!*more) return;
      if (!reader.before().empty()) rows_.erase(key_of(map, text_of(map, reader.before())));
      if (reader.after().empty()) continue;
      const Cells after = text_of(map, reader.after());
      rows_[key_of(map, after)] = after;
    }
  }

  std::map<MapId, Map> maps_;
  std::map<Cells, Cells> rows_;
  RowsReader::Scratch scratch_;
};

/// A line for each row: its table and cells, as ToText writes them.
std::set<Cells> selected(const std::string& path) {
  std::set<Cells> rows;
  std::ifstream file(path);
  std::string line;
  while (std::getline(file, line)) rows.insert(split(line, '\t'));
  return rows;
}

class RecordedValues : public testing::TestWithParam<const char*> {};

TEST_P(RecordedValues, AreWhatSelectSaid) {
  const std::string path = std::string(ROWMILL_TESTDATA "/binlog/") + GetParam();
  const auto events = test::read_binlog_file(path + ".binlog");
  ASSERT_TRUE(events.ok()) << events.error().text();
  Tables tables;
  tables.play(*events);
  const std::set<Cells> expected = selected(path + ".selected");
  ASSERT_FALSE(expected.empty());
  const std::set<Cells> played = tables.rows();
  for (const Cells& row : expected) {
    EXPECT_TRUE(played.contains(row)) << testing::PrintToString(row);
  }
  for (const Cells& row : played) {
    EXPECT_TRUE(expected.contains(row)) << testing::PrintToString(row);
  }
}

INSTANTIATE_TEST_SUITE_P(All, RecordedValues, testing::Values("mysql_columns", "mariadb_columns"),
                         [](const auto& each) { return std::string(each.param); });

}  // namespace
}  // namespace rowmill::binlog
