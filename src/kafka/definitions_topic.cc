// SPDX-License-Identifier: Apache-2.0
#include "kafka/definitions_topic.h"

#include <utility>

namespace rowmill::kafka {

using base::Error;
using base::ErrorKind;
using base::Result;

DefinitionsTopic::DefinitionsTopic(const KafkaSettings& settings, TopicReader topic)
    : connector_(settings.connector),
      topic_name_(settings.history_topic),
      topic_(std::move(topic)) {}

Result<DefinitionsTopic> DefinitionsTopic::scan(const KafkaSettings& settings,
                                                std::stop_token stop) {
  ROWMILL_ASSIGN(TopicReader topic, TopicReader::open(settings, settings.history_topic, stop));
  DefinitionsTopic definitions(settings, std::move(topic));
  ROWMILL_TRY(definitions.topic_.read(
      [&](const TopicRecord& record) { return definitions.note(record); }, stop));
  if (!definitions.head_ && !definitions.latest_.empty()) {
    return Error(ErrorKind::kCorrupt, "Topic " + settings.history_topic + " has definitions of " +
                                          settings.connector + " without the record beside them")
        .with_remedy(
            "Delete both topics of the schema history: the definitions are then read from the "
            "source's catalog.");
  }
  return definitions;
}

Error DefinitionsTopic::foreign(const TopicRecord& record) const {
  return Error(ErrorKind::kConfig, "Rowmill did not write the record at " +
                                       place_of(topic_name_, record.partition, record.offset))
      .with_remedy(
          "Name a topic of its own in schema.history.internal.kafka.topic; what Debezium keeps in "
          "its schema history is of no use here.");
}

Result<void> DefinitionsTopic::note(const TopicRecord& record) {
  const auto key = decode_history_key(record.key);
  if (!key) return foreign(record);
  if (key->connector != connector_) return {};
  if (key->id) {
    if (record.value) {
      latest_.insert_or_assign(std::string(record.key), Latest{record.partition, record.offset});
    } else {
      latest_.erase(std::string(record.key));
    }
    return {};
  }
  head_.reset();
  if (!record.value) return {};
  auto head = decode_head(*record.value);
  if (!head.ok()) {
    return std::move(head).error().with_context(
        place_of(topic_name_, record.partition, record.offset));
  }
  head_ = *std::move(head);
  return {};
}

void DefinitionsTopic::each_key(const std::function<void(const std::string&)>& visit) const {
  for (const auto& [key, latest] : latest_) visit(key);
}

Result<void> DefinitionsTopic::read(
    const std::function<Result<void>(const std::string& key, DefinitionRecord)>& visit,
    std::stop_token stop) const {
  if (latest_.empty()) return {};
  const auto show = [&](const TopicRecord& record) -> Result<void> {
    const auto found = latest_.find(std::string(record.key));
    if (found == latest_.end() || found->second.offset != record.offset ||
        found->second.partition != record.partition) {
      return {};
    }
    const auto key = decode_history_key(record.key);
    auto definition = decode_definition(*key->id, record.value.value_or(""));
    if (!definition.ok()) {
      return std::move(definition)
          .error()
          .with_context("table " + model::to_string(*key->id))
          .with_context(place_of(topic_name_, record.partition, record.offset));
    }
    return visit(found->first, *std::move(definition));
  };
  return topic_.read(show, std::move(stop));
}

}  // namespace rowmill::kafka
