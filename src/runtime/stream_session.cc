// SPDX-License-Identifier: Apache-2.0
#include "runtime/stream_session.h"

#include <thread>
#include <utility>

#include "base/log.h"

namespace rowmill::runtime {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

constexpr std::chrono::hours kFarAway{1};

}  // namespace

StreamSession::StreamSession(Ports ports, const CommitSettings& settings, TaskMetrics& metrics,
                             OffsetLedger& ledger)
    : ports_(ports),
      settings_(settings),
      metrics_(metrics),
      ledger_(ledger),
      queue_(settings.queue_bytes) {}

Result<void> StreamSession::run(std::stop_token drain, std::stop_token stop) {
  ROWMILL_TRY(ports_.source.open(ledger_.committed(), ports_.history, drain));

  // The source must end both when the task is stopped and when this session fails.
  std::stop_source source_stop;
  const std::stop_callback forward(stop, [&] { source_stop.request_stop(); });
  std::jthread source_thread([&] {
    BatchBuilder builder(ports_.converter, ports_.history, queue_, settings_.builder, drain,
                         source_stop.get_token());
    while (true) {
      auto polled = ports_.source.poll(builder, source_stop.get_token());
      if (!polled.ok()) {
        queue_.finish(std::move(polled));
        return;
      }
    }
  });

  auto result = take_batches(stop);
  source_stop.request_stop();
  source_thread.join();
  ports_.source.close();
  return result;
}

Result<void> StreamSession::take_batches(std::stop_token stop) {
  while (true) {
    auto item = queue_.pop(wake_up_time());
    if (auto* batch = std::get_if<BatchQueue::Batch>(&item)) {
      ROWMILL_TRY(take(**batch, stop));
      queue_.recycle(std::move(*batch));
    }
    if (auto* end = std::get_if<BatchQueue::End>(&item)) {
      if (open_ && open_->at_boundary) ROWMILL_TRY(commit(stop));
      const bool drained = !end->result.ok() && end->result.error().kind() == ErrorKind::kStopped &&
                           !stop.stop_requested();
      if (drained) return {};
      return std::move(end->result);
    }
    if (boundary_commit_due() || cut_due()) ROWMILL_TRY(commit(stop));
  }
}

Result<void> StreamSession::take(const connect::RecordBatch& batch, std::stop_token stop) {
  if (!open_) {
    ROWMILL_TRY(ports_.sink.begin());
    open_ = OpenTransaction{.begun = Clock::now(), .offset = ledger_.committed()};
  }
  ROWMILL_TRY(ports_.sink.send(batch, std::move(stop)));
  open_->changes += batch.changes;
  open_->bytes += batch.byte_size();
  open_->changes_since_boundary =
      batch.ends_transaction ? 0 : open_->changes_since_boundary + batch.changes;
  open_->at_boundary = batch.ends_transaction;
  if (batch.advance) model::apply(open_->offset, *batch.advance);
  metrics_.changes += batch.changes;
  metrics_.records += batch.size();
  metrics_.record_bytes += batch.byte_size();
  return {};
}

bool StreamSession::boundary_commit_due() const {
  if (!open_ || !open_->at_boundary) return false;
  return queue_.empty() || open_->changes >= settings_.max_changes ||
         open_->bytes >= settings_.max_bytes || Clock::now() - open_->begun >= settings_.max_age;
}

bool StreamSession::cut_due() const {
  if (!open_ || open_->at_boundary) return false;
  const bool too_large =
      settings_.cut_changes != 0 && open_->changes_since_boundary >= settings_.cut_changes;
  return too_large || Clock::now() - open_->begun >= settings_.cut_age;
}

Result<void> StreamSession::commit(std::stop_token stop) {
  if (!open_->at_boundary) {
    ++metrics_.cuts;
    base::log_warn("source transaction cut: a consumer may see a part of it for a while",
                   {{"connector", settings_.connector},
                    {"position", model::to_string(open_->offset.position)},
                    {"event", open_->offset.events},
                    {"row", open_->offset.rows}});
  }
  ROWMILL_TRY(ledger_.commit(open_->offset, ports_.sink, std::move(stop)));
  base::log_debug("transaction committed", {{"connector", settings_.connector},
                                            {"position", model::to_string(open_->offset.position)},
                                            {"changes", open_->changes}});
  open_.reset();
  made_progress_ = true;
  ++metrics_.commits;
  if (ports_.sink.suspect()) {
    return Error(ErrorKind::kUnclear,
                 "the transaction is committed, but a request of it went without an answer");
  }
  return {};
}

StreamSession::Clock::time_point StreamSession::wake_up_time() const {
  // At a boundary an empty queue has committed already: only an open cut has a time of its own.
  if (open_) return open_->begun + settings_.cut_age;
  return Clock::now() + kFarAway;
}

}  // namespace rowmill::runtime
