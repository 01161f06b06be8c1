// SPDX-License-Identifier: Apache-2.0
#include "kafka/offsets_admin.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <tuple>

#include "kafka/kafka_record_sink.h"
#include "kafka/topic_reader.h"

namespace rowmill::kafka {
namespace {

using base::Result;

OffsetKey key_of(const KafkaSettings& settings) {
  return {settings.connector, settings.topic_prefix};
}

std::string writer_name() {
  std::array<char, 256> host{};
  gethostname(host.data(), host.size() - 1);
  return std::string("offsets-set:") + host.data() + ":" + std::to_string(getpid());
}

/// Within a partition the later record counts; between partitions time decides.
bool is_newer(const TopicRecord& record, const OffsetEntry& than) {
  if (record.partition == than.partition) return record.offset > than.offset;
  return std::tie(record.timestamp_ms, record.offset) > std::tie(than.timestamp_ms, than.offset);
}

void note(std::vector<OffsetEntry>& entries, const TopicRecord& record) {
  auto key = decode_offset_key(record.key);
  if (!key) return;
  auto entry = std::find_if(entries.begin(), entries.end(),
                            [&](const OffsetEntry& known) { return known.key == *key; });
  if (entry == entries.end()) {
    entry = entries.insert(entry, OffsetEntry{.key = std::move(*key), .offset = -1});
    entry->partition = record.partition;
  }
  entry->spellings.emplace(record.partition, record.key);
  if (!is_newer(record, *entry)) return;
  entry->value = record.value ? std::optional<std::string>(*record.value) : std::nullopt;
  entry->partition = record.partition;
  entry->offset = record.offset;
  entry->timestamp_ms = record.timestamp_ms;
}

std::optional<OffsetEntry> find(std::vector<OffsetEntry> entries, const OffsetKey& key) {
  for (OffsetEntry& entry : entries) {
    if (entry.key == key) return std::move(entry);
  }
  return std::nullopt;
}

/// The connector's record as it is now that `sink` leads and nobody else can add to it.
Result<std::optional<OffsetEntry>> current(const KafkaSettings& settings,
                                           const std::stop_token& stop) {
  ROWMILL_ASSIGN(auto entries, list_offsets(settings, stop));
  return find(std::move(entries), key_of(settings));
}

}  // namespace

Result<std::vector<OffsetEntry>> list_offsets(const KafkaSettings& settings, std::stop_token stop) {
  std::vector<OffsetEntry> entries;
  ROWMILL_ASSIGN(const TopicReader topic,
                 TopicReader::open(settings, settings.offsets_topic, stop));
  const auto visit = [&](const TopicRecord& record) -> Result<void> {
    note(entries, record);
    return {};
  };
  ROWMILL_TRY(topic.read(visit, stop));
  std::sort(entries.begin(), entries.end(), [](const OffsetEntry& a, const OffsetEntry& b) {
    return std::tie(a.key.connector, a.key.server) < std::tie(b.key.connector, b.key.server);
  });
  return entries;
}

Result<void> set_offset(const KafkaSettings& settings, const model::SourceOffset& offset,
                        std::stop_token stop) {
  KafkaRecordSink sink(settings);
  ROWMILL_TRY(sink.lead(stop));
  ROWMILL_ASSIGN(const auto before, current(settings, stop));
  connect::StoredOffset stored{offset, writer_name(), 1};
  if (before && before->value) {
    // What cannot be read is what the user is about to replace.
    if (const auto old = decode_offset_value(*before->value); old.ok()) {
      stored.transaction_sequence = old->transaction_sequence + 1;
    }
  }
  ROWMILL_TRY(sink.begin());
  ROWMILL_TRY(sink.send_offset(stored));
  return sink.commit(stop);
}

Result<void> reset_offset(const KafkaSettings& settings, std::stop_token stop) {
  KafkaRecordSink sink(settings);
  ROWMILL_TRY(sink.lead(stop));
  ROWMILL_ASSIGN(const auto before, current(settings, stop));
  if (!before) return {};
  ROWMILL_TRY(sink.begin());
  for (const auto& [partition, key] : before->spellings) {
    ROWMILL_TRY(sink.send_to_offsets_topic(partition, key, std::nullopt));
  }
  return sink.commit(stop);
}

}  // namespace rowmill::kafka
