// SPDX-License-Identifier: Apache-2.0
//
// A table: flags, collation, columns, keys. A column: type, flags, name, and what the flags say. A
// key: name, flags, and for each part the number of its column. Numbers and lengths are
// length-encoded integers as in MySQL's protocol, mostly of one byte.

#include "schema/packed_table.h"

#include <algorithm>
#include <cassert>
#include <cstdint>
#include <span>
#include <utility>

#include "base/byte_reader.h"

namespace rowmill::schema {

using base::ByteReader;
using model::DeclaredColumn;
using model::DeclaredKey;
using model::DeclaredTable;

namespace {

enum TableFlag : uint8_t { kHiddenVersioning = 1, kSequence = 2 };
enum KeyFlag : uint8_t { kPartial = 1, kHash = 2 };

/// The frequent ones first: below 251 the flags take one byte.
enum ColumnFlag : uint16_t {
  kNullable = 1,
  kUnsigned = 2,
  kHasLength = 4,
  kHasCollation = 8,
  kHasScale = 16,
  kAutoIncrement = 32,
  kZerofill = 64,
  kHasLabels = 256,
  kHasGeometry = 512,
  kInvisible = 1024,
  kCompressed = 2048,
  kLabelsDoubtful = 4096,
  kVirtual = 8192,
  kStored = 16384,
};

void put_number(uint64_t number, std::string& out) {
  size_t width = 0;
  if (number < 251) {
    width = 1;
  } else if (number <= 0xffff) {
    out.push_back('\xfc');
    width = 2;
  } else if (number <= 0xffffff) {
    out.push_back('\xfd');
    width = 3;
  } else {
    out.push_back('\xfe');
    width = 8;
  }
  for (size_t i = 0; i < width; ++i) out.push_back(static_cast<char>(number >> (8 * i) & 0xff));
}

void put_text(std::string_view text, std::string& out) {
  put_number(text.size(), out);
  out += text;
}

std::string take_text(ByteReader& in) { return std::string(in.text(in.length_encoded())); }

uint16_t flags_of(const DeclaredColumn& column) {
  unsigned flags = 0;
  const auto set = [&](bool on, ColumnFlag flag) {
    if (on) flags |= flag;
  };
  set(column.nullable, kNullable);
  set(column.is_unsigned, kUnsigned);
  set(column.length.has_value(), kHasLength);
  set(!column.collation.empty(), kHasCollation);
  set(column.scale != 0, kHasScale);
  set(column.auto_increment, kAutoIncrement);
  set(column.zerofill, kZerofill);
  set(!column.labels.empty(), kHasLabels);
  set(column.geometry_type != model::GeometryType::kAny, kHasGeometry);
  set(column.invisible, kInvisible);
  set(column.compressed, kCompressed);
  set(column.labels_doubtful, kLabelsDoubtful);
  set(column.generated == model::Generated::kVirtual, kVirtual);
  set(column.generated == model::Generated::kStored, kStored);
  return static_cast<uint16_t>(flags);
}

/// Labels are unique and may be many: one after the other.
void put_labels(const std::vector<std::string>& labels, std::string& out) {
  put_number(labels.size(), out);
  for (const std::string& label : labels) put_text(label, out);
}

std::vector<std::string> take_labels(ByteReader& in) {
  std::vector<std::string> labels(in.length_encoded());
  for (std::string& label : labels) label = take_text(in);
  return labels;
}

/// Part 0 is a name, others are columns counted from 1.
void put_key(const DeclaredKey& key, const std::vector<DeclaredColumn>& columns, std::string& out) {
  put_text(key.name, out);
  out.push_back(static_cast<char>((key.partial ? kPartial : 0) | (key.hash ? kHash : 0)));
  put_number(key.columns.size(), out);
  for (const std::string& name : key.columns) {
    const auto found = std::ranges::find(columns, name, &DeclaredColumn::name);
    const auto index = static_cast<size_t>(found - columns.begin());
    put_number(found == columns.end() ? 0 : index + 1, out);
    if (found == columns.end()) put_text(name, out);
  }
}

DeclaredKey take_key(ByteReader& in, const std::vector<DeclaredColumn>& columns) {
  DeclaredKey key;
  key.name = take_text(in);
  const unsigned flags = in.u8();
  key.partial = (flags & kPartial) != 0;
  key.hash = (flags & kHash) != 0;
  key.columns.resize(in.length_encoded());
  for (std::string& name : key.columns) {
    const uint64_t number = in.length_encoded();
    name = number == 0 ? take_text(in) : columns[number - 1].name;
  }
  return key;
}

}  // namespace

size_t TablePacker::number_of(const std::string& collation) {
  const auto [known, is_new] = numbers_.emplace(collation, collations_.size());
  if (is_new) collations_.push_back(collation);
  return known->second;
}

std::string TablePacker::pack(const DeclaredTable& table) {
  std::string out;
  out.push_back(static_cast<char>((table.hidden_versioning ? kHiddenVersioning : 0) |
                                  (table.sequence ? kSequence : 0)));
  put_number(number_of(table.collation), out);
  put_number(table.columns.size(), out);
  for (const DeclaredColumn& column : table.columns) {
    const unsigned flags = flags_of(column);
    out.push_back(static_cast<char>(column.type));
    put_number(flags, out);
    put_text(column.name, out);
    if ((flags & kHasLength) != 0) put_number(*column.length, out);
    if ((flags & kHasScale) != 0) out.push_back(static_cast<char>(column.scale));
    if ((flags & kHasCollation) != 0) put_number(number_of(column.collation), out);
    if ((flags & kHasLabels) != 0) put_labels(column.labels, out);
    if ((flags & kHasGeometry) != 0) out.push_back(static_cast<char>(column.geometry_type));
  }
  put_number(table.keys.size(), out);
  for (const DeclaredKey& key : table.keys) put_key(key, table.columns, out);
  out.shrink_to_fit();
  return out;
}

DeclaredTable TablePacker::unpack(model::TableId id, std::string_view packed) const {
  ByteReader in(std::as_bytes(std::span(packed)));
  DeclaredTable table{.id = std::move(id)};
  const unsigned table_flags = in.u8();
  table.hidden_versioning = (table_flags & kHiddenVersioning) != 0;
  table.sequence = (table_flags & kSequence) != 0;
  table.collation = collations_[in.length_encoded()];
  table.columns.resize(in.length_encoded());
  for (DeclaredColumn& column : table.columns) {
    column.type = static_cast<model::SqlType>(in.u8());
    const uint64_t flags = in.length_encoded();
    const auto has = [&](ColumnFlag flag) { return (flags & flag) != 0; };
    column.name = take_text(in);
    if (has(kHasLength)) column.length = static_cast<uint32_t>(in.length_encoded());
    if (has(kHasScale)) column.scale = in.u8();
    if (has(kHasCollation)) column.collation = collations_[in.length_encoded()];
    if (has(kHasLabels)) column.labels = take_labels(in);
    if (has(kHasGeometry)) column.geometry_type = static_cast<model::GeometryType>(in.u8());
    column.nullable = has(kNullable);
    column.is_unsigned = has(kUnsigned);
    column.auto_increment = has(kAutoIncrement);
    column.zerofill = has(kZerofill);
    column.invisible = has(kInvisible);
    column.compressed = has(kCompressed);
    column.labels_doubtful = has(kLabelsDoubtful);
    if (has(kVirtual)) column.generated = model::Generated::kVirtual;
    if (has(kStored)) column.generated = model::Generated::kStored;
  }
  const uint64_t keys = in.length_encoded();
  for (uint64_t i = 0; i < keys; ++i) table.keys.push_back(take_key(in, table.columns));
  assert(in.at_end() && !in.failed());
  return table;
}

}  // namespace rowmill::schema
