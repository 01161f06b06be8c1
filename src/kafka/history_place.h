// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "model/position.h"
#include "model/source_offset.h"

namespace rowmill::kafka {

/// Where a change of definitions lies in the stream; see model::SchemaChange.
struct HistoryPlace {
  model::Position position;
  /// A GTID, or a set of them that must all have been read; empty without.
  std::string gtid = {};
  bool operator==(const HistoryPlace&) const = default;
};

/// Whether rows that follow `offset` have what was changed at `place`. GTIDs decide where both have
/// them, since they hold on every server. Without, file and offset do; where those cannot be
/// compared (files of another server), the change counts as in force.
[[nodiscard]] bool is_in_force(const HistoryPlace& place, const model::SourceOffset& offset);

/// Whether `a` lies at `b` or before it in the files of one server; nothing for files of different
/// ones.
[[nodiscard]] std::optional<bool> is_at_or_before(const model::Position& a,
                                                  const model::Position& b);

/// The place at which all that is in force at `offset` is in force.
[[nodiscard]] HistoryPlace place_at(const model::SourceOffset& offset);

}  // namespace rowmill::kafka
