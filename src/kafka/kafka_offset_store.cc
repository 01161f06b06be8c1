// SPDX-License-Identifier: Apache-2.0
#include "kafka/kafka_offset_store.h"

#include "kafka/offset_record.h"
#include "kafka/offsets_admin.h"
#include "kafka/topic_reader.h"

namespace rowmill::kafka {

base::Result<std::optional<connect::StoredOffset>> KafkaOffsetStore::read(std::stop_token stop) {
  const OffsetKey ours{settings_.connector, settings_.topic_prefix};
  ROWMILL_ASSIGN(const auto entries, list_offsets(settings_, stop));
  for (const OffsetEntry& entry : entries) {
    if (entry.key != ours) continue;
    if (!entry.value) return std::optional<connect::StoredOffset>();
    auto stored = decode_offset_value(*entry.value);
    if (!stored.ok()) {
      return std::move(stored).error().with_context(
          place_of(settings_.offsets_topic, entry.partition, entry.offset));
    }
    return std::optional(std::move(stored).value());
  }
  return std::optional<connect::StoredOffset>();
}

}  // namespace rowmill::kafka
