// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "base/byte_reader.h"
#include "binlog/event.h"
#include "binlog/row_layout.h"
#include "support/event_bytes.h"

namespace rowmill::test {

// The input of row_images_fuzzer: a byte for the kind of event (its highest bit for JSON
// differences), a byte for the number of columns, type 1, metadata 2 and flavour 1 of each column,
// the columns present (twice for an update), the row images. The flavour's lowest bit means
// unsigned, the rest chooses a character set.

inline constexpr std::array<std::string_view, 8> kImageCharsets = {
    "", "utf8mb4", "latin1", "gbk", "sjis", "ujis", "gb18030", "utf16"};

struct RowImageInput {
  binlog::RowLayout layout;
  binlog::Rows rows;
};

/// A table map with other widths of BIT, or of the length of a BLOB and its like, is refused.
inline void bound_metadata(binlog::CellFormat& cell) {
  using binlog::FieldType;
  constexpr unsigned kLongestBit = 64;
  constexpr unsigned kLongestLength = 4;
  switch (cell.type) {
    case FieldType::kBit:
      cell.metadata = static_cast<uint16_t>((cell.metadata + kLongestBit - 1) % kLongestBit + 1);
      break;
    case FieldType::kBlob:
    case FieldType::kGeometry:
    case FieldType::kJson:
    case FieldType::kMariadbBlobCompressed:
    case FieldType::kVector:
      cell.metadata =
          static_cast<uint16_t>((cell.metadata + kLongestLength - 1) % kLongestLength + 1);
      break;
    default:
      break;
  }
}

/// The views in the result point into the bytes of `input` or, where these are too short for the
/// columns present, into `padding`: EventDecoder delivers only bitmaps that fit.
inline RowImageInput read_row_image_input(base::ByteReader& input, Bytes& padding) {
  constexpr size_t kEnumLabels = 300;
  constexpr size_t kSetLabels = 64;
  RowImageInput result;
  const uint8_t kind = input.u8();
  result.rows.kind = static_cast<binlog::RowsKind>((kind & 3) % 3);
  const bool update = result.rows.kind == binlog::RowsKind::kUpdate;
  result.rows.partial_json = update && (kind & 0x80) != 0;
  const size_t columns = input.u8();
  for (size_t i = 0; i < columns; ++i) {
    binlog::CellFormat& cell = result.layout.cells.emplace_back();
    cell.type = static_cast<binlog::FieldType>(input.u8());
    cell.metadata = input.u16();
    const uint8_t flavour = input.u8();
    cell.is_unsigned = (flavour & 1) != 0;
    cell.charset = binlog::Charset::find(kImageCharsets[flavour / 2 % kImageCharsets.size()]);
    bound_metadata(cell);
    if (cell.type == binlog::FieldType::kEnum) cell.labels.assign(kEnumLabels, "label");
    if (cell.type == binlog::FieldType::kSet) cell.labels.assign(kSetLabels, "label");
  }
  const size_t bitmap = (columns + 7) / 8;
  padding.assign(bitmap, std::byte{0xff});
  const auto present = [&]() -> std::span<const std::byte> {
    const auto bits = input.bytes(bitmap);
    return bits.size() == bitmap ? bits : std::span<const std::byte>(padding);
  };
  result.rows.column_count = columns;
  result.rows.present = present();
  if (update) result.rows.after_present = present();
  result.rows.images = input.rest();
  return result;
}

/// The input that leads to these rows, with text in utf8mb4.
inline Bytes row_image_input(const binlog::Rows& rows, const binlog::RowLayout& layout) {
  const auto copy = [](std::span<const std::byte> bytes) {
    return Bytes(bytes.begin(), bytes.end());
  };
  Bytes input =
      little_endian(static_cast<uint64_t>(rows.kind) | (rows.partial_json ? 0x80U : 0), 1);
  input = input + little_endian(layout.cells.size(), 1);
  for (const binlog::CellFormat& cell : layout.cells) {
    const uint64_t flavour = (cell.is_unsigned ? 1U : 0U) | (cell.charset != nullptr ? 2U : 0U);
    input = input + little_endian(static_cast<uint64_t>(cell.type), 1) +
            little_endian(cell.metadata, 2) + little_endian(flavour, 1);
  }
  return input + copy(rows.present) + copy(rows.after_present) + copy(rows.images);
}

}  // namespace rowmill::test
