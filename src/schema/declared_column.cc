// SPDX-License-Identifier: Apache-2.0
//
// MySQL manual, "Data Types" and "Silent Column Specification Changes"; what is not there is from
// MySQL 9.7 and MariaDB 10.11 and 11.8 themselves.

#include "schema/declared_column.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace rowmill::schema {

using base::Error;
using base::ErrorKind;
using base::Result;
using model::DeclaredColumn;
using model::SqlType;

namespace {

/// MySQL 8.0.19 gave up display widths but for TINYINT(1) and ZEROFILL.
constexpr uint32_t kWithoutDisplayWidth = 80019;
constexpr uint32_t kDefaultDecimalDigits = 10;
constexpr uint32_t kDefaultVectorDimensions = 2048;
constexpr uint32_t kIntegerCharacters = 11;
/// Beyond this many bytes a VARCHAR becomes a TEXT. Under a strict sql_mode it is an error, which
/// no log shows.
constexpr uint64_t kMostVarcharBytes = 65535;
constexpr uint64_t kMostVarcharBytesMariadb = 65532;

struct SizeClass {
  SqlType text;
  SqlType blob;
  uint64_t most_bytes;
};
constexpr std::array<SizeClass, 4> kSizeClasses = {{
    {SqlType::kTinyText, SqlType::kTinyBlob, 0xff},
    {SqlType::kText, SqlType::kBlob, 0xffff},
    {SqlType::kMediumText, SqlType::kMediumBlob, 0xffffff},
    {SqlType::kLongText, SqlType::kLongBlob, 0xffffffff},
}};

const SizeClass* size_class(SqlType type) {
  const auto* const found = std::ranges::find_if(
      kSizeClasses, [&](const SizeClass& c) { return c.text == type || c.blob == type; });
  return found == kSizeClasses.end() ? nullptr : found;
}

/// The smallest TEXT that holds so many bytes.
SqlType text_for(uint64_t bytes) {
  const auto* const fits =
      std::ranges::find_if(kSizeClasses, [&](const SizeClass& c) { return bytes <= c.most_bytes; });
  return fits == kSizeClasses.end() ? SqlType::kLongText : fits->text;
}

/// What a text type is in the charset of bytes.
SqlType as_bytes(SqlType type) {
  if (type == SqlType::kChar) return SqlType::kBinary;
  if (type == SqlType::kVarchar) return SqlType::kVarbinary;
  return size_class(type)->blob;
}

bool is_labelled(SqlType type) { return type == SqlType::kEnum || type == SqlType::kSet; }

bool is_utf8(const Collation& collation) { return collation.charset.starts_with("utf8"); }

/// ASCII's letters are other bytes there.
bool is_wide(const Collation& collation) {
  return collation.charset == "ucs2" || collation.charset == "utf32" ||
         collation.charset.starts_with("utf16");
}

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// CONVERT TO takes the bytes of labels over as they are (MySQL 9.7, MariaDB 10.11): what they read
/// in the new charset, or whether they read at all, is not what was declared.
bool damages_labels(const Collation& from, const Collation& to,
                    const std::vector<std::string>& labels) {
  if (from.charset == to.charset || (is_utf8(from) && is_utf8(to))) return false;
  return is_wide(from) || is_wide(to) || !std::ranges::all_of(labels, is_ascii);
}

/// The width that SHOW CREATE TABLE gives an integer that was declared without one.
std::optional<uint32_t> usual_width(SqlType type, bool is_unsigned) {
  switch (type) {
    case SqlType::kTinyInt:
      return is_unsigned ? 3U : 4U;
    case SqlType::kSmallInt:
      return is_unsigned ? 5U : 6U;
    case SqlType::kMediumInt:
      return is_unsigned ? 8U : 9U;
    case SqlType::kInt:
      return is_unsigned ? 10U : 11U;
    case SqlType::kBigInt:
      return 20U;
    case SqlType::kYear:
      return 4U;
    default:
      return std::nullopt;
  }
}

std::optional<uint32_t> display_width(const WrittenType& written, const DeclaredColumn& column,
                                      const StatementContext& context) {
  const auto usual = usual_width(column.type, column.is_unsigned);
  const uint32_t width = written.length.value_or(0) == 0 ? *usual : *written.length;
  const bool shown = context.mariadb || context.server_version < kWithoutDisplayWidth;
  if (shown || column.zerofill) return width;
  if (column.type == SqlType::kTinyInt && width == 1 && !column.is_unsigned) return width;
  return std::nullopt;
}

/// Length and scale of types without characters.
void set_size(const WrittenType& written, const StatementContext& context, DeclaredColumn& column) {
  switch (column.type) {
    case SqlType::kTinyInt:
    case SqlType::kSmallInt:
    case SqlType::kMediumInt:
    case SqlType::kInt:
    case SqlType::kBigInt:
    case SqlType::kYear:
      column.length = display_width(written, column, context);
      return;
    case SqlType::kDecimal:
      column.length = written.length.value_or(0) == 0 ? kDefaultDecimalDigits : *written.length;
      column.scale = static_cast<uint8_t>(written.scale.value_or(0));
      return;
    case SqlType::kFloat:
    case SqlType::kDouble:
      column.length = written.length;
      column.scale = static_cast<uint8_t>(written.scale.value_or(0));
      return;
    case SqlType::kDateTime:
    case SqlType::kTime:
    case SqlType::kTimestamp:
      column.scale = static_cast<uint8_t>(written.length.value_or(0));
      return;
    case SqlType::kBit:
      column.length = std::max(written.length.value_or(1), 1U);
      return;
    case SqlType::kBinary:
      column.length = written.length.value_or(1);
      return;
    case SqlType::kVarbinary:
      column.length = written.length;
      return;
    case SqlType::kVector:
      column.length = written.length.value_or(kDefaultVectorDimensions);
      return;
    default:
      return;
  }
}

/// A VARCHAR or VARBINARY that is too long becomes a TEXT or BLOB.
void limit_varchar(uint64_t longest, const StatementContext& context, DeclaredColumn& column) {
  const bool text = column.type == SqlType::kVarchar;
  if (!text && column.type != SqlType::kVarbinary) return;
  const uint64_t bytes = column.length.value_or(0) * longest;
  if (bytes <= (context.mariadb ? kMostVarcharBytesMariadb : kMostVarcharBytes)) return;
  column.type = text ? text_for(bytes) : as_bytes(text_for(bytes));
  column.length.reset();
}

/// TEXT(n) and BLOB(n) hold n characters or bytes.
void choose_size_class(const WrittenType& written, uint64_t longest,
                       const StatementContext& context, DeclaredColumn& column) {
  const bool open = column.type == SqlType::kText || column.type == SqlType::kBlob;
  if (!open || !written.length || (*written.length == 0 && context.mariadb)) return;
  const SqlType text = text_for(*written.length * longest);
  column.type = is_text(column.type) ? text : as_bytes(text);
}

/// How many characters, or bytes, a value may have; for other types as many as it shows.
uint64_t most_characters(const DeclaredColumn& column, const StatementScope& scope) {
  const SizeClass* const size = size_class(column.type);
  if (size == nullptr) return column.length.value_or(kIntegerCharacters);
  const Collation* const collation = scope.collations.find(column.collation);
  return size->most_bytes / (collation == nullptr ? 1 : collation->longest);
}

/// MariaDB's JSON is a LONGTEXT of this charset.
CharsetClause json_charset() {
  CharsetClause clause;
  clause.charset = "utf8mb4";
  clause.binary = true;
  return clause;
}

/// The server cuts trailing blanks off labels of text.
void trim_labels(std::vector<std::string>& labels) {
  for (std::string& label : labels) label.erase(label.find_last_not_of(' ') + 1);
}

Result<const Collation*> collation_of(const WrittenType& type, std::string_view table_collation,
                                      const StatementScope& scope) {
  if (type.json_alias) return scope.collations.choose(json_charset(), {}, scope.context);
  CharsetClause clause = type.charset;
  if (type.national && !clause.charset) clause.charset = "utf8mb3";
  return scope.collations.choose(clause, table_collation, scope.context);
}

bool extends_ascii(std::string_view charset) {
  return charset != "ucs2" && !charset.starts_with("utf16") && charset != "utf32";
}

Result<void> set_text(const WrittenType& written, std::string_view table_collation,
                      const StatementScope& scope, DeclaredColumn& column) {
  auto chosen = collation_of(written, table_collation, scope);
  if (!chosen.ok()) return std::move(chosen).error().with_context("column " + column.name);
  const Collation& collation = **chosen;
  column.collation = collation.name;
  if (is_labelled(column.type)) {
    if (written.labels_in_digits && !extends_ascii(collation.charset)) {
      return Error(
          ErrorKind::kUnsupported,
          "column " + column.name + " has labels written in digits of " + collation.charset);
    }
    if (collation.charset != kBinary) trim_labels(column.labels);
    return {};
  }
  if (column.type == SqlType::kChar) column.length = written.length.value_or(1);
  if (column.type == SqlType::kVarchar) column.length = written.length;
  choose_size_class(written, collation.longest, scope.context, column);
  if (collation.charset == kBinary) {
    column.type = as_bytes(column.type);
    column.collation.clear();
  }
  limit_varchar(collation.longest, scope.context, column);
  return {};
}

/// MySQL manual, "explicit_defaults_for_timestamp"; MariaDB leaves generated columns out of it.
bool is_nullable(const WrittenColumn& column, const StatementContext& context) {
  if (column.row_start_or_end) return false;
  if (column.nullable) return *column.nullable;
  if (column.auto_increment) return false;
  if (column.type.type != SqlType::kTimestamp || context.explicit_defaults_for_timestamp) {
    return true;
  }
  return context.mariadb && column.generated != model::Generated::kNo;
}

}  // namespace

