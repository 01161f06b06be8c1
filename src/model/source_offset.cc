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

}  // namespace

void apply(SourceOffset& offset, const OffsetAdvance& advance) {
  offset.position = advance.position;
  merge_completed(offset.gtids, advance.completed);
  offset.events = advance.events;
  offset.rows = advance.rows;
  offset.server_id = advance.server_id;
  offset.timestamp_seconds = advance.timestamp_seconds;
}

void join(OffsetAdvance& advance, const OffsetAdvance& later) {
  advance.position = later.position;
  merge_completed(advance.completed, later.completed);
  advance.events = later.events;
  advance.rows = later.rows;
  advance.server_id = later.server_id;
  advance.timestamp_seconds = later.timestamp_seconds;
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
