// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <stop_token>

#include "base/result.h"
#include "base/waiting.h"
#include "runtime/offset_ledger.h"
#include "runtime/stream_session.h"
#include "runtime/task_metrics.h"
#include "runtime/task_parts.h"

namespace rowmill::runtime {

/// The commit protocol of DESIGN §5, the heart of exactly once: it alone decides when records
/// become visible and from where the stream goes on.
///
///     task   := life* ; each life trusts nothing but the offsets topic
///     life   := lead fence confirm recover claim session*
///     lead   : wait until Leadership lets us
///     fence  : RecordSink::lead, which ends every older producer and its open transaction
///     confirm: Leadership again: a zombie must not emit
///     recover: OffsetStore::read; only now it is certain that nobody adds to it
///     claim  : one transaction that writes the recovered offset under our name, so that whoever we
///              fenced can see by whom; without an offset it begins with an empty schema history
///     session:= open (begin send+ send_offset commit)*     ; see StreamSession
///
///     session ends with   kAbortTransaction  -> abort, next session from the last committed offset
///                         kRetry             -> the same, after a pause
///                         kUnclear, suspect  -> close the producer, next life
///                         kFenced            -> close, look who wrote last: we -> next life;
///                         another -> end kStopped           -> end, all is committed anything else
///                         -> end with that error
///
/// run() is the sink thread; a source thread lives inside each session.
class CommitProtocol {
 public:
  CommitProtocol(Ports ports, CommitSettings settings, TaskMetrics& metrics);

  /// Runs until `drain` is requested (finish the open transaction, then end: Ok), `stop` is
  /// requested (end now, redo later: Ok) or a person is needed (the error).
  base::Result<void> run(std::stop_token drain, std::stop_token stop);

 private:
  enum class State : uint8_t {
    kLead,
    kFence,
    kConfirm,
    kRecover,
    kClaim,
    kSession,
    kFenced,
    kEnd,
  };

  base::Result<State> step(State state);
  base::Result<State> lead();
  base::Result<State> fence();
  base::Result<State> confirm();
  base::Result<State> recover();
  base::Result<State> claim();
  base::Result<State> session();
  base::Result<State> look_who_fenced();
  /// What follows from a failure in `state`; the error itself if the task must end with it.
  base::Result<State> after(State state, base::Error error);
  /// Waits for the back-off, then `next`; kEnd if asked to stop meanwhile.
  State retry(State next, const base::Error& error);

  Ports ports_;
  const CommitSettings settings_;
  TaskMetrics& metrics_;
  base::Backoff backoff_;
  std::stop_token drain_;
  std::stop_token stop_;
  OffsetLedger ledger_;
};

}  // namespace rowmill::runtime
