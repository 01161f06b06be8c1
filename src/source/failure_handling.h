// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"
#include "source/event_place.h"

namespace rowmill::source {

/// event.processing.failure.handling.mode.
enum class FailureMode : uint8_t { kFail, kWarn, kSkip };

/// What becomes of an event of a captured table whose rows cannot be decoded or mapped. Used by the
/// task's source thread; the count is read by any.
class FailureHandling {
 public:
  FailureHandling(std::string connector, FailureMode mode)
      : connector_(std::move(connector)), mode_(mode) {}

  /// Ok if the event, or the rest of it, is to be passed over: then it has been counted, and logged
  /// if so configured. Else `error` itself; always, if it tells of anything but bytes that were not
  /// understood (kCorrupt, kUnsupported).
  base::Result<void> pass_over(base::Error error, const EventPlace& place, std::string_view table);
  /// A further event that cannot be read because its table map was passed over.
  void count_event() { ++events_; }

  /// Events passed over since the task began; one that is read twice counts twice.
  [[nodiscard]] uint64_t events() const { return events_; }

 private:
  const std::string connector_;
  const FailureMode mode_;
  std::atomic<uint64_t> events_{0};
};

}  // namespace rowmill::source
