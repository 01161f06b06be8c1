// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <stop_token>

#include "base/result.h"
#include "kafka/definition_record.h"
#include "kafka/kafka_settings.h"
#include "model/declared_table.h"
#include "model/source_offset.h"

namespace rowmill::kafka {

/// A history without the changes that were taken back.
struct Unwound {
  /// How far it has come without the last ones of them; absent: none is left.
  std::optional<HistoryEnd> end = std::nullopt;
  /// The definitions that are other ones without them; absent: there was none, or it was not known.
  std::map<model::TableId, std::optional<model::DeclaredTable>> restored = {};
  /// False: older changes are not kept any more, so that `restored` is not what was in force.
  bool complete = true;
};

/// Takes back the changes of settings.connector up to `end` that are not in force at `offset`.
/// Follows the changes from each to the one before it, since the topic also holds those that were
/// taken back earlier. Errors: kCorrupt with the place and a remedy, those of TopicReader.
base::Result<Unwound> unwind(const KafkaSettings& settings, const HistoryEnd& end,
                             const model::SourceOffset& offset, std::stop_token stop);

}  // namespace rowmill::kafka
