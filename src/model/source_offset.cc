// SPDX-License-Identifier: Apache-2.0
#include "model/source_offset.h"

#include <algorithm>

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

/// True if it was there.
bool erase_xid(std::vector<PreparedXa>& prepared, std::string_view xid) {
  return std::erase_if(prepared, [&](const PreparedXa& xa) { return xa.xid == xid; }) != 0;
}

/// A prepare whose xid is there already stands for a new transaction: the server allows it only
/// after the old one is gone.
void add_prepared(std::vector<PreparedXa>& into, const std::vector<PreparedXa>& later) {
  for (const PreparedXa& xa : later) {
    erase_xid(into, xa.xid);
    into.push_back(xa);
  }
}

}  // namespace

void apply(SourceOffset& offset, const OffsetAdvance& advance) {
  move_to(offset, advance);
  merge_completed(offset.gtids, advance.completed);
  for (const std::string& xid : advance.decided) erase_xid(offset.prepared, xid);
  add_prepared(offset.prepared, advance.prepared);
}

void join(OffsetAdvance& advance, const OffsetAdvance& later) {
  move_to(advance, later);
  merge_completed(advance.completed, later.completed);
  for (const std::string& xid : later.decided) {
    if (!erase_xid(advance.prepared, xid)) advance.decided.push_back(xid);
  }
  add_prepared(advance.prepared, later.prepared);
}

const PreparedXa* find_prepared(const SourceOffset& offset, std::string_view xid) {
  const auto found = std::ranges::find(offset.prepared, xid, &PreparedXa::xid);
  return found == offset.prepared.end() ? nullptr : &*found;
}

std::string to_string(const SourceOffset& offset) {
  std::string text =
      "file=" + offset.position.file + " pos=" + std::to_string(offset.position.offset);
  if (offset.inside_transaction()) {
    text += " event=" + std::to_string(offset.events) + " row=" + std::to_string(offset.rows);
  }
  if (!offset.prepared.empty()) text += " xa=" + std::to_string(offset.prepared.size());
  if (offset.gtids) text += " gtids=" + to_string(*offset.gtids);
  return text;
}

}  // namespace rowmill::model
