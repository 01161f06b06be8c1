// SPDX-License-Identifier: Apache-2.0
#include "binlog/rows_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "support/event_bytes.h"

namespace rowmill::binlog {
namespace {

using base::ErrorKind;
using model::Absent;
using model::Null;
using model::Value;
using test::operator+;
using test::Bytes;
using test::hex;
using ::testing::HasSubstr;

/// A table of INT columns.
RowLayout ints(size_t columns) {
  RowLayout layout;
  layout.cells.resize(columns);
  for (CellFormat& cell : layout.cells) cell.type = FieldType::kLong;
  return layout;
}

/// "1 2 NULL -" for cells; "-" is absent.
std::string print(std::span<const Value> cells) {
  std::string text;
  for (const Value& cell : cells) {
    if (!text.empty()) text += ' ';
    if (std::holds_alternative<Null>(cell)) {
      text += "NULL";
    } else if (std::holds_alternative<Absent>(cell)) {
      text += '-';
    } else {
      text += std::to_string(std::get<int64_t>(cell));
    }
  }
  return text;
}

struct EventSpec {
  RowsKind kind = RowsKind::kWrite;
  size_t columns = 1;
  Bytes present = {};
  Bytes after_present = {};
  Bytes images = {};
};

/// The rows of an event as "before > after" lines, or the error.
class RowsReaderTest : public ::testing::Test {
 protected:
  base::Result<std::vector<std::string>> read(const EventSpec& spec) {
    const Rows event{.kind = spec.kind,
                     .column_count = spec.columns,
                     .present = spec.present,
                     .after_present = spec.after_present,
                     .images = spec.images};
    const RowLayout layout = ints(layout_columns_.value_or(spec.columns));
    RowsReader reader(event, layout, scratch_, silent_.empty() ? nullptr : &silent_);
    std::vector<std::string> rows;
    while (true) {
      ROWMILL_ASSIGN(const bool more, reader.next());
      if (!more) return rows;
      EXPECT_EQ(reader.row(), rows.size());
      rows.push_back(print(reader.before()) + " > " + print(reader.after()));
    }
  }

  std::vector<std::string> rows(const EventSpec& spec) {
    auto result = read(spec);
    if (!result.ok()) return {result.error().text()};
    return *result;
  }

