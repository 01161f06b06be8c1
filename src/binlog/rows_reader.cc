// SPDX-License-Identifier: Apache-2.0
//
// Row images: sql/rpl_record.cc of MySQL 9.7 and MariaDB 10.11.

#include "binlog/rows_reader.h"

#include <algorithm>
#include <string>

#include "binlog/cell.h"
#include "binlog/internal/json_diffs.h"

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

RowsReader::Scratch::Scratch() = default;
RowsReader::Scratch::~Scratch() = default;

RowsReader::RowsReader(const Rows& event, const RowLayout& layout, Scratch& scratch,
                       const std::vector<bool>* silent)
    : event_(event), layout_(layout), silent_(silent), scratch_(scratch), reader_(event.images) {
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
  if (event.partial_json) {
    scratch.documents.assign(columns, {});
    if (scratch.document == nullptr) scratch.document = std::make_unique<JsonDocument>();
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
  const bool rows_have_bytes =
      event_.partial_json || before_.present_count + after_.present_count > 0;
  if (rows_have_bytes ? reader_.at_end() : rows_read_ == 1) {
    ROWMILL_TRY(reader_.finish("row images"));
    return false;
  }
  if (mode == Mode::kDecode) scratch_.arena.reset();
  ROWMILL_TRY(read_row(mode));
  ++rows_read_;
  return true;
}

Result<void> RowsReader::read_row(Mode mode) {
  const size_t begin = reader_.offset();
  if (before_.cells != nullptr) ROWMILL_TRY(read_image<false>(before_, {}, mode));
  if (event_.partial_json && mode == Mode::kDecode) find_documents(begin);
  if (after_.cells == nullptr) return {};
  std::span<const std::byte> partial;
  if (event_.partial_json) {
    ROWMILL_ASSIGN(partial, read_partial_bits());
  }
  if (partial.empty()) {
    ROWMILL_TRY(read_image<false>(after_, {}, mode));
  } else {
    ROWMILL_TRY(read_image<true>(after_, partial, mode));
  }
  if (fills_after_ && mode == Mode::kDecode) fill_after();
  return {};
}

/// Value options as length-encoded integer; with partial JSON a bit for each JSON column of the
/// table, also for those that are not in the image. Nothing where the row has no differences.
Result<std::span<const std::byte>> RowsReader::read_partial_bits() {
  constexpr uint64_t kPartialJson = 1;
  const uint64_t options = reader_.length_encoded();
  if (reader_.failed()) return short_read(0);
  if (options > kPartialJson) {
    return Error(ErrorKind::kUnsupported, "unknown value options " + std::to_string(options))
        .with_remedy("Set binlog_row_value_options = '' at the source, and start after this row.")
        .with_context(place(0));
  }
  if (options == 0) return std::span<const std::byte>{};
  const auto is_json = [](const CellFormat& cell) { return cell.type == FieldType::kJson; };
  const auto json_columns = static_cast<size_t>(std::ranges::count_if(layout_.cells, is_json));
  const auto bits = reader_.bytes((json_columns + 7) / 8);
  if (reader_.failed()) return short_read(0);
  return bits;
}

/// NULL bits of the columns present, in their order, then the cells that are not NULL. `partial`:
/// bit i is set where the i-th JSON column has differences in place of a document; a template, so
/// that rows without differences do not ask for them at each cell.
template <bool kPartial>
Result<void> RowsReader::read_image(const Image& image, std::span<const std::byte> partial,
                                    Mode mode) {
  const auto null_bits = reader_.bytes((image.present_count + 7) / 8);
  if (reader_.failed()) return short_read(0);
  size_t null_index = 0;
  size_t json_index = 0;
  for (size_t i = 0; i < layout_.cells.size(); ++i) {
    const bool has_diffs =
        kPartial && layout_.cells[i].type == FieldType::kJson && bit(partial, json_index++);
    if (!bit(image.present, i)) continue;  // The cell is Absent for the whole event.
    const bool is_null = bit(null_bits, null_index++);
    if (mode == Mode::kSkip) {
      if (has_diffs && !is_null) reader_.skip(reader_.u32());
      if (!has_diffs && !is_null) skip_cell(reader_, layout_.cells[i]);
    } else if (is_null) {
      (*image.cells)[i] = model::Null{};
    } else {
      auto cell =
          has_diffs ? read_json_diffs(i) : read_cell(reader_, layout_.cells[i], scratch_.arena);
      if (!cell.ok()) return std::move(cell).error().with_context(place(i));
      (*image.cells)[i] = *cell;
    }
    if (reader_.failed()) return short_read(i);
  }
  return {};
}

/// Passes over the before image at `begin` once more: rows without differences need not pay for
/// this.
void RowsReader::find_documents(size_t begin) {
  base::ByteReader image(event_.images.subspan(begin));
  const auto null_bits = image.bytes((before_.present_count + 7) / 8);
  size_t null_index = 0;
  for (size_t i = 0; i < layout_.cells.size(); ++i) {
    if (!bit(before_.present, i) || bit(null_bits, null_index++)) continue;
    const CellFormat& format = layout_.cells[i];
    if (format.type == FieldType::kJson) {
      scratch_.documents[i] = image.bytes(image.little_endian(format.metadata));
    } else {
      skip_cell(image, format);
    }
  }
}

/// Length 4, then what internal/json_diffs.h describes; without it the document did not change.
Result<model::Value> RowsReader::read_json_diffs(size_t column) {
  const auto diffs = reader_.bytes(reader_.u32());
  const model::Value& before = (*before_.cells)[column];
  if (reader_.failed()) return before;  // The caller reports it.
  if (std::holds_alternative<model::Null>(before)) {
    return Error(ErrorKind::kCorrupt, "differences of a JSON document that is NULL");
  }
  if (diffs.empty()) return before;
  if (std::holds_alternative<model::Absent>(before)) {
    ROWMILL_ASSIGN(const auto text, json_diffs_to_text(diffs, scratch_.arena));
    return model::Value(model::JsonDiffs{text});
  }
  ROWMILL_ASSIGN(const auto text, apply_json_diffs(scratch_.documents[column], diffs,
                                                   *scratch_.document, scratch_.arena));
  return model::Value(model::JsonText{text});
}

/// MySQL manual, "binlog_row_image": an after image without a column says that it did not change.
void RowsReader::fill_after() {
  for (size_t i = 0; i < layout_.cells.size(); ++i) {
    const bool speaks = silent_ == nullptr || !(*silent_)[i];
    if (speaks && bit(before_.present, i) && !bit(after_.present, i)) {
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
