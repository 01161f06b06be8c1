// SPDX-License-Identifier: Apache-2.0
#include "source/event_place.h"

#include <utility>

namespace rowmill::source {

uint64_t EventLocator::widen(uint32_t log_pos) const {
  constexpr uint64_t kWrap = uint64_t{1} << 32;
  const uint64_t same_turn = (next_.offset & ~(kWrap - 1)) | log_pos;
  return same_turn >= next_.offset ? same_turn : same_turn + kWrap;
}

EventPlace EventLocator::locate_artificial(const binlog::Event& event) {
  // Sent after groups that we have already: only by these do positions jump.
  if (event.header.log_pos != 0) next_.offset = widen(event.header.log_pos);
  return {next_.file, next_.offset, next_.offset};
}

EventPlace EventLocator::locate(const binlog::Event& event) {
  const bool artificial = (event.header.flags & binlog::EventHeader::kArtificial) != 0;
  if (const auto* rotate = std::get_if<binlog::Rotate>(&event.body)) {
    previous_file_ = std::exchange(next_.file, std::string(rotate->file));
    const uint64_t begin = std::exchange(next_.offset, rotate->position);
    return {previous_file_, begin, artificial ? begin : begin + event.header.size};
  }
  if (const auto* heartbeat = std::get_if<binlog::Heartbeat>(&event.body)) {
    if (heartbeat->file == next_.file && heartbeat->position > next_.offset) {
      next_.offset = heartbeat->position;
    }
    return {next_.file, next_.offset, next_.offset};
  }
  if (artificial) return locate_artificial(event);
  // A dump from the middle of a file repeats what heads it and lies elsewhere.
  const bool heads_file = std::holds_alternative<binlog::FormatDescription>(event.body) ||
                          event.header.type == binlog::EventType::kStartEncryption;
  if (heads_file && (event.header.log_pos == 0 || event.header.log_pos < next_.offset)) {
    return {next_.file, next_.offset, next_.offset};
  }

  const uint64_t end =
      event.header.log_pos != 0 ? widen(event.header.log_pos) : next_.offset + event.header.size;
  next_.offset = end;
  return {next_.file, end - event.header.size, end};
}

}  // namespace rowmill::source
