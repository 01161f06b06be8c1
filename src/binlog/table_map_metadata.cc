// SPDX-License-Identifier: Apache-2.0
//
// The optional metadata of a table map: Table_map_event::Optional_metadata_fields in
// libs/mysql/binlog/event/rows_event.h of MySQL 9.7; which columns each list runs over is from the
// bytes of MySQL 9.7 and MariaDB 10.11 and 11.8.

#include <algorithm>
#include <string>
#include <vector>

#include "binlog/internal/event_bodies.h"
#include "model/table.h"

namespace rowmill::binlog {

using base::ByteReader;
using base::Error;
using base::Result;

namespace {

enum MetadataField : uint8_t {
  kSignedness = 1,
  kDefaultCharset = 2,
  kColumnCharset = 3,
  kColumnName = 4,
  kSetLabels = 5,
  kEnumLabels = 6,
  kGeometryType = 7,
  kPrimaryKey = 8,
  kPrimaryKeyWithPrefix = 9,
  kEnumAndSetDefaultCharset = 10,
  kEnumAndSetColumnCharset = 11,
  kVisibility = 12,
  kVectorDimensions = 13,
};

/// The columns that a list runs over.
enum class ColumnClass : uint8_t {
  kAll,
  kNumeric,
  kCharacter,
  kEnumAndSet,
  kEnum,
  kSet,
  kGeometry,
  kVector,
};

/// YEAR counts although it is always unsigned; BIT, ENUM and SET do not.
bool is_numeric(FieldType type) {
  switch (type) {
    case FieldType::kTiny:
    case FieldType::kShort:
    case FieldType::kInt24:
    case FieldType::kLong:
    case FieldType::kLongLong:
    case FieldType::kFloat:
    case FieldType::kDouble:
    case FieldType::kDecimalOld:
    case FieldType::kNewDecimal:
    case FieldType::kYear:
      return true;
    default:
      return false;
  }
}

/// Binary columns count too (collation 63). MariaDB counts GEOMETRY, MySQL does not.
bool is_character(FieldType type, Flavor flavor) {
  switch (type) {
    case FieldType::kVarchar:
    case FieldType::kVarString:
    case FieldType::kString:
    case FieldType::kBlob:
    case FieldType::kVector:
    case FieldType::kMariadbBlobCompressed:
    case FieldType::kMariadbVarcharCompressed:
      return true;
    case FieldType::kGeometry:
      return flavor == Flavor::kMariadb;
    default:
      return false;
  }
}

bool is_in(ColumnClass wanted, FieldType type, Flavor flavor) {
  switch (wanted) {
    case ColumnClass::kAll:
      return true;
    case ColumnClass::kNumeric:
      return is_numeric(type);
    case ColumnClass::kCharacter:
      return is_character(type, flavor);
    case ColumnClass::kEnumAndSet:
      return type == FieldType::kEnum || type == FieldType::kSet;
    case ColumnClass::kEnum:
      return type == FieldType::kEnum;
    case ColumnClass::kSet:
      return type == FieldType::kSet;
    case ColumnClass::kGeometry:
      return type == FieldType::kGeometry;
    case ColumnClass::kVector:
      return type == FieldType::kVector;
  }
  return false;
}

/// Decodes the fields one by one. Every list runs over the columns of its own class, in column
/// order.
class OptionalMetadata {
 public:
  OptionalMetadata(Flavor flavor, TableMap& map) : flavor_(flavor), map_(map) {}

  /// Type 1, length as length-encoded integer, value; in no certain order.
  Result<void> decode(Body fields) {
    map_.has_signedness = is_empty(ColumnClass::kNumeric);
    map_.has_charsets = is_empty(ColumnClass::kCharacter);
    map_.has_names = is_empty(ColumnClass::kAll);
    ByteReader reader(fields);
    while (!reader.at_end()) {
      const uint8_t type = reader.u8();
      ByteReader value(reader.bytes(reader.length_encoded()));
      ROWMILL_TRY(reader.finish_ignoring_rest("optional metadata"));
      decode_field(type, value);
      if (const auto whole = value.finish("optional metadata"); !whole.ok()) {
        return Error(whole.error()).with_context("type " + std::to_string(type));
      }
    }
    return {};
  }

