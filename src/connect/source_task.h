// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <stop_token>

#include "base/result.h"
#include "connect/schema_history.h"
#include "model/change.h"
#include "model/schema_change.h"
#include "model/source_offset.h"

namespace rowmill::connect {

/// What a source pushes its stream into. Called on the thread that runs SourceTask::poll().
///
///     stream := ((on_change | on_schema_change)* on_boundary | on_idle)*
///
/// and on_table_forgotten() anywhere.
class ChangeConsumer {
 public:
  virtual ~ChangeConsumer() = default;
  /// One row change. `cut` says how the offset moves if the stream were cut right after this row;
  /// its position is the begin of the open transaction. Both are views for the call only. An error
  /// stops poll(), which returns it.
  virtual base::Result<void> on_change(const model::Change& change,
                                       const model::OffsetAdvance& cut) = 0;
  /// Definitions that are in force from here on; a view for the call only.
  virtual base::Result<void> on_schema_change(const model::SchemaChange& change) = 0;
  /// No change will have this table any more, and its address may be used for another one.
  virtual void on_table_forgotten(const model::TableDefinition& table) = 0;
  /// A source transaction ended (or the position moved outside of any): all changes since the last
  /// boundary belong together.
  virtual base::Result<void> on_boundary(const model::OffsetAdvance& advance) = 0;
  /// Nothing came for a while; at least once a second while the source is quiet.
  virtual base::Result<void> on_idle() = 0;
};

/// The running read side of a connector. One thread calls start(), poll() and close() in turn;
/// `stop` may be requested from any thread and interrupts every wait, which then returns kStopped.
class SourceTask {
 public:
  virtual ~SourceTask() = default;
  /// Where a task without a stored offset begins (start.position). Reads the source, changes
  /// nothing.
  virtual base::Result<model::SourceOffset> initial_offset(std::stop_token stop) = 0;
  /// Opens the stream so that the first change delivered is the one right after `offset`, with the
  /// definitions that `history` has for it; those that it lacks are delivered as schema changes.
  /// Closes what was open before. Errors: kRetry (link), kConfig (with remedy), kCorrupt,
  /// kUnsupported.
  virtual base::Result<void> open(const model::SourceOffset& offset, SchemaHistory& history,
                                  std::stop_token stop) = 0;
  /// Reads the next piece of the stream and pushes it. Reconnects by itself, so that a lost link
  /// shows only as a pause; returns what only the caller can handle.
  virtual base::Result<void> poll(ChangeConsumer& consumer, std::stop_token stop) = 0;
  virtual void close() = 0;
};

}  // namespace rowmill::connect
