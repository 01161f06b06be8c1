// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <stop_token>
#include <string>

#include "base/result.h"
#include "connect/offset_store.h"
#include "connect/record_batch.h"

namespace rowmill::connect {

/// A transactional producer. One thread (the sink thread) makes all calls.
///
///     life  := lead transaction* close
///     transaction := begin (send)* send_offset (commit | abort)
///
/// After kUnclear, kFenced or kFatal only close() may follow; after kAbortTransaction only abort().
class RecordSink {
 public:
  virtual ~RecordSink() = default;
  /// Creates the producer and fences all earlier ones with its transactional.id
  /// (init_transactions). Errors: kRetry (broker away), kConfig (authorisation, bad settings),
  /// kStopped.
  virtual base::Result<void> lead(std::stop_token stop) = 0;
  virtual base::Result<void> begin() = 0;
  /// Hands all records of the batch to the producer, creating missing topics when told to; waits
  /// while its queue is full. The batch may be reused when this returns. Errors: kAbortTransaction,
  /// kConfig or kUnsupported for what a person must mend (unknown topic, record too large: names
  /// the topic and the remedy), kFenced, kUnclear, kStopped.
  virtual base::Result<void> send(const RecordBatch& batch, std::stop_token stop) = 0;
  /// Puts the offset into the open transaction.
  virtual base::Result<void> send_offset(const StoredOffset& offset) = 0;
  /// Ends the transaction. Ok: all its records are visible. kAbortTransaction: none will be, after
  /// abort(). kUnclear: nobody knows; only the offsets topic does.
  virtual base::Result<void> commit(std::stop_token stop) = 0;
  virtual base::Result<void> abort(std::stop_token stop) = 0;
  /// True once anything happened in a transaction that may leave a delayed EndTxn behind
  /// (KAFKA-17754): the producer must be replaced before the next begin(), even if commit() was ok.
  [[nodiscard]] virtual bool suspect() const = 0;
  /// Destroys the producer, without waiting for anything in flight. Safe to call at any time,
  /// twice.
  virtual void close() = 0;
};

}  // namespace rowmill::connect
