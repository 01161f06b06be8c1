// SPDX-License-Identifier: Apache-2.0
#include "kafka/offset_record.h"

#include <utility>

#include "kafka/json_members.h"

namespace rowmill::kafka {
namespace {

using base::Error;
using base::ErrorKind;
using base::Result;

Error corrupt(std::string_view what) {
  return Error(ErrorKind::kCorrupt, "The stored source offset " + std::string(what))
      .with_remedy(
          "Set the offset with `rowmill offsets set`, or remove it with `rowmill offsets "
          "reset`");
}

Result<void> finish(const MemberReader& members) {
  if (members.problem()) return corrupt("is of no use: " + *members.problem());
  return {};
}

void write_prepared(JsonWriter& writer, const std::vector<model::PreparedXa>& prepared) {
  if (prepared.empty()) return;
  write_text(writer, "xa");
  writer.StartArray();
  for (const model::PreparedXa& xa : prepared) {
    writer.StartObject();
    write_member(writer, "xid", xa.xid);
    write_member(writer, "file", xa.begin.file);
    write_member(writer, "pos", xa.begin.offset);
    if (xa.gtid) write_member(writer, "gtid", model::to_string(*xa.gtid));
    write_text(writer, "rows");
    writer.Bool(xa.holds_rows);
    writer.EndObject();
  }
  writer.EndArray();
}

Result<model::PreparedXa> read_prepared(const rapidjson::Value& entry) {
  if (!entry.IsObject()) return corrupt("is of no use: \"xa\" has an entry that is no object");
  MemberReader members(entry);
  model::PreparedXa xa;
  xa.xid = members.text("xid", /*required=*/true);
  xa.begin.file = members.text("file", /*required=*/true);
  xa.begin.offset = members.number<uint64_t>("pos", /*required=*/true);
  xa.holds_rows = members.flag("rows", /*required=*/true);
  const bool has_gtid = members.find("gtid") != nullptr;
  const std::string gtid = members.text("gtid");
  ROWMILL_TRY(finish(members));
  if (has_gtid) {
    auto parsed = model::parse_gtid(gtid);
    if (!parsed.ok()) return corrupt("is of no use: \"gtid\": " + parsed.error().message());
    xa.gtid = std::move(parsed).value();
  }
  return xa;
}

Result<std::vector<model::PreparedXa>> read_all_prepared(const MemberReader& members) {
  std::vector<model::PreparedXa> prepared;
  const rapidjson::Value* list = members.find("xa");
  if (list == nullptr) return prepared;
  if (!list->IsArray()) return corrupt("is of no use: \"xa\" is not a list");
  for (const auto& entry : list->GetArray()) {
    ROWMILL_ASSIGN(auto xa, read_prepared(entry));
    prepared.push_back(std::move(xa));
  }
  return prepared;
}

/// Debezium marks a snapshot under way: "snapshot" is true or its kind, "snapshot_completed" false,
/// and an incremental one keeps its window in "incremental_snapshot_*".
Result<void> refuse_open_snapshot(const MemberReader& members) {
  const auto* snapshot = members.find("snapshot");
  const auto* completed = members.find("snapshot_completed");
  const bool initial = snapshot != nullptr && !snapshot->IsFalse() &&
                       !(snapshot->IsString() && text_of(*snapshot) == "false");
  const bool unfinished = completed != nullptr && completed->IsFalse();
  const bool incremental = members.find("incremental_snapshot_primary_key") != nullptr ||
                           members.find("incremental_snapshot_collections") != nullptr;
  if (!initial && !unfinished && !incremental) return {};
  return Error(ErrorKind::kUnsupported,
               "The stored source offset was written in the middle of a Debezium snapshot")
      .with_remedy(
          "Let Debezium finish the snapshot first, or set a binlog position with `rowmill "
          "offsets set`");
}

}  // namespace

std::string encode_offset_key(const OffsetKey& key) {
  rapidjson::StringBuffer buffer;
  JsonWriter writer(buffer);
  writer.StartArray();
  write_text(writer, key.connector);
  writer.StartObject();
  write_member(writer, "server", key.server);
  writer.EndObject();
  writer.EndArray();
  return {buffer.GetString(), buffer.GetSize()};
}

std::optional<OffsetKey> decode_offset_key(std::string_view bytes) {
  std::string text(bytes);
  rapidjson::Document document;
  document.ParseInsitu<kJsonParseFlags>(text.data());
  if (document.HasParseError() || !document.IsArray() || document.Size() != 2) return std::nullopt;
  const auto& connector = document[0];
  const auto& partition = document[1];
  if (!connector.IsString() || !partition.IsObject() || partition.MemberCount() != 1) {
    return std::nullopt;
  }
  const auto server = partition.FindMember("server");
  if (server == partition.MemberEnd() || !server->value.IsString()) return std::nullopt;
  return OffsetKey{std::string(text_of(connector)), std::string(text_of(server->value))};
}

std::string encode_offset_value(const connect::StoredOffset& stored) {
  const model::SourceOffset& offset = stored.offset;
  rapidjson::StringBuffer buffer;
  JsonWriter writer(buffer);
  writer.StartObject();
  write_text(writer, "ts_sec");
  writer.Int64(offset.timestamp_seconds);
  write_member(writer, "file", offset.position.file);
  write_member(writer, "pos", offset.position.offset);
  // An empty set would not tell of which kind it is; without one, the position says it all.
  const std::string gtids = offset.gtids ? model::to_string(*offset.gtids) : std::string();
  if (!gtids.empty()) write_member(writer, "gtids", gtids);
  write_member(writer, "server_id", offset.server_id);
  if (offset.events != 0) write_member(writer, "event", offset.events);
  if (offset.rows != 0) write_member(writer, "row", offset.rows);
  write_prepared(writer, offset.prepared);
  write_member(writer, "writer", stored.writer);
  write_member(writer, "txn_seq", stored.transaction_sequence);
  writer.EndObject();
  return {buffer.GetString(), buffer.GetSize()};
}

Result<connect::StoredOffset> decode_offset_value(std::string_view bytes) {
  std::string text(bytes);
  rapidjson::Document document;
  document.ParseInsitu<kJsonParseFlags>(text.data());
  if (document.HasParseError()) {
    return corrupt(parse_problem(document));
  }
  if (!document.IsObject()) return corrupt("is not a JSON object");

  MemberReader members(document);
  ROWMILL_TRY(refuse_open_snapshot(members));
  connect::StoredOffset stored;
  model::SourceOffset& offset = stored.offset;
  offset.timestamp_seconds = members.number<int64_t>("ts_sec");
  offset.position.file = members.text("file", /*required=*/true);
  offset.position.offset = members.number<uint64_t>("pos", /*required=*/true);
  const bool has_gtids = members.find("gtids") != nullptr;
  const std::string gtids = members.text("gtids");
  offset.server_id = members.number<uint32_t>("server_id");
  offset.events = members.number<uint64_t>("event");
  offset.rows = members.number<uint64_t>("row");
  stored.writer = members.text("writer");
  stored.transaction_sequence = members.number<uint64_t>("txn_seq");
  ROWMILL_TRY(finish(members));
  ROWMILL_ASSIGN(offset.prepared, read_all_prepared(members));
  if (has_gtids) {
    auto set = model::parse_gtid_set(gtids);
    if (!set.ok()) return corrupt("is of no use: \"gtids\": " + set.error().message());
    offset.gtids = std::move(set).value();
  }
  return stored;
}

}  // namespace rowmill::kafka
