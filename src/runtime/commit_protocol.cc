// SPDX-License-Identifier: Apache-2.0
#include "runtime/commit_protocol.h"

#include <utility>

#include "base/log.h"

namespace rowmill::runtime {

using base::Error;
using base::ErrorKind;
using base::Result;

CommitProtocol::CommitProtocol(Ports ports, CommitSettings settings, TaskMetrics& metrics)
    : ports_(ports),
      settings_(std::move(settings)),
      metrics_(metrics),
      backoff_(settings_.first_retry, settings_.longest_retry),
      ledger_(settings_.writer) {}

Result<void> CommitProtocol::run(std::stop_token drain, std::stop_token stop) {
  drain_ = std::move(drain);
  stop_ = std::move(stop);
  State state = State::kLead;
  while (state != State::kEnd) {
    auto next = step(state);
    if (!next.ok()) next = after(state, std::move(next).error());
    if (!next.ok()) {
      ports_.sink.close();
      return std::move(next).error();
    }
    state = *next;
  }
  ports_.sink.close();
  return {};
}

Result<CommitProtocol::State> CommitProtocol::step(State state) {
  switch (state) {
    case State::kLead:
      return lead();
    case State::kFence:
      return fence();
    case State::kConfirm:
      return confirm();
    case State::kRecover:
      return recover();
    case State::kClaim:
      return claim();
    case State::kSession:
      return session();
    case State::kFenced:
      return look_who_fenced();
    case State::kEnd:
      break;
  }
  return Error(ErrorKind::kFatal, "the commit protocol was stepped after its end");
}

Result<CommitProtocol::State> CommitProtocol::lead() {
  ports_.sink.close();
  ROWMILL_TRY(ports_.leadership.await(drain_));
  base::log_info("lead", {{"connector", settings_.connector}, {"writer", settings_.writer}});
  ++metrics_.leads;
  return State::kFence;
}

Result<CommitProtocol::State> CommitProtocol::fence() {
  ROWMILL_TRY(ports_.sink.lead(drain_));
  return State::kConfirm;
}

Result<CommitProtocol::State> CommitProtocol::confirm() {
  ROWMILL_ASSIGN(const bool leads, ports_.leadership.still_leads());
  return leads ? State::kRecover : State::kLead;
}

Result<CommitProtocol::State> CommitProtocol::recover() {
  ROWMILL_ASSIGN(auto stored, ports_.offsets.read(drain_));
  ledger_.recovered(std::move(stored));
  return State::kClaim;
}

Result<CommitProtocol::State> CommitProtocol::claim() {
  model::SourceOffset offset;
  connect::RecordBatch batch;
  if (ledger_.empty()) {
    ROWMILL_ASSIGN(offset, ports_.source.initial_offset(drain_));
    ROWMILL_TRY(ports_.history.start_over(batch, drain_));
    base::log_info(
        "no source offset yet: starting where start.position says",
        {{"connector", settings_.connector}, {"position", model::to_string(offset.position)}});
  } else {
    offset = ledger_.committed();
    base::log_info("source offset recovered", {{"connector", settings_.connector},
                                               {"position", model::to_string(offset.position)},
                                               {"event", offset.events},
                                               {"row", offset.rows}});
  }
  ROWMILL_TRY(ports_.sink.begin());
  if (!batch.empty()) ROWMILL_TRY(ports_.sink.send(batch, drain_));
  ROWMILL_TRY(ledger_.commit(offset, ports_.sink, stop_));
  if (ports_.sink.suspect()) {
    return Error(ErrorKind::kUnclear, "a request of the first transaction went without an answer");
  }
  return State::kSession;
}

Result<CommitProtocol::State> CommitProtocol::session() {
  StreamSession session(ports_, settings_, metrics_, ledger_);
  auto ended = session.run(drain_, stop_);
  if (session.made_progress()) backoff_.reset();
  if (ended.ok()) return State::kEnd;

  // A producer that is fenced or unclear must not be spoken to any more: only closing it is safe.
  const ErrorKind kind = ended.error().kind();
  const bool sound = kind != ErrorKind::kUnclear && kind != ErrorKind::kFenced;
  if (session.transaction_open() && sound) {
    ++metrics_.aborts;
    if (auto aborted = ports_.sink.abort(stop_); !aborted.ok()) {
      if (kind == ErrorKind::kRetry || kind == ErrorKind::kAbortTransaction) {
        return std::move(aborted).error().with_context(ended.error().message());
      }
    }
  }
  return std::move(ended).error();
}

Result<CommitProtocol::State> CommitProtocol::look_who_fenced() {
  ROWMILL_ASSIGN(const auto stored, ports_.offsets.read(drain_));
  const auto another = ledger_.written_by_another(stored);
  if (!another) {
    base::log_info("fenced, but nobody else wrote: the transaction had timed out; leading anew",
                   {{"connector", settings_.connector}});
    return State::kLead;
  }
  return Error(ErrorKind::kFenced,
               "connector " + settings_.connector + " was taken over by " + *another)
      .with_remedy(
          "Run one worker for a connector, or give the other one another group.id and name.");
}

Result<CommitProtocol::State> CommitProtocol::after(State state, Error error) {
  switch (error.kind()) {
    case ErrorKind::kStopped:
      return State::kEnd;
    case ErrorKind::kRetry:
    case ErrorKind::kAbortTransaction:
      // The producer is sound: an aborted session goes on from the offset that we committed, unless
      // KAFKA-17754 may strike.
      if (state == State::kFenced) return retry(State::kFenced, error);
      return retry(
          state == State::kSession && !ports_.sink.suspect() ? State::kSession : State::kLead,
          error);
    case ErrorKind::kUnclear:
      return retry(State::kLead, error);
    case ErrorKind::kFenced:
      if (state == State::kFenced) return error;
      ports_.sink.close();
      base::log_warn("fenced: not emitting any more; looking who took over",
                     {{"connector", settings_.connector}, {"reason", error.text()}});
      if (!base::wait_for(settings_.fenced_pause, drain_)) return State::kEnd;
      return State::kFenced;
    case ErrorKind::kCorrupt:
    case ErrorKind::kConfig:
    case ErrorKind::kUnsupported:
    case ErrorKind::kFatal:
      break;
  }
  return error;
}

CommitProtocol::State CommitProtocol::retry(State next, const Error& error) {
  const auto pause = backoff_.next();
  base::log_warn(
      next == State::kSession ? "transaction aborted; going on from the last commit"
                              : "trying again",
      {{"connector", settings_.connector}, {"reason", error.text()}, {"pause_ms", pause.count()}});
  if (next == State::kLead) ports_.sink.close();
  return base::wait_for(pause, drain_) ? next : State::kEnd;
}

}  // namespace rowmill::runtime
