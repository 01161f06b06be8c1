// SPDX-License-Identifier: Apache-2.0
//
// Rows of PARTIAL_UPDATE_ROWS: binlog_row_value_options=PARTIAL_JSON. Server source,
// sql/rpl_record.cc, unpack_row.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "binlog/rows_reader.h"
#include "support/json_diff_bytes.h"

namespace rowmill::binlog {
namespace {

using base::ErrorKind;
using model::Value;
using test::Bytes;
using test::hex;
using test::json_binary;
using test::json_insert;
using test::json_remove;
using test::json_replace;
using test::operator+;

Bytes with_length(const Bytes& bytes) { return test::little_endian(bytes.size(), 4) + bytes; }
/// The cell of a whole document, and one of differences.
Bytes document(std::string_view text) { return with_length(json_binary(text)); }
Bytes diffs(const Bytes& bytes) { return with_length(bytes); }

std::string print(const Value& cell) {
  if (const auto* number = std::get_if<int64_t>(&cell)) return std::to_string(*number);
  if (const auto* text = std::get_if<model::JsonText>(&cell)) return std::string(text->utf8);
  if (const auto* changes = std::get_if<model::JsonDiffs>(&cell)) {
    return "diffs " + std::string(changes->json);
  }
  return std::holds_alternative<model::Null>(cell) ? "NULL" : "-";
}

/// Updates of a table (id INT, a JSON, b JSON); all columns are present unless a test says
/// otherwise.
class PartialRowsTest : public ::testing::Test {
 protected:
  PartialRowsTest() {
    layout_.cells.resize(3);
    layout_.cells[0].type = FieldType::kLong;
    for (const size_t json : {size_t{1}, size_t{2}}) {
      layout_.cells[json].type = FieldType::kJson;
      layout_.cells[json].metadata = 4;
    }
  }

  Rows event(const Bytes& images) {
    return {.kind = RowsKind::kUpdate,
            .partial_json = true,
            .column_count = layout_.cells.size(),
            .present = present_,
            .after_present = after_present_,
            .images = images};
  }

  /// The cells of each row after the update, or the error's kind.
  std::vector<std::string> rows(const Bytes& images) {
    const Rows rows = event(images);
    RowsReader reader(rows, layout_, scratch_);
    std::vector<std::string> lines;
    while (true) {
      const auto more = reader.next();
      if (!more.ok()) return {std::string(to_string(more.error().kind()))};
      if (!*more) break;
      std::string line;
      for (const Value& cell : reader.after()) line += (line.empty() ? "" : " ") + print(cell);
      lines.push_back(line);
    }
    EXPECT_EQ(skipped(images), lines.size());
    return lines;
  }

  size_t skipped(const Bytes& images) {
    const Rows rows = event(images);
    RowsReader reader(rows, layout_, scratch_);
    for (size_t count = 0;; ++count) {
      const auto more = reader.skip();
      if (!more.ok() || !*more) return count;
    }
  }

