// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "connect/offset_store.h"

namespace rowmill::kafka {

/// Key and value of a record of the offsets topic, in Kafka Connect's own layout: JSON without
/// schemas, key ["<connector>",{<source partition>}] (OffsetUtils and OffsetStorageWriter in
/// Kafka's connect/runtime), value in the words of Debezium's MySqlOffsetContext. Stored for years:
/// do not rename anything here.
struct OffsetKey {
  std::string connector;
  /// topic.prefix.
  std::string server;
  bool operator==(const OffsetKey&) const = default;
};

/// The same bytes for equal keys, so that compaction and the partitioner work.
[[nodiscard]] std::string encode_offset_key(const OffsetKey& key);

/// Absent for a key that is not of a MySQL or MariaDB connector: those of other connectors share
/// the topic. Order of names and blanks do not matter.
[[nodiscard]] std::optional<OffsetKey> decode_offset_key(std::string_view bytes);

[[nodiscard]] std::string encode_offset_value(const connect::StoredOffset& offset);

/// Also reads what Debezium wrote. Unknown names are passed over. Errors: kCorrupt, saying what is
/// wrong; kUnsupported for a snapshot that is under way.
base::Result<connect::StoredOffset> decode_offset_value(std::string_view bytes);

}  // namespace rowmill::kafka
