// SPDX-License-Identifier: Apache-2.0
#include "kafka/declared_table_json.h"

#include <array>
#include <string_view>
#include <utility>

namespace rowmill::kafka {
namespace {

using model::DeclaredColumn;
using model::DeclaredKey;
using model::DeclaredTable;
using model::GeometryType;
using model::SqlType;

template <typename Value>
struct Word {
  Value value;
  std::string_view text;
};

constexpr std::array kTypes = {
    Word<SqlType>{SqlType::kTinyInt, "tinyint"},
    Word<SqlType>{SqlType::kSmallInt, "smallint"},
    Word<SqlType>{SqlType::kMediumInt, "mediumint"},
    Word<SqlType>{SqlType::kInt, "int"},
    Word<SqlType>{SqlType::kBigInt, "bigint"},
    Word<SqlType>{SqlType::kDecimal, "decimal"},
    Word<SqlType>{SqlType::kFloat, "float"},
    Word<SqlType>{SqlType::kDouble, "double"},
    Word<SqlType>{SqlType::kBit, "bit"},
    Word<SqlType>{SqlType::kYear, "year"},
    Word<SqlType>{SqlType::kDate, "date"},
    Word<SqlType>{SqlType::kTime, "time"},
    Word<SqlType>{SqlType::kDateTime, "datetime"},
    Word<SqlType>{SqlType::kTimestamp, "timestamp"},
    Word<SqlType>{SqlType::kChar, "char"},
    Word<SqlType>{SqlType::kVarchar, "varchar"},
    Word<SqlType>{SqlType::kTinyText, "tinytext"},
    Word<SqlType>{SqlType::kText, "text"},
    Word<SqlType>{SqlType::kMediumText, "mediumtext"},
    Word<SqlType>{SqlType::kLongText, "longtext"},
    Word<SqlType>{SqlType::kBinary, "binary"},
    Word<SqlType>{SqlType::kVarbinary, "varbinary"},
    Word<SqlType>{SqlType::kTinyBlob, "tinyblob"},
    Word<SqlType>{SqlType::kBlob, "blob"},
    Word<SqlType>{SqlType::kMediumBlob, "mediumblob"},
    Word<SqlType>{SqlType::kLongBlob, "longblob"},
    Word<SqlType>{SqlType::kEnum, "enum"},
    Word<SqlType>{SqlType::kSet, "set"},
    Word<SqlType>{SqlType::kJson, "json"},
    Word<SqlType>{SqlType::kVector, "vector"},
    Word<SqlType>{SqlType::kUuid, "uuid"},
    Word<SqlType>{SqlType::kInet4, "inet4"},
    Word<SqlType>{SqlType::kInet6, "inet6"},
};

/// Types of their own in a record.
constexpr std::array kGeometries = {
    Word<GeometryType>{GeometryType::kAny, "geometry"},
    Word<GeometryType>{GeometryType::kPoint, "point"},
    Word<GeometryType>{GeometryType::kLineString, "linestring"},
    Word<GeometryType>{GeometryType::kPolygon, "polygon"},
    Word<GeometryType>{GeometryType::kMultiPoint, "multipoint"},
    Word<GeometryType>{GeometryType::kMultiLineString, "multilinestring"},
    Word<GeometryType>{GeometryType::kMultiPolygon, "multipolygon"},
    Word<GeometryType>{GeometryType::kCollection, "geometrycollection"},
};

template <typename Words, typename Value>
std::string_view text_for(const Words& words, Value value) {
  for (const auto& word : words) {
    if (word.value == value) return word.text;
  }
  return {};
}

/// Types that have a collation, the table's unless they say another.
bool has_collation(SqlType type) {
  switch (type) {
    case SqlType::kChar:
    case SqlType::kVarchar:
    case SqlType::kTinyText:
    case SqlType::kText:
    case SqlType::kMediumText:
    case SqlType::kLongText:
    case SqlType::kEnum:
    case SqlType::kSet:
      return true;
    default:
      return false;
  }
}

void write_flag(JsonWriter& writer, std::string_view name, bool value) {
  if (!value) return;
  write_text(writer, name);
  writer.Bool(true);
}

void write_texts(JsonWriter& writer, std::string_view name, const std::vector<std::string>& texts) {
  write_text(writer, name);
  writer.StartArray();
  for (const std::string& text : texts) write_text(writer, text);
  writer.EndArray();
}

void write_column(JsonWriter& writer, const DeclaredColumn& column, std::string_view usual) {
  writer.StartObject();
  write_member(writer, "name", column.name);
  write_member(writer, "type",
               column.type == SqlType::kGeometry ? text_for(kGeometries, column.geometry_type)
                                                 : text_for(kTypes, column.type));
  if (column.length) write_member(writer, "length", *column.length);
  if (column.scale != 0) write_member(writer, "scale", column.scale);
  write_flag(writer, "unsigned", column.is_unsigned);
  write_flag(writer, "zerofill", column.zerofill);
  if (!column.nullable) {
    write_text(writer, "nullable");
    writer.Bool(false);
  }
  if (column.collation != (has_collation(column.type) ? usual : std::string_view())) {
    write_member(writer, "collation", column.collation);
  }
  if (!column.labels.empty()) write_texts(writer, "labels", column.labels);
  if (column.generated != model::Generated::kNo) {
    write_member(writer, "generated",
                 column.generated == model::Generated::kVirtual ? "virtual" : "stored");
  }
  write_flag(writer, "auto_increment", column.auto_increment);
  write_flag(writer, "invisible", column.invisible);
  write_flag(writer, "compressed", column.compressed);
  write_flag(writer, "labels_doubtful", column.labels_doubtful);
  writer.EndObject();
}

void write_key(JsonWriter& writer, const DeclaredKey& key) {
  writer.StartObject();
  write_member(writer, "name", key.name);
  write_texts(writer, "columns", key.columns);
  write_flag(writer, "partial", key.partial);
  write_flag(writer, "hash", key.hash);
  writer.EndObject();
}

/// False for an unknown word.
bool read_type(std::string_view word, DeclaredColumn& column) {
  for (const auto& type : kTypes) {
    if (type.text != word) continue;
    column.type = type.value;
    return true;
  }
  for (const auto& geometry : kGeometries) {
    if (geometry.text != word) continue;
    column.type = SqlType::kGeometry;
    column.geometry_type = geometry.value;
    return true;
  }
  return false;
}

std::vector<std::string> read_texts(MemberReader& members, const char* name, bool required) {
  std::vector<std::string> texts;
  const rapidjson::Value* list = members.list(name, required);
  if (list == nullptr) return texts;
  texts.reserve(list->Size());
  for (const auto& text : list->GetArray()) {
    if (!text.IsString()) members.fail(name, "has an entry that is no string");
    texts.emplace_back(text.IsString() ? text_of(text) : std::string_view());
  }
  return texts;
}

model::Generated read_generated(MemberReader& members) {
  const std::string word = members.text("generated");
  if (word == "virtual") return model::Generated::kVirtual;
  if (word == "stored") return model::Generated::kStored;
  if (!word.empty()) members.fail("generated", "has the unknown word " + word);
  return model::Generated::kNo;
}

DeclaredColumn read_column(MemberReader& members, const std::string& usual) {
  DeclaredColumn column;
  column.name = members.text("name", /*required=*/true);
  if (const std::string word = members.text("type", /*required=*/true); !read_type(word, column)) {
    members.fail("type", "is the unknown word " + word);
  }
  if (members.find("length") != nullptr) column.length = members.number<uint32_t>("length");
  column.scale = members.number<uint8_t>("scale");
  column.is_unsigned = members.flag("unsigned");
  column.zerofill = members.flag("zerofill");
  column.nullable = members.flag("nullable", /*required=*/false, /*otherwise=*/true);
  if (members.find("collation") != nullptr) {
    column.collation = members.text("collation");
  } else if (has_collation(column.type)) {
    column.collation = usual;
  }
  column.labels = read_texts(members, "labels", /*required=*/false);
  column.generated = read_generated(members);
  column.auto_increment = members.flag("auto_increment");
  column.invisible = members.flag("invisible");
  column.compressed = members.flag("compressed");
  column.labels_doubtful = members.flag("labels_doubtful");
  return column;
}

DeclaredKey read_key(MemberReader& members) {
  DeclaredKey key;
  key.name = members.text("name", /*required=*/true);
  key.columns = read_texts(members, "columns", /*required=*/true);
  key.partial = members.flag("partial");
  key.hash = members.flag("hash");
  return key;
}

/// Reads each object of the list `name` with `read`.
template <typename Part, typename Read>
std::vector<Part> read_parts(MemberReader& members, const char* name, Read read) {
  std::vector<Part> parts;
  const rapidjson::Value* list = members.list(name);
  if (list == nullptr) return parts;
  parts.reserve(list->Size());
  for (const auto& entry : list->GetArray()) {
    if (!entry.IsObject()) {
      members.fail(name, "has an entry that is no object");
      return parts;
    }
    MemberReader part(entry);
    parts.push_back(read(part));
    if (part.problem()) {
      members.fail(name, "entry " + std::to_string(parts.size()) + ": " + *part.problem());
      return parts;
    }
  }
  return parts;
}

void write_as_of(JsonWriter& writer, const model::CatalogPlace& place) {
  write_text(writer, "as_of");
  writer.StartObject();
  write_member(writer, "file", place.position.file);
  write_member(writer, "pos", place.position.offset);
  if (place.gtids) write_member(writer, "gtids", model::to_string(*place.gtids));
  writer.EndObject();
}

std::optional<model::CatalogPlace> read_as_of(MemberReader& members) {
  const rapidjson::Value* value = members.find("as_of");
  if (value == nullptr) return std::nullopt;
  model::CatalogPlace place;
  if (!value->IsObject()) {
    members.fail("as_of", "is not a place");
    return place;
  }
  MemberReader parts(*value);
  place.position.file = parts.text("file", /*required=*/true);
  place.position.offset = parts.number<uint64_t>("pos", /*required=*/true);
  if (parts.find("gtids") != nullptr) {
    auto gtids = model::parse_gtid_set(parts.text("gtids"));
    if (gtids.ok()) {
      place.gtids = *std::move(gtids);
    } else {
      parts.fail("gtids", "is not a set of GTIDs");
    }
  }
  if (parts.problem()) members.fail("as_of", "is of no use: " + *parts.problem());
  return place;
}

}  // namespace

void write_declared_table(JsonWriter& writer, const DeclaredTable& table) {
  if (!table.collation.empty()) write_member(writer, "collation", table.collation);
  if (!table.columns.empty()) {
    write_text(writer, "columns");
    writer.StartArray();
    for (const DeclaredColumn& column : table.columns) {
      write_column(writer, column, table.collation);
    }
    writer.EndArray();
  }
  if (!table.keys.empty()) {
    write_text(writer, "keys");
    writer.StartArray();
    for (const DeclaredKey& key : table.keys) write_key(writer, key);
    writer.EndArray();
  }
  write_flag(writer, "hidden_versioning", table.hidden_versioning);
  write_flag(writer, "sequence", table.sequence);
  if (table.as_of) write_as_of(writer, *table.as_of);
}

DeclaredTable read_declared_table(const model::TableId& id, MemberReader& members) {
  DeclaredTable table{.id = id};
  table.collation = members.text("collation");
  table.columns = read_parts<DeclaredColumn>(members, "columns", [&](MemberReader& column) {
    return read_column(column, table.collation);
  });
  table.keys = read_parts<DeclaredKey>(members, "keys", read_key);
  table.hidden_versioning = members.flag("hidden_versioning");
  table.sequence = members.flag("sequence");
  table.as_of = read_as_of(members);
  return table;
}

}  // namespace rowmill::kafka