  RowLayout layout_;
  Bytes present_ = hex("ff");
  Bytes after_present_ = hex("ff");
  RowsReader::Scratch scratch_;
};

using Lines = std::vector<std::string>;

const Bytes kBefore = hex("f8 01000000") + document(R"({"k": 1})") + document("[1]");

TEST_F(PartialRowsTest, WithoutOptionsDocumentsAreWhole) {
  EXPECT_EQ(rows(kBefore + hex("00 f8 02000000") + document("[2]") + document("[3]")),
            Lines{"2 [2] [3]"});
}

TEST_F(PartialRowsTest, DocumentsWithTheirBitSetAreComputed) {
  EXPECT_EQ(rows(kBefore + hex("01 03 f8 02000000") + diffs(json_insert("$.l", "2")) +
                 diffs(json_remove("$[0]"))),
            Lines{R"(2 {"k": 1, "l": 2} [])"});
}

TEST_F(PartialRowsTest, DocumentsWithoutTheirBitAreWhole) {
  EXPECT_EQ(
      rows(kBefore + hex("01 fd f8 02000000") + diffs(json_insert("$.l", "2")) + document("[3]")),
      Lines{R"(2 {"k": 1, "l": 2} [3])"});
  EXPECT_EQ(
      rows(kBefore + hex("01 fe f8 02000000") + document("[2]") + diffs(json_replace("$[0]", "4"))),
      Lines{"2 [2] [4]"});
}

TEST_F(PartialRowsTest, NoDifferencesLeaveTheDocumentAsItWas) {
  EXPECT_EQ(rows(kBefore + hex("01 03 f8 02000000") + diffs({}) + diffs(json_remove("$[0]"))),
            Lines{R"(2 {"k": 1} [])"});
}

TEST_F(PartialRowsTest, EachRowHasOptionsOfItsOwn) {
  EXPECT_EQ(rows(kBefore + hex("01 03 f8 02000000") + diffs(json_insert("$.l", "2")) + diffs({}) +
                 kBefore + hex("00 f8 03000000") + document("[2]") + document("[3]") + kBefore +
                 hex("01 02 f8 04000000") + document("{}") + diffs(json_replace("$[0]", "5"))),
            (Lines{R"(2 {"k": 1, "l": 2} [1])", "3 [2] [3]", "4 {} [5]"}));
}

TEST_F(PartialRowsTest, ColumnThatIsNullHasABitAllTheSame) {
  EXPECT_EQ(rows(kBefore + hex("01 03 fa 02000000") + diffs(json_remove("$[0]"))),
            Lines{"2 NULL []"});
}

TEST_F(PartialRowsTest, ColumnThatIsAbsentHasABitAllTheSame) {
  after_present_ = hex("05");
  EXPECT_EQ(rows(kBefore + hex("01 02 fc 02000000") + diffs(json_remove("$[0]"))),
            Lines{R"(2 {"k": 1} [])"});
}

TEST_F(PartialRowsTest, NineJsonColumnsHaveTwoBytesOfBits) {
  layout_.cells.resize(9);
  for (CellFormat& cell : layout_.cells) {
    cell.type = FieldType::kJson;
    cell.metadata = 4;
  }
  present_ = after_present_ = hex("0101");
  EXPECT_EQ(rows(hex("fc") + document("1") + document("[1]") + hex("01 0001 fc") + document("2") +
                 diffs(json_remove("$[0]"))),
            Lines{"2 - - - - - - - []"});
}

TEST_F(PartialRowsTest, OnlyJsonColumnsAreCounted) {
  layout_.cells[1].type = FieldType::kBlob;
  layout_.cells[1].metadata = 1;
  present_ = after_present_ = hex("05");
  EXPECT_EQ(rows(hex("fc 01000000") + document("[1]") + hex("01 01 fc 02000000") +
                 diffs(json_remove("$[0]"))),
            Lines{"2 - []"});
}

TEST_F(PartialRowsTest, WithoutADocumentBeforeTheDifferencesArePassedOn) {
  // binlog_row_image=MINIMAL: the key before, what changed after.
  present_ = hex("01");
  after_present_ = hex("06");
  EXPECT_EQ(rows(hex("fe 01000000") + hex("01 03 fc") + diffs(json_insert("$.l", "2")) +
                 diffs(json_remove("$[0]"))),
            Lines{R"(1 diffs [{"op":"insert","path":"$.l","value":2}] )"
                  R"(diffs [{"op":"remove","path":"$[0]"}])"});
}

TEST_F(PartialRowsTest, WithoutADocumentBeforeAndWithoutDifferencesNothingIsKnown) {
  present_ = hex("01");
  after_present_ = hex("06");
  EXPECT_EQ(rows(hex("fe 01000000") + hex("01 03 fc") + diffs({}) + diffs(json_remove("$[0]"))),
            Lines{R"(1 - diffs [{"op":"remove","path":"$[0]"}])"});
}

TEST_F(PartialRowsTest, DifferencesOfNullAreCorrupt) {
  const Bytes before = hex("fa 01000000") + document("[1]");
  const Lines corrupt = {std::string(to_string(ErrorKind::kCorrupt))};
  EXPECT_EQ(rows(before + hex("01 01 f8 02000000") + diffs(json_remove("$.k")) + document("[1]")),
            corrupt);
  EXPECT_EQ(rows(before + hex("01 01 f8 02000000") + diffs({}) + document("[1]")), corrupt);
}

TEST_F(PartialRowsTest, DifferencesThatDoNotFitAreCorruptAndNameThePlace) {
  const Bytes images =
      kBefore + hex("01 03 f8 02000000") + diffs(json_remove("$.missing")) + diffs({});
  const Rows rows = event(images);
  RowsReader reader(rows, layout_, scratch_);
  const auto more = reader.next();
  ASSERT_FALSE(more.ok());
  EXPECT_EQ(more.error().kind(), ErrorKind::kCorrupt);
  EXPECT_EQ(more.error().text(),
            "row 0, column 1: JSON difference: it does not fit the document before: $.missing");
}

TEST_F(PartialRowsTest, UnknownOptionsAreUnsupportedAndNameARemedy) {
  const Bytes images = kBefore + hex("03 03 f8 02000000") + diffs({}) + diffs({});
  const Rows rows = event(images);
  RowsReader reader(rows, layout_, scratch_);
  const auto more = reader.next();
  ASSERT_FALSE(more.ok());
  EXPECT_EQ(more.error().kind(), ErrorKind::kUnsupported);
  EXPECT_FALSE(more.error().remedy().empty());
}

TEST_F(PartialRowsTest, CutAnywhereIsCorrupt) {
  const Bytes images = kBefore + hex("01 03 f8 02000000") + diffs(json_insert("$.l", "2")) +
                       diffs(json_remove("$[0]"));
  for (size_t size = 1; size < images.size(); ++size) {
    const Bytes cut(images.begin(), images.begin() + static_cast<ptrdiff_t>(size));
    EXPECT_EQ(rows(cut), Lines{std::string(to_string(ErrorKind::kCorrupt))}) << size;
    EXPECT_EQ(skipped(cut), 0U) << size;
  }
}

}  // namespace
}  // namespace rowmill::binlog
