// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "binlog/event.h"
#include "model/position.h"

namespace rowmill::source {

/// Where an event lies in the binlog: [begin, end) of `file`. The view lives until the next event.
struct EventPlace {
  std::string_view file;
  uint64_t begin = 0;
  uint64_t end = 0;
};

/// Keeps count of where in the binlog the stream is. The wire carries 32 bits of an event's end,
/// and often none: MariaDB since 11.4 writes 0 within transactions, a file may pass 4 GiB,
/// artificial events occupy no bytes. One thread.
class EventLocator {
 public:
  EventLocator() = default;
  explicit EventLocator(model::Position start) : next_(std::move(start)) {}

  /// The place of the next event of the stream. Must see every event, in order.
  EventPlace locate(const binlog::Event& event);

 private:
  /// The 64-bit offset at or after the present one whose low 32 bits are `log_pos`.
  [[nodiscard]] uint64_t widen(uint32_t log_pos) const;
  EventPlace locate_artificial(const binlog::Event& event);

  /// The file of the event before a ROTATE, while that event's place is in use.
  std::string previous_file_;
  model::Position next_;
};

}  // namespace rowmill::source
