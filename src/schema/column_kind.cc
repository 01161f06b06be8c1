// SPDX-License-Identifier: Apache-2.0
#include "schema/column_kind.h"

namespace rowmill::schema {

using binlog::FieldType;
using model::ColumnKind;

namespace {

ColumnKind string_kind(binlog::StringForm form, bool is_bytes) {
  switch (form) {
    case binlog::StringForm::kUuid:
      return ColumnKind::kUuid;
    case binlog::StringForm::kInet4:
      return ColumnKind::kInet4;
    case binlog::StringForm::kInet6:
      return ColumnKind::kInet6;
    case binlog::StringForm::kPlain:
      break;
  }
  return is_bytes ? ColumnKind::kBinary : ColumnKind::kChar;
}

}  // namespace

std::optional<ColumnKind> column_kind(const binlog::MapColumn& column, binlog::StringForm form) {
  const bool is_bytes = column.collation == kBinaryCollation;
  switch (column.type) {
    case FieldType::kTiny:
      return ColumnKind::kTinyInt;
    case FieldType::kShort:
      return ColumnKind::kSmallInt;
    case FieldType::kInt24:
      return ColumnKind::kMediumInt;
    case FieldType::kLong:
      return ColumnKind::kInt;
    case FieldType::kLongLong:
      return ColumnKind::kBigInt;
    case FieldType::kNewDecimal:
      return ColumnKind::kDecimal;
    case FieldType::kFloat:
      return ColumnKind::kFloat;
    case FieldType::kDouble:
      return ColumnKind::kDouble;
    case FieldType::kBit:
      return ColumnKind::kBit;
    case FieldType::kYear:
      return ColumnKind::kYear;
    case FieldType::kDate:
      return ColumnKind::kDate;
    case FieldType::kTime:
    case FieldType::kTime2:
      return ColumnKind::kTime;
    case FieldType::kDateTime:
    case FieldType::kDateTime2:
      return ColumnKind::kDateTime;
    case FieldType::kTimestamp:
    case FieldType::kTimestamp2:
      return ColumnKind::kTimestamp;
    case FieldType::kString:
      return string_kind(form, is_bytes);
    case FieldType::kVarchar:
    case FieldType::kVarString:
    case FieldType::kMariadbVarcharCompressed:
      return is_bytes ? ColumnKind::kVarbinary : ColumnKind::kVarchar;
    case FieldType::kBlob:
    case FieldType::kMariadbBlobCompressed:
      return is_bytes ? ColumnKind::kBlob : ColumnKind::kText;
    case FieldType::kEnum:
      return ColumnKind::kEnum;
    case FieldType::kSet:
      return ColumnKind::kSet;
    case FieldType::kJson:
      return ColumnKind::kJson;
    case FieldType::kGeometry:
      return ColumnKind::kGeometry;
    case FieldType::kVector:
      return ColumnKind::kVector;
    case FieldType::kDecimalOld:
    case FieldType::kNull:
      return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace rowmill::schema