bool is_text(SqlType type) {
  const SizeClass* const size = size_class(type);
  return type == SqlType::kChar || type == SqlType::kVarchar ||
         (size != nullptr && size->text == type);
}

bool is_blob(SqlType type) { return size_class(type) != nullptr; }

Result<DeclaredColumn> declare_column(const WrittenColumn& written,
                                      std::string_view table_collation,
                                      const StatementScope& scope) {
  const WrittenType& type = written.type;
  DeclaredColumn column{
      .name = written.name,
      .type = type.type,
      .is_unsigned = type.is_unsigned || type.zerofill,
      .zerofill = type.zerofill,
      .nullable = is_nullable(written, scope.context),
      .labels = type.labels,
      .geometry_type = type.geometry_type,
      .generated = written.generated,
      .auto_increment = written.auto_increment,
      .invisible = written.invisible,
      .compressed = type.compressed,
  };
  if (is_text(type.type) || is_labelled(type.type)) {
    ROWMILL_TRY(set_text(type, table_collation, scope, column));
    return column;
  }
  set_size(type, scope.context, column);
  choose_size_class(type, 1, scope.context, column);
  limit_varchar(1, scope.context, column);
  return column;
}

void convert_column(const Collation& to, const StatementScope& scope, DeclaredColumn& column) {
  if (column.collation.empty() || column.collation == kBinary) return;
  const Collation* const from = scope.collations.find(column.collation);
  const uint64_t old_longest = from == nullptr ? 1 : from->longest;
  if (size_class(column.type) != nullptr) {
    column.type = text_for(most_characters(column, scope) * to.longest);
  } else if (column.type == SqlType::kVarchar) {
    limit_varchar(to.longest, scope.context, column);
    // MySQL 9.7 forgets to widen what had more than one byte a character.
    const bool forgets = !scope.context.mariadb && old_longest > 1;
    if (forgets && is_blob(column.type)) column.type = SqlType::kText;
  }
  if (is_labelled(column.type) && (from == nullptr || damages_labels(*from, to, column.labels))) {
    column.labels_doubtful = true;
  }
  column.collation = to.name;
  if (to.charset == kBinary && !is_labelled(column.type)) {
    column.type = as_bytes(column.type);
    column.collation.clear();
  }
}

void convert_changed_column(const DeclaredColumn& before, const Collation& to,
                            const StatementScope& scope, DeclaredColumn& column) {
  const SizeClass* const size = size_class(column.type);
  if (scope.context.mariadb || size == nullptr || column.type == SqlType::kLongText) return;
  const SqlType text = text_for(most_characters(before, scope) * to.longest);
  if (size->text == column.type) column.type = text;
}

}  // namespace rowmill::schema
