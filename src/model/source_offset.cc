// SPDX-License-Identifier: Apache-2.0
#include "model/source_offset.h"

namespace rowmill::model {

namespace {

void merge_completed(std::optional<GtidSet>& into, const std::optional<GtidSet>& later) {
  if (!later) return;
  if (into) {
    merge(*into, *later);
  } else {
    into = later;
  }
}

/// All but the GTIDs, which the two kinds of place call by different names.
template <typename Place>
void move_to(Place& place, const OffsetAdvance& later) {
  place.position = later.position;
  place.events = later.events;
  place.rows = later.rows;
  place.server_id = later.server_id;
  place.timestamp_seconds = later.timestamp_seconds;
}

}  // namespace

void apply(SourceOffset& offset, const OffsetAdvance& advance) {
  move_to(offset, advance);
  merge_completed(offset.gtids, advance.completed);
}

void join(OffsetAdvance& advance, const OffsetAdvance& later) {
  move_to(advance, later);
  merge_completed(advance.completed, later.completed);
}

std::string to_string(const SourceOffset& offset) {
  std::string text =
      "file=" + offset.position.file + " pos=" + std::to_string(offset.position.offset);
  if (offset.inside_transaction()) {
    text += " event=" + std::to_string(offset.events) + " row=" + std::to_string(offset.rows);
  }
  if (offset.gtids) text += " gtids=" + to_string(*offset.gtids);
  return text;
}

}  // namespace rowmill::model