  std::optional<size_t> layout_columns_;
  std::vector<bool> silent_;
  RowsReader::Scratch scratch_;
};

using Lines = std::vector<std::string>;

TEST_F(RowsReaderTest, WrittenRowsHaveOnlyAnAfterImage) {
  EXPECT_EQ(
      rows({.columns = 2, .present = hex("ff"), .images = hex("fc 01000000 02000000 fd 03000000")}),
      (Lines{" > 1 2", " > NULL 3"}));
}

TEST_F(RowsReaderTest, DeletedRowsHaveOnlyABeforeImage) {
  EXPECT_EQ(
      rows({.kind = RowsKind::kDelete, .present = hex("01"), .images = hex("fe 01000000 ff")}),
      (Lines{"1 > ", "NULL > "}));
}

TEST_F(RowsReaderTest, UpdatedRowsHaveBothWithTheirOwnColumns) {
  EXPECT_EQ(rows({.kind = RowsKind::kUpdate,
                  .columns = 3,
                  .present = hex("fd"),
                  .after_present = hex("02"),
                  .images = hex("00 01000000 03000000 00 09000000 02 04000000 01")}),
            (Lines{"1 - 3 > 1 9 3", "4 - NULL > 4 NULL NULL"}));
}

TEST_F(RowsReaderTest, BitsBeyondTheColumnsAreNotLookedAt) {
  for (const std::string_view present : {"ff", "01", "81"}) {
    for (const std::string_view nulls : {"00", "fe", "aa"}) {
      EXPECT_EQ(rows({.present = hex(present), .images = hex(nulls) + hex("07000000")}),
                Lines{" > 7"});
    }
  }
}

TEST_F(RowsReaderTest, NullBitsCoverOnlyThePresentColumns) {
  // Columns 0, 8 and 16 of 17: one byte of NULL bits, of which the second is set.
  EXPECT_EQ(
      rows({.columns = 17, .present = hex("01 01 01"), .images = hex("02 01000000 03000000")}),
      Lines{" > 1 - - - - - - - NULL - - - - - - - 3"});
}

TEST_F(RowsReaderTest, WidthsAroundAByteOfBits) {
  for (const size_t columns : {size_t{7}, size_t{8}, size_t{9}, size_t{16}, size_t{17}}) {
    const size_t bitmap = (columns + 7) / 8;
    Bytes images(bitmap, std::byte{0});
    for (size_t i = 0; i < columns; ++i) images = images + hex("05000000");
    images = images + Bytes(bitmap, std::byte{0xff});
    std::string fives;
    std::string nulls;
    for (size_t i = 0; i < columns; ++i) {
      fives += i == 0 ? "5" : " 5";
      nulls += i == 0 ? "NULL" : " NULL";
    }
    EXPECT_EQ(
        rows({.columns = columns, .present = Bytes(bitmap, std::byte{0xff}), .images = images}),
        (Lines{" > " + fives, " > " + nulls}));
  }
}

TEST_F(RowsReaderTest, RowWithoutBytesIsOneRow) {
  // INSERT INTO t() VALUES() with binlog_row_image=MINIMAL on MySQL.
  EXPECT_EQ(rows({.columns = 2, .present = hex("fc"), .images = {}}), Lines{" > - -"});
  EXPECT_EQ(rows({.kind = RowsKind::kDelete, .columns = 2, .present = hex("00")}), Lines{"- - > "});
}

// MySQL manual, "binlog_row_image": what each mode leaves out.

TEST_F(RowsReaderTest, MinimalInsertHasOnlyTheColumnsThatWereGiven) {
  EXPECT_EQ(rows({.columns = 3, .present = hex("fa"), .images = hex("fe 07000000")}),
            Lines{" > - 7 -"});
}

TEST_F(RowsReaderTest, MinimalUpdateKnowsTheKeyAndWhatChanged) {
  // UPDATE t SET b = 9 of (id, a, b): neither image has a.
  EXPECT_EQ(rows({.kind = RowsKind::kUpdate,
                  .columns = 3,
                  .present = hex("01"),
                  .after_present = hex("04"),
                  .images = hex("00 01000000 00 09000000")}),
            Lines{"1 - - > 1 - 9"});
}

TEST_F(RowsReaderTest, MinimalUpdateOfTheKeyHasTheNewOneInTheAfterImage) {
  EXPECT_EQ(rows({.kind = RowsKind::kUpdate,
                  .columns = 2,
                  .present = hex("01"),
                  .after_present = hex("01"),
                  .images = hex("00 01000000 00 02000000")}),
            Lines{"1 - > 2 -"});
}

TEST_F(RowsReaderTest, MinimalUpdateToNullIsNullAndNotTheValueBefore) {
  EXPECT_EQ(rows({.kind = RowsKind::kUpdate,
                  .columns = 2,
                  .present = hex("03"),
                  .after_present = hex("02"),
                  .images = hex("00 01000000 05000000 01")}),
            Lines{"1 5 > 1 NULL"});
}

TEST_F(RowsReaderTest, MinimalUpdateWithoutAKeyHasAllColumnsBefore) {
  EXPECT_EQ(rows({.kind = RowsKind::kUpdate,
                  .columns = 3,
                  .present = hex("07"),
                  .after_present = hex("02"),
                  .images = hex("04 01000000 02000000 00 09000000")}),
            Lines{"1 2 NULL > 1 9 NULL"});
}

TEST_F(RowsReaderTest, AbsenceOfASilentColumnDoesNotSayThatItDidNotChange) {
  silent_ = {false, false, true};
  EXPECT_EQ(rows({.kind = RowsKind::kUpdate,
                  .columns = 3,
                  .present = hex("07"),
                  .after_present = hex("02"),
                  .images = hex("00 01000000 02000000 04000000 00 09000000")}),
            Lines{"1 2 4 > 1 9 -"});
}

TEST_F(RowsReaderTest, MinimalDeleteHasOnlyTheKey) {
  EXPECT_EQ(rows({.kind = RowsKind::kDelete,
                  .columns = 3,
                  .present = hex("02"),
                  .images = hex("00 01000000 00 02000000")}),
            (Lines{"- 1 - > ", "- 2 - > "}));
}

TEST_F(RowsReaderTest, NoblobUpdateHasABlobOnlyAfterAndOnlyIfItChanged) {
  // Column 1 stands for the blob.
  EXPECT_EQ(rows({.kind = RowsKind::kUpdate,
                  .columns = 3,
                  .present = hex("05"),
                  .after_present = hex("07"),
                  .images = hex("00 01000000 03000000 00 01000000 08000000 03000000")}),
            Lines{"1 - 3 > 1 8 3"});
  EXPECT_EQ(rows({.kind = RowsKind::kUpdate,
                  .columns = 3,
                  .present = hex("05"),
                  .after_present = hex("05"),
                  .images = hex("00 01000000 03000000 00 01000000 04000000")}),
            Lines{"1 - 3 > 1 - 4"});
}

TEST_F(RowsReaderTest, NoblobDeleteLacksTheBlob) {
  EXPECT_EQ(rows({.kind = RowsKind::kDelete,
                  .columns = 3,
                  .present = hex("05"),
                  .images = hex("00 01000000 03000000")}),
            Lines{"1 - 3 > "});
}

TEST_F(RowsReaderTest, FullNodupUpdateHasAllBeforeAndTheChangesAfter) {
  EXPECT_EQ(rows({.kind = RowsKind::kUpdate,
                  .columns = 3,
                  .present = hex("07"),
                  .after_present = hex("02"),
                  .images = hex("f8 01000000 02000000 03000000 fe 09000000"
                                "fe 04000000 fe 0a000000")}),
            (Lines{"1 2 3 > 1 9 3", "4 NULL NULL > 4 10 NULL"}));
}

TEST_F(RowsReaderTest, AfterImageWithoutColumnsIsTheRowBefore) {
  EXPECT_EQ(rows({.kind = RowsKind::kUpdate,
                  .columns = 2,
                  .present = hex("03"),
                  .after_present = hex("00"),
                  .images = hex("00 01000000 02000000")}),
            Lines{"1 2 > 1 2"});
}

TEST_F(RowsReaderTest, SkippedRowsLeaveNothingForTheNextOnes) {
  const Bytes before = hex("03");
  const Bytes after = hex("02");
  const Bytes images = hex("00 01000000 02000000 00 09000000 00 03000000 04000000 01");
  const Rows event{.kind = RowsKind::kUpdate,
                   .column_count = 2,
                   .present = before,
                   .after_present = after,
                   .images = images};
  const RowLayout layout = ints(2);
  RowsReader reader(event, layout, scratch_);
  EXPECT_TRUE(*reader.skip());
  EXPECT_TRUE(*reader.next());
  EXPECT_EQ(print(reader.after()), "3 NULL");
}

TEST_F(RowsReaderTest, BytesBehindARowWithoutBytesAreCorrupt) {
  const auto result = read({.columns = 2, .present = hex("00"), .images = hex("00")});
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().kind(), ErrorKind::kCorrupt);
}

TEST_F(RowsReaderTest, EventWithoutRowsHasNone) {
  EXPECT_EQ(rows({.present = hex("01")}), Lines{});
}

TEST_F(RowsReaderTest, CutAnywhereButBetweenRowsIsCorrupt) {
  const Bytes images = hex("fc 01000000 02000000 fd 03000000");
  for (size_t size = 0; size < images.size(); ++size) {
    const auto cut = static_cast<ptrdiff_t>(size);
    const auto result = read(
        {.columns = 2, .present = hex("ff"), .images = {images.begin(), images.begin() + cut}});
    ASSERT_EQ(result.ok(), size == 0 || size == 9) << size;
    if (!result.ok()) {
      EXPECT_EQ(result.error().kind(), ErrorKind::kCorrupt) << size;
    }
  }
}

TEST_F(RowsReaderTest, ErrorsNameRowAndColumn) {
  const auto result =
      read({.columns = 2, .present = hex("ff"), .images = hex("ff fc 01000000 0200")});
  ASSERT_FALSE(result.ok());
  EXPECT_THAT(result.error().text(), HasSubstr("row 1, column 1"));
}

TEST_F(RowsReaderTest, ColumnCountThatIsNotTheTablesIsCorrupt) {
  layout_columns_ = 3;
  const auto result = read({.columns = 2, .present = hex("ff"), .images = hex("ff")});
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().kind(), ErrorKind::kCorrupt);
}

