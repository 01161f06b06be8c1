// SPDX-License-Identifier: Apache-2.0
#include "kafka/kafka_schema_history.h"

#include <algorithm>
#include <functional>

#include "base/log.h"
#include "kafka/client.h"
#include "kafka/client_properties.h"
#include "kafka/topic_config.h"
#include "kafka/topics.h"

namespace rowmill::kafka {
namespace {

using base::Error;
using base::ErrorKind;
using base::Result;

/// A change of many tables is cut into records of about this size: brokers refuse large ones.
constexpr size_t kPastRecordBytes = size_t{256} * 1024;
constexpr size_t kLongestSql = 1000;

/// About what a definition takes as JSON.
size_t json_size(const std::optional<model::DeclaredTable>& table) {
  size_t size = 100;
  if (!table) return size;
  for (const model::DeclaredColumn& column : table->columns) {
    size += 60 + column.name.size() + column.collation.size();
    for (const std::string& label : column.labels) size += 4 + label.size();
  }
  for (const model::DeclaredKey& key : table->keys) size += 60 + 20 * key.columns.size();
  return size;
}

/// The begin of `sql`, not cut within a character.
std::string begin_of(const std::string& sql) {
  if (sql.size() <= kLongestSql) return sql;
  size_t end = kLongestSql;
  while (end > 0 && (static_cast<unsigned char>(sql[end]) & 0xc0) == 0x80) --end;
  return sql.substr(0, end);
}

/// How far a history has come after `change`. Places of statements follow each other; the catalog
/// shows a place where the stream has yet to come.
HistoryEnd end_after(const std::optional<HistoryEnd>& end, const model::SchemaChange& change,
                     const HistoryPlace& at) {
  HistoryEnd next{.at = at};
  if (end) next.ahead = end->ahead ? end->ahead : end->at;
  if (next.ahead &&
      is_at_or_before(next.ahead->position, at.position).value_or(change.sql.empty())) {
    next.ahead.reset();
  }
  return next;
}

Result<void> check_policy(const std::map<std::string, TopicConfig>& configs,
                          const std::string& topic, const std::string& wanted) {
  const auto config = configs.find(topic);
  if (config == configs.end()) return {};
  const auto policy = config->second.find("cleanup.policy");
  if (policy == config->second.end() || policy->second == wanted) return {};
  return Error(ErrorKind::kConfig, "Topic " + topic + " has cleanup.policy=" + policy->second +
                                       ", the schema history needs " + wanted)
      .with_remedy(
          "Name another topic in schema.history.internal.kafka.topic, or if nothing else uses it, "
          "kafka-configs.sh --alter --entity-type topics --entity-name " +
          topic + " --add-config cleanup.policy=" + wanted);
}

}  // namespace

KafkaSchemaHistory::KafkaSchemaHistory(KafkaSettings settings)
    : settings_(std::move(settings)), past_topic_(settings_.past_topic()) {}

Result<void> KafkaSchemaHistory::start_over(connect::RecordBatch& batch, std::stop_token stop) {
  begins_ = true;
  ROWMILL_ASSIGN(const auto definitions, DefinitionsTopic::scan(settings_, std::move(stop)));
  definitions.each_key(
      [&](const std::string& key) { append_definition(key, std::nullopt, batch); });
  if (definitions.head()) {
    append_definition(encode_history_key({settings_.connector}), std::nullopt, batch);
  }
  return {};
}

Result<void> KafkaSchemaHistory::create_topics(std::stop_token stop) {
  ClientEvents events(settings_.log);
  ROWMILL_ASSIGN(ConfigHandle config, make_config(settings_, ClientRole::kConsumer));
  ROWMILL_ASSIGN(const ClientHandle client,
                 open_client(std::move(config), RD_KAFKA_CONSUMER, events));
  for (const std::string& topic : {settings_.history_topic, past_topic_}) {
    ROWMILL_TRY(ensure_topic(client.get(), settings_, topic, stop));
  }
  return {};
}

Result<void> KafkaSchemaHistory::check_topics(std::stop_token stop) {
  ROWMILL_ASSIGN(const auto configs,
                 read_topic_configs(settings_, {settings_.history_topic, past_topic_}, stop));
  ROWMILL_TRY(check_policy(configs, settings_.history_topic, "compact"));
  ROWMILL_TRY(check_policy(configs, past_topic_, "delete"));
  return {};
}

Result<void> KafkaSchemaHistory::read(const model::SourceOffset& offset, const Visit& visit,
                                      std::stop_token stop) {
  end_.reset();
  keys_.clear();
  corrections_.clear();
  if (!topics_checked_) ROWMILL_TRY(create_topics(stop));
  ROWMILL_ASSIGN(const auto definitions, DefinitionsTopic::scan(settings_, stop));
  // After the look at the records: nobody should be told to compact a topic that is not ours.
  if (!topics_checked_ && settings_.check_history_topics) ROWMILL_TRY(check_topics(stop));
  topics_checked_ = true;
  if (!definitions.head()) {
    if (!begins_) {
      base::log_warn(
          "no schema history though there is a source offset: definitions are those of the "
          "source's catalog now, and every table map is compared with them",
          {{"connector", settings_.connector}, {"topic", settings_.history_topic}});
    }
    return {};
  }
  if (definitions.size() != definitions.head()->definitions) {
    base::log_warn(
        "the schema history is not whole: records were deleted from its topic; definitions that "
        "it lacks are read from the source's catalog",
        {{"connector", settings_.connector},
         {"topic", settings_.history_topic},
         {"definitions", definitions.size()},
         {"should_be", definitions.head()->definitions}});
  }
  end_ = definitions.head()->end;
  definitions.each_key(
      [&](const std::string& key) { keys_.insert(std::hash<std::string>{}(key)); });
  return visit_definitions(definitions, offset, visit, std::move(stop));
}

Result<void> KafkaSchemaHistory::visit_definitions(const DefinitionsTopic& definitions,
                                                   const model::SourceOffset& offset,
                                                   const Visit& visit, std::stop_token stop) {
  if (is_in_force(*end_, offset)) {
    return definitions.read(
        [&](const std::string&, DefinitionRecord record) { return visit(std::move(record.table)); },
        std::move(stop));
  }
  ROWMILL_ASSIGN(const Unwound unwound, unwind(settings_, *end_, offset, stop));
  std::vector<model::TableId> lost;
  if (!unwound.complete) {
    for (const auto& [id, definition] : unwound.restored) lost.push_back(id);
  }
  const auto show = [&](const std::string& key, DefinitionRecord record) -> Result<void> {
    if (unwound.restored.contains(record.table.id)) return {};
    if (unwound.complete || is_in_force(record.at, offset)) return visit(std::move(record.table));
    // May have been changed since, but what that replaced is not kept any more.
    lost.push_back(record.table.id);
    corrections_.push_back({key, std::nullopt});
    return {};
  };
  ROWMILL_TRY(definitions.read(show, stop));
  ROWMILL_TRY(visit_restored(unwound, visit));
  end_ = unwound.complete ? unwound.end : HistoryEnd{place_at(offset)};
  base::log_info("the schema history was taken back to the source offset",
                 {{"connector", settings_.connector},
                  {"position", model::to_string(offset.position)},
                  {"tables", unwound.restored.size()}});
  warn_of_lost(lost);
  return {};
}

Result<void> KafkaSchemaHistory::visit_restored(const Unwound& unwound, const Visit& visit) {
  for (const auto& [id, definition] : unwound.restored) {
    Correction correction{.key = encode_history_key({settings_.connector, id})};
    if (definition && unwound.complete) {
      // Where it came into force is not known; it has at the last change that was not taken back.
      correction.value = encode_definition(*definition, unwound.end.value_or(HistoryEnd{}).at);
      ROWMILL_TRY(visit(*definition));
    }
    corrections_.push_back(std::move(correction));
  }
  return {};
}

void KafkaSchemaHistory::warn_of_lost(const std::vector<model::TableId>& lost) const {
  if (lost.empty()) return;
  base::log_warn(
      "what these definitions were at the source offset is not kept any more "
      "(schema.history.retention.ms): they are read from the source's catalog",
      {{"connector", settings_.connector},
       {"tables", lost.size()},
       {"first", model::to_string(lost.front())}});
}

void KafkaSchemaHistory::append(const model::SchemaChange& change, connect::RecordBatch& batch) {
  if (change.definitions.empty()) return;
  for (const Correction& correction : std::exchange(corrections_, {})) {
    append_definition(correction.key, correction.value, batch);
  }
  const HistoryPlace at{change.position, change.gtid};
  append_replaced(change, at, batch);
  for (const model::DefinitionChange& definition : change.definitions) {
    const std::string key = encode_history_key({settings_.connector, definition.id});
    if (definition.after) {
      append_definition(key, encode_definition(*definition.after, at), batch);
    } else {
      append_definition(key, std::nullopt, batch);
    }
  }
  end_ = end_after(end_, change, at);
  batch.begin(settings_.history_topic);
  batch.bytes() += encode_history_key({settings_.connector});
  batch.end_key();
  batch.bytes() += encode_head({*end_, keys_.size()});
  batch.end_value();
  batch.end();
}

void KafkaSchemaHistory::append_replaced(const model::SchemaChange& change, const HistoryPlace& at,
                                         connect::RecordBatch& batch) {
  PastRecord record{
      .connector = settings_.connector, .at = at, .previous = end_, .sql = begin_of(change.sql)};
  size_t size = 0;
  for (const model::DefinitionChange& definition : change.definitions) {
    if (size > kPastRecordBytes) {
      append_past(record, batch);
      record.previous = end_after(end_, change, at);
      record.replaced.clear();
      size = 0;
    }
    size += json_size(definition.before);
    record.replaced.push_back({definition.id, definition.before});
  }
  append_past(record, batch);
}

void KafkaSchemaHistory::append_past(const PastRecord& record, connect::RecordBatch& batch) const {
  batch.begin(past_topic_);
  batch.bytes() += encode_past(record);
  batch.end_value();
  batch.end();
}

void KafkaSchemaHistory::append_definition(std::string_view key,
                                           std::optional<std::string_view> value,
                                           connect::RecordBatch& batch) {
  const size_t hash = std::hash<std::string_view>{}(key);
  batch.begin(settings_.history_topic);
  batch.bytes() += key;
  batch.end_key();
  if (value) {
    batch.bytes() += *value;
    batch.end_value();
    keys_.insert(hash);
  } else {
    keys_.erase(hash);
  }
  batch.end();
}

}  // namespace rowmill::kafka
