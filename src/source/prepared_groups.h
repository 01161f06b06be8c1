// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "base/result.h"
#include "binlog/event.h"
#include "model/source_offset.h"
#include "source/event_place.h"

namespace rowmill::source {

/// Reads groups that were passed over when they came by. Used on the task's source thread.
class PreparedGroups {
 public:
  using Visitor = std::function<base::Result<void>(const binlog::Event&, const EventPlace&)>;

  virtual ~PreparedGroups() = default;

  /// Visits the events of `xa`'s group in order: those after its GTID event and before its
  /// XA_PREPARE. Views live for the call only. An error of `visit` ends the reading and is passed
  /// on; of our own: kRetry (link), kConfig when the group is not there any more, kCorrupt,
  /// kUnsupported, kStopped.
  virtual base::Result<void> read(const model::PreparedXa& xa, const Visitor& visit) = 0;
};

}  // namespace rowmill::source