 private:
  void decode_field(uint8_t type, ByteReader& value) {
    switch (type) {
      case kSignedness:
        map_.has_signedness = true;
        return read_bits(value, ColumnClass::kNumeric, &MapColumn::is_unsigned);
      case kDefaultCharset:
        map_.has_charsets = true;
        return read_default_collation(value, ColumnClass::kCharacter);
      case kColumnCharset:
        map_.has_charsets = true;
        return read_collations(value, ColumnClass::kCharacter);
      case kColumnName:
        map_.has_names = true;
        return read_names(value);
      case kSetLabels:
        return read_labels(value, ColumnClass::kSet);
      case kEnumLabels:
        return read_labels(value, ColumnClass::kEnum);
      case kGeometryType:
        return read_geometry_types(value);
      case kPrimaryKey:
        return read_primary_key(value, /*with_prefix=*/false);
      case kPrimaryKeyWithPrefix:
        return read_primary_key(value, /*with_prefix=*/true);
      case kEnumAndSetDefaultCharset:
        return read_default_collation(value, ColumnClass::kEnumAndSet);
      case kEnumAndSetColumnCharset:
        return read_collations(value, ColumnClass::kEnumAndSet);
      case kVisibility:
        return read_bits(value, ColumnClass::kAll, &MapColumn::visible);
      case kVectorDimensions:
        return skip_integers(value, ColumnClass::kVector);
      default:
        value.rest();  // From a newer server; its length lets us leave it out.
    }
  }

  template <typename Action>
  void for_each(ColumnClass wanted, Action action) {
    for (MapColumn& column : map_.columns) {
      if (is_in(wanted, column.type, flavor_)) action(column);
    }
  }

  bool is_empty(ColumnClass wanted) const {
    return std::ranges::none_of(
        map_.columns, [&](const MapColumn& column) { return is_in(wanted, column.type, flavor_); });
  }

  /// One bit for each column, most significant bit first.
  void read_bits(ByteReader& value, ColumnClass wanted, bool MapColumn::*member) {
    unsigned bits = 0;
    unsigned bits_left = 0;
    for_each(wanted, [&](MapColumn& column) {
      if (bits_left == 0) {
        bits = value.u8();
        bits_left = 8;
      }
      column.*member = (bits >> --bits_left & 1) != 0;
    });
  }

  static uint32_t read_collation(ByteReader& value) {
    const uint64_t collation = value.length_encoded();
    if (collation == 0 || collation > 0xffff) value.fail();
    return static_cast<uint32_t>(collation);
  }

  void read_collations(ByteReader& value, ColumnClass wanted) {
    for_each(wanted, [&](MapColumn& column) { column.collation = read_collation(value); });
  }

  /// The collation of most columns, then pairs for the others: index within the class, collation.
  void read_default_collation(ByteReader& value, ColumnClass wanted) {
    std::vector<MapColumn*> columns;
    const uint32_t most = read_collation(value);
    for_each(wanted, [&](MapColumn& column) {
      column.collation = most;
      columns.push_back(&column);
    });
    while (!value.at_end()) {
      const uint64_t index = value.length_encoded();
      const uint32_t collation = read_collation(value);
      if (index >= columns.size()) return value.fail();
      columns[index]->collation = collation;
    }
  }

  static std::string_view read_text(ByteReader& value) {
    return value.text(value.length_encoded());
  }

  void read_names(ByteReader& value) {
    for (MapColumn& column : map_.columns) column.name = read_text(value);
  }

  /// Of each column their number, then the texts.
  void read_labels(ByteReader& value, ColumnClass wanted) {
    for_each(wanted, [&](MapColumn& column) {
      const uint64_t count = value.length_encoded();
      if (count > value.remaining()) return value.fail();
      column.labels.clear();
      column.labels.reserve(count);
      for (uint64_t i = 0; i < count; ++i) column.labels.push_back(read_text(value));
    });
  }

  void read_geometry_types(ByteReader& value) {
    for_each(ColumnClass::kGeometry, [&](MapColumn& column) {
      const uint64_t type = value.length_encoded();
      // One that a newer server may add is some geometry to us.
      constexpr auto kLast = static_cast<uint64_t>(model::GeometryType::kCollection);
      column.geometry_type = type <= kLast ? static_cast<uint8_t>(type) : uint8_t{0};
    });
  }

  /// What the type of the column needs no more once its values are bytes.
  void skip_integers(ByteReader& value, ColumnClass wanted) {
    for_each(wanted, [&](MapColumn&) { value.length_encoded(); });
  }

  /// Indexes over all columns in key order; with_prefix each has the length of its prefix in
  /// characters behind it, 0 for the whole column.
  void read_primary_key(ByteReader& value, bool with_prefix) {
    map_.primary_key.clear();
    while (!value.at_end()) {
      const uint64_t index = value.length_encoded();
      if (with_prefix) value.length_encoded();
      if (index >= map_.columns.size()) return value.fail();
      map_.primary_key.push_back(index);
    }
  }

  Flavor flavor_;
  TableMap& map_;
};

}  // namespace

Result<void> decode_optional_metadata(Body fields, Flavor flavor, TableMap& map) {
  return OptionalMetadata(flavor, map).decode(fields);
}

}  // namespace rowmill::binlog