TEST_F(RowsReaderTest, ScratchOfOneEventServesTheNext) {
  EXPECT_EQ(
      rows({.columns = 3, .present = hex("07"), .images = hex("f8 010000000200000003000000")}),
      Lines{" > 1 2 3"});
  EXPECT_EQ(rows({.columns = 2, .present = hex("02"), .images = hex("00 09000000")}),
            Lines{" > - 9"});
}

TEST_F(RowsReaderTest, SkippedRowsArePassedOver) {
  const Bytes present = hex("ff");
  const Bytes images = hex("fc 01000000 02000000 fd 03000000 fc 05000000 06000000");
  const Rows event{.column_count = 2, .present = present, .after_present = {}, .images = images};
  const RowLayout layout = ints(2);
  RowsReader reader(event, layout, scratch_);
  EXPECT_TRUE(*reader.skip());
  EXPECT_TRUE(*reader.skip());
  EXPECT_TRUE(*reader.next());
  EXPECT_EQ(reader.row(), 2U);
  EXPECT_EQ(print(reader.after()), "5 6");
  EXPECT_FALSE(*reader.skip());
}

TEST_F(RowsReaderTest, SkippedRowCutShortIsCorrupt) {
  const Bytes present = hex("ff");
  const Bytes images = hex("fc 01000000 0200");
  const Rows event{.column_count = 2, .present = present, .after_present = {}, .images = images};
  const RowLayout layout = ints(2);
  RowsReader reader(event, layout, scratch_);
  EXPECT_EQ(reader.skip().error().kind(), ErrorKind::kCorrupt);
}

}  // namespace
}  // namespace rowmill::binlog
