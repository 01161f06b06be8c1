// SPDX-License-Identifier: Apache-2.0
#include "kafka/definition_record.h"

#include <utility>

#include "kafka/declared_table_json.h"
#include "kafka/json_members.h"

namespace rowmill::kafka {
namespace {

using base::Error;
using base::ErrorKind;
using base::Result;

constexpr uint64_t kVersion = 1;

constexpr const char* kRemedy =
    "Delete both topics of the schema history, or name others in "
    "schema.history.internal.kafka.topic: the definitions are then read from the source's catalog";

Error corrupt(const std::string& what) {
  return Error(ErrorKind::kCorrupt, "The record of the schema history " + what)
      .with_remedy(kRemedy);
}

std::string take(const rapidjson::StringBuffer& buffer) {
  return {buffer.GetString(), buffer.GetSize()};
}

void write_place(JsonWriter& writer, std::string_view name, const HistoryPlace& place) {
  write_text(writer, name);
  writer.StartObject();
  write_member(writer, "file", place.position.file);
  write_member(writer, "pos", place.position.offset);
  if (!place.gtid.empty()) write_member(writer, "gtid", place.gtid);
  writer.EndObject();
}

void begin_value(JsonWriter& writer, const HistoryPlace& at) {
  writer.StartObject();
  write_member(writer, "v", kVersion);
  write_place(writer, "at", at);
}

HistoryPlace read_place(MemberReader& members, const char* name, bool required) {
  HistoryPlace place;
  const rapidjson::Value* value = members.find(name);
  if (value == nullptr || !value->IsObject()) {
    if (value != nullptr || required) members.fail(name, "is not a place");
    return place;
  }
  MemberReader parts(*value);
  place.position.file = parts.text("file", /*required=*/true);
  place.position.offset = parts.number<uint64_t>("pos", /*required=*/true);
  place.gtid = parts.text("gtid");
  if (parts.problem()) members.fail(name, "is of no use: " + *parts.problem());
  return place;
}

/// `name` and `ahead` are of one end.
HistoryEnd read_end(MemberReader& members, const char* name, const char* ahead) {
  HistoryEnd end{.at = read_place(members, name, /*required=*/true)};
  if (members.find(ahead) != nullptr) end.ahead = read_place(members, ahead, /*required=*/true);
  return end;
}

/// Parses a value, checks its version and hands its members to `read`.
template <typename Record, typename Read>
Result<Record> decode(std::string_view bytes, Read read) {
  std::string text(bytes);
  rapidjson::Document document;
  document.ParseInsitu<kJsonParseFlags>(text.data());
  if (document.HasParseError()) return corrupt(parse_problem(document));
  if (!document.IsObject()) return corrupt("is not a JSON object");
  MemberReader members(document);
  if (const auto version = members.number<uint64_t>("v", /*required=*/true); version > kVersion) {
    return Error(ErrorKind::kConfig, "The record of the schema history has the form " +
                                         std::to_string(version) + " of a later Rowmill")
        .with_remedy("Run that release or a later one.");
  }
  Record record = read(members);
  if (members.problem()) return corrupt("is of no use: " + *members.problem());
  return record;
}

ReplacedDefinition read_replaced(MemberReader& members) {
  ReplacedDefinition replaced;
  replaced.id.database = members.text("database", /*required=*/true);
  replaced.id.table = members.text("table");
  const rapidjson::Value* definition = members.find("definition");
  if (definition == nullptr) return replaced;
  if (!definition->IsObject()) {
    members.fail("definition", "is not an object");
    return replaced;
  }
  MemberReader parts(*definition);
  replaced.definition = read_declared_table(replaced.id, parts);
  if (parts.problem()) members.fail("definition", "is of no use: " + *parts.problem());
  return replaced;
}

}  // namespace

bool is_in_force(const HistoryEnd& end, const model::SourceOffset& offset) {
  return is_in_force(end.at, offset) && (!end.ahead || is_in_force(*end.ahead, offset));
}

std::string encode_history_key(const HistoryKey& key) {
  rapidjson::StringBuffer buffer;
  JsonWriter writer(buffer);
  writer.StartObject();
  write_member(writer, "connector", key.connector);
  if (key.id) {
    write_member(writer, "database", key.id->database);
    write_member(writer, "table", key.id->table);
  }
  writer.EndObject();
  return take(buffer);
}

std::optional<HistoryKey> decode_history_key(std::string_view bytes) {
  std::string text(bytes);
  rapidjson::Document document;
  document.ParseInsitu<kJsonParseFlags>(text.data());
  if (document.HasParseError() || !document.IsObject()) return std::nullopt;
  MemberReader members(document);
  HistoryKey key{.connector = members.text("connector", /*required=*/true)};
  if (document.MemberCount() == 3) {
    key.id.emplace(members.text("database", /*required=*/true));
    key.id->table = members.text("table", /*required=*/true);
  } else if (document.MemberCount() != 1) {
    return std::nullopt;
  }
  if (members.problem()) return std::nullopt;
  return key;
}

std::string encode_definition(const model::DeclaredTable& table, const HistoryPlace& at) {
  rapidjson::StringBuffer buffer;
  JsonWriter writer(buffer);
  begin_value(writer, at);
  write_declared_table(writer, table);
  writer.EndObject();
  return take(buffer);
}

Result<DefinitionRecord> decode_definition(const model::TableId& id, std::string_view bytes) {
  return decode<DefinitionRecord>(bytes, [&](MemberReader& members) {
    DefinitionRecord record;
    record.at = read_place(members, "at", /*required=*/true);
    record.table = read_declared_table(id, members);
    return record;
  });
}

std::string encode_head(const HistoryHead& head) {
  rapidjson::StringBuffer buffer;
  JsonWriter writer(buffer);
  begin_value(writer, head.end.at);
  if (head.end.ahead) write_place(writer, "ahead", *head.end.ahead);
  write_member(writer, "definitions", head.definitions);
  writer.EndObject();
  return take(buffer);
}

Result<HistoryHead> decode_head(std::string_view bytes) {
  return decode<HistoryHead>(bytes, [](MemberReader& members) {
    HistoryHead head;
    head.end = read_end(members, "at", "ahead");
    head.definitions = members.number<uint64_t>("definitions", /*required=*/true);
    return head;
  });
}

std::string encode_past(const PastRecord& record) {
  rapidjson::StringBuffer buffer;
  JsonWriter writer(buffer);
  begin_value(writer, record.at);
  write_member(writer, "connector", record.connector);
  if (record.previous) {
    write_place(writer, "previous", record.previous->at);
    if (record.previous->ahead) write_place(writer, "previous_ahead", *record.previous->ahead);
  }
  if (!record.sql.empty()) write_member(writer, "sql", record.sql);
  write_text(writer, "replaced");
  writer.StartArray();
  for (const ReplacedDefinition& replaced : record.replaced) {
    writer.StartObject();
    write_member(writer, "database", replaced.id.database);
    write_member(writer, "table", replaced.id.table);
    if (replaced.definition) {
      write_text(writer, "definition");
      writer.StartObject();
      write_declared_table(writer, *replaced.definition);
      writer.EndObject();
    }
    writer.EndObject();
  }
  writer.EndArray();
  writer.EndObject();
  return take(buffer);
}

Result<PastRecord> decode_past(std::string_view bytes) {
  return decode<PastRecord>(bytes, [](MemberReader& members) {
    PastRecord record;
    record.connector = members.text("connector", /*required=*/true);
    record.at = read_place(members, "at", /*required=*/true);
    if (members.find("previous") != nullptr) {
      record.previous = read_end(members, "previous", "previous_ahead");
    }
    record.sql = members.text("sql");
    const rapidjson::Value* list = members.list("replaced", /*required=*/true);
    for (rapidjson::SizeType i = 0; list != nullptr && i < list->Size(); ++i) {
      if (!(*list)[i].IsObject()) {
        members.fail("replaced", "has an entry that is no object");
        break;
      }
      MemberReader entry((*list)[i]);
      record.replaced.push_back(read_replaced(entry));
      if (entry.problem()) members.fail("replaced", "is of no use: " + *entry.problem());
    }
    return record;
  });
}

}  // namespace rowmill::kafka
