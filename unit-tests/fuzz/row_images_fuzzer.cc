// SPDX-License-Identifier: Apache-2.0
//
// Row images of any table: see row_image_input.h for the input.

#include <cstdint>
#include <optional>
#include <string>

#include "binlog/cell.h"
#include "binlog/rows_reader.h"
#include "fuzz/checks.h"
#include "fuzz/row_image_input.h"

namespace rowmill::test {
namespace {

using binlog::RowsReader;

struct PrintedRows {
  size_t count = 0;
  std::string text;
  bool operator==(const PrintedRows&) const = default;
};

/// Nothing if they cannot be read.
std::optional<PrintedRows> read_rows(const RowImageInput& input, RowsReader::Scratch& scratch) {
  RowsReader reader(input.rows, input.layout, scratch);
  PrintedRows rows;
  while (true) {
    const auto more = reader.next();
    if (!more.ok()) return std::nullopt;
    if (!*more) return rows;
    ++rows.count;
    for (const auto cells : {reader.before(), reader.after()}) {
      for (const model::Value& cell : cells) require_sound(cell);
      print(cells, rows.text);
    }
  }
}

/// Rows passed over, or nothing if that fails.
std::optional<size_t> skip_rows(const RowImageInput& input, RowsReader::Scratch& scratch) {
  RowsReader reader(input.rows, input.layout, scratch);
  size_t rows = 0;
  while (true) {
    const auto more = reader.skip();
    if (!more.ok()) return std::nullopt;
    if (!*more) return rows;
    ++rows;
  }
}

/// The images as if all cells of the first row were there: reading a cell and passing over it take
/// the same bytes.
void compare_cells(const RowImageInput& input) {
  base::ByteReader images(input.rows.images);
  base::Arena arena;
  for (const binlog::CellFormat& format : input.layout.cells) {
    base::ByteReader skipper = images;
    skip_cell(skipper, format);
    const auto cell = read_cell(images, format, arena);
    if (!cell.ok() || images.failed()) return;
    require(!skipper.failed() && skipper.offset() == images.offset(),
            "reading and skipping a cell take the same bytes");
  }
}

void check(const RowImageInput& input) {
  compare_cells(input);
  RowsReader::Scratch scratch;
  const auto rows = read_rows(input, scratch);
  const auto skipped = skip_rows(input, scratch);
  if (!rows) return;
  require(skipped.has_value(), "rows that can be read can be skipped");
  require(rows->count == *skipped, "as many rows are skipped as read");
  require(read_rows(input, scratch) == rows, "rows do not depend on what was read before");
}

}  // namespace
}  // namespace rowmill::test

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  rowmill::base::ByteReader input(std::as_bytes(std::span(data, size)));
  rowmill::test::Bytes padding;
  rowmill::test::check(rowmill::test::read_row_image_input(input, padding));
  return 0;
}
