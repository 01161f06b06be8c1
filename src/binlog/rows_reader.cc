// SPDX-License-Identifier: Apache-2.0
//
// Row images: sql/rpl_record.cc of MySQL 9.7 and MariaDB 10.11.

#include "binlog/rows_reader.h"

#include <string>

#include "binlog/cell.h"

namespace rowmill::binlog {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

bool bit(std::span<const std::byte> bits, size_t index) {
  return (static_cast<unsigned>(bits[index / 8]) >> (index % 8) & 1) != 0;
}

/// Bits beyond the columns are undefined: MySQL sets them, MariaDB clears them.
size_t count_present(std::span<const std::byte> present, size_t columns) {
  size_t count = 0;
  for (size_t i = 0; i < columns; ++i) count += bit(present, i) ? 1U : 0U;
  return count;
}

/// A column of the before image is not in the after image.
bool lacks_any(std::span<const std::byte> after, std::span<const std::byte> before,
               size_t columns) {
  for (size_t i = 0; i < columns; ++i) {
    if (bit(before, i) && !bit(after, i)) return true;
  }
  return false;
}

}  // namespace

RowsReader::RowsReader(const Rows& event, const RowLayout& layout, Scratch& scratch)
    : event_(event), layout_(layout), scratch_(scratch), reader_(event.images) {
  const size_t columns = layout.cells.size();
  if (event.column_count != columns) return;  // advance() reports it.
  const bool update = event.kind == RowsKind::kUpdate;
  if (event.kind != RowsKind::kWrite) {
    before_ = {event.present, count_present(event.present, columns), &scratch.before};
  }
  if (event.kind != RowsKind::kDelete) {
    const auto present = update ? event.after_present : event.present;
    after_ = {present, count_present(present, columns), &scratch.after};
  }
  for (const Image& image : {before_, after_}) {
    if (image.cells != nullptr) image.cells->assign(columns, model::Absent{});
  }
  fills_after_ = update && lacks_any(after_.present, before_.present, columns);
}

Result<bool> RowsReader::next() { return advance(Mode::kDecode); }
Result<bool> RowsReader::skip() { return advance(Mode::kSkip); }

std::span<const model::Value> RowsReader::before() const {
  return before_.cells == nullptr ? std::span<const model::Value>{} : *before_.cells;
}

std::span<const model::Value> RowsReader::after() const {
  return after_.cells == nullptr ? std::span<const model::Value>{} : *after_.cells;
}

Result<bool> RowsReader::advance(Mode mode) {
  if (event_.column_count != layout_.cells.size()) {
    return Error(ErrorKind::kCorrupt, "rows have " + std::to_string(event_.column_count) +
                                          " columns, the table has " +
                                          std::to_string(layout_.cells.size()));
  }
  // INSERT INTO t() VALUES() with binlog_row_image=MINIMAL logs a row of no columns and no bytes;
  // the server puts only one into an event.
  const bool rows_have_bytes = before_.present_count + after_.present_count > 0;
  if (rows_have_bytes ? reader_.at_end() : rows_read_ == 1) {
    ROWMILL_TRY(reader_.finish("row images"));
    return false;
  }
  if (mode == Mode::kDecode) scratch_.arena.reset();
  if (before_.cells != nullptr) ROWMILL_TRY(read_image(before_, mode));
  if (after_.cells != nullptr) ROWMILL_TRY(read_image(after_, mode));
  if (fills_after_ && mode == Mode::kDecode) fill_after();
  ++rows_read_;
  return true;
}

/// NULL bits of the columns present, in their order, then the cells that are not NULL.
Result<void> RowsReader::read_image(const Image& image, Mode mode) {
  const auto null_bits = reader_.bytes((image.present_count + 7) / 8);
  if (reader_.failed()) return short_read(0);
  size_t null_index = 0;
  for (size_t i = 0; i < layout_.cells.size(); ++i) {
    if (!bit(image.present, i)) continue;  // The cell is Absent for the whole event.
    const bool is_null = bit(null_bits, null_index++);
    if (mode == Mode::kSkip) {
      if (!is_null) skip_cell(reader_, layout_.cells[i]);
    } else if (is_null) {
      (*image.cells)[i] = model::Null{};
    } else {
      auto cell = read_cell(reader_, layout_.cells[i], scratch_.arena);
      if (!cell.ok()) return std::move(cell).error().with_context(place(i));
      (*image.cells)[i] = *cell;
    }
    if (reader_.failed()) return short_read(i);
  }
  return {};
}

/// MySQL manual, "binlog_row_image": an after image without a column says that it did not change.
void RowsReader::fill_after() {
  for (size_t i = 0; i < layout_.cells.size(); ++i) {
    if (bit(before_.present, i) && !bit(after_.present, i)) {
      (*after_.cells)[i] = (*before_.cells)[i];
    }
  }
}

base::Error RowsReader::short_read(size_t column) const {
  return reader_.finish_ignoring_rest("row image").error().with_context(place(column));
}

std::string RowsReader::place(size_t column) const {
  return "row " + std::to_string(rows_read_) + ", column " + std::to_string(column);
}

}  // namespace rowmill::binlog
