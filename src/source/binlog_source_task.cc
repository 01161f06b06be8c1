// SPDX-License-Identifier: Apache-2.0
#include "source/binlog_source_task.h"

#include <algorithm>
#include <utility>

#include "base/log.h"
#include "mysql/source_check.h"
#include "source/start_position.h"

namespace rowmill::source {

using base::Error;
using base::ErrorKind;
using base::Result;

Result<std::unique_ptr<BinlogSourceTask>> BinlogSourceTask::create(SourceSettings settings) {
  ROWMILL_ASSIGN(TableFilter filter, TableFilter::create(settings.filter));
  return std::unique_ptr<BinlogSourceTask>(
      new BinlogSourceTask(std::move(settings), std::move(filter)));
}

BinlogSourceTask::BinlogSourceTask(SourceSettings settings, TableFilter filter)
    : settings_(std::move(settings)),
      filter_(std::move(filter)),
      failures_(settings_.connector, settings_.failure_mode),
      backoff_(settings_.first_retry, settings_.longest_retry),
      progress_(settings_, failures_),
      news_(settings_.connector),
      prepared_groups_(settings_),
      event_backoff_(settings_.first_retry, settings_.longest_retry) {}

Result<model::SourceOffset> BinlogSourceTask::initial_offset(std::stop_token stop) {
  model::SourceOffset offset;
  const auto find = [&]() -> Result<void> {
    ROWMILL_ASSIGN(auto connection, mysql::Connection::open(settings_.connection, stop));
    ROWMILL_ASSIGN(const auto facts, examine(connection));
    ROWMILL_ASSIGN(offset, resolve_start_position(settings_, facts, stop));
    definitions_->stop_with(stop);
    return definitions_->read_first(offset, settings_.start_position == kLatest);
  };
  ROWMILL_TRY(persist(find, stop));
  return offset;
}

Result<void> BinlogSourceTask::open(const model::SourceOffset& offset,
                                    connect::SchemaHistory& history, std::stop_token stop) {
  close();
  assembler_.reset();
  undone_.forget_before(offset.position);
  const auto restore = [&]() -> Result<void> {
    if (!definitions_) {
      ROWMILL_ASSIGN(auto connection, mysql::Connection::open(settings_.connection, stop));
      ROWMILL_TRY(examine(connection));
    }
    return definitions_->restore(offset, history, stop);
  };
  ROWMILL_TRY(persist(restore, stop));
  begin_ = offset;
  return {};
}

Result<void> BinlogSourceTask::persist(const std::function<Result<void>()>& work,
                                       std::stop_token stop) {
  while (true) {
    auto done = work();
    if (done.ok() || done.error().kind() != ErrorKind::kRetry) return done;
    if (!base::wait_for(pause_after(done.error()), stop)) {
      return Error(ErrorKind::kStopped, "stopped");
    }
  }
}

void BinlogSourceTask::close() { session_.reset(); }

/// Asks the source what it is, and refuses one that cannot be followed (DESIGN §6).
Result<mysql::ServerFacts> BinlogSourceTask::examine(mysql::Connection& connection) {
  ROWMILL_ASSIGN(auto facts, mysql::read_server_facts(connection));
  ROWMILL_ASSIGN(const auto problems, mysql::check_source(facts, connection, settings_.server_id,
                                                          settings_.reported_host));
  std::optional<Error> first;
  for (const auto& problem : problems) {
    if (problem.warning) {
      base::log_warn(problem.error.text(), {{"connector", settings_.connector}});
    } else if (!first) {
      first = problem.error;
    } else {
      base::log_error(problem.error.text(), {{"connector", settings_.connector}});
    }
  }
  if (first) return *std::move(first);
  ROWMILL_TRY(check_query_logging(connection));
  if (!definitions_) {
    ROWMILL_ASSIGN(definitions_, SourceDefinitions::create(settings_, filter_, facts, connection));
  }
  return facts;
}

Result<void> BinlogSourceTask::check_query_logging(mysql::Connection& connection) {
  if (!settings_.include_query || query_logging_checked_) return {};
  const std::string variable =
      connection.is_mariadb() ? "binlog_annotate_row_events" : "binlog_rows_query_log_events";
  ROWMILL_ASSIGN(const auto answer, connection.query("SELECT @@GLOBAL." + variable + " AS logged"));
  query_logging_checked_ = true;
  if (answer.get(0, "logged").value_or("") != "0") return {};
  base::log_warn(
      "records will have no query texts: the source does not log them",
      {{"connector", settings_.connector},
       {"remedy", connection.is_mariadb() ? "SET GLOBAL " + variable + " = ON, and in my.cnf"
                                          : "SET PERSIST " + variable + " = ON"}});
  return {};
}

Result<void> BinlogSourceTask::prepare_assembler(const mysql::ServerFacts& facts,
                                                 std::stop_token stop) {
  model::SourceOffset offset = *begin_;
  const bool gtids = facts.variables.gtids;
  std::optional<model::GtidSet> announce;
  if (gtids && !offset.gtids) {
    // A position without its GTIDs, as `offsets set file:pos` leaves it: from now on they count.
    ROWMILL_ASSIGN(announce, gtids_at(settings_, facts, offset.position, std::move(stop)));
    offset.gtids = announce;
  }
  assembler_.emplace(
      TransactionAssembler::Parts{.filter = filter_,
                                  .tracker = definitions_->tracker(),
                                  .catalog = definitions_->catalog(),
                                  .contexts = definitions_->contexts(),
                                  .news = news_,
                                  .texts = definitions_->texts(),
                                  .prepared_groups = prepared_groups_,
                                  .undone = undone_,
                                  .failures = failures_},
      std::move(offset), std::move(announce),
      TransactionAssembler::Traits{.mariadb = facts.flavor == mysql::Flavor::kMariadb,
                                   .gtids = gtids,
                                   .include_query = settings_.include_query});
  begin_.reset();
  return {};
}

Result<void> BinlogSourceTask::connect(std::stop_token stop) {
  ROWMILL_ASSIGN(auto connection, mysql::Connection::open(settings_.connection, stop));
  ROWMILL_ASSIGN(const auto facts, examine(connection));
  if (!assembler_) ROWMILL_TRY(prepare_assembler(facts, stop));
  const model::SourceOffset resume = assembler_->restart();
  const bool by_gtid = facts.variables.gtids && resume.gtids.has_value();
  ROWMILL_ASSIGN(session_, ReplicaSession::open(std::move(connection), settings_, resume, by_gtid,
                                                std::move(stop)));
  base::log_info("reading the binlog", {{"connector", settings_.connector},
                                        {"position", model::to_string(resume.position)},
                                        {"by", by_gtid ? "gtid" : "position"}});
  return {};
}

std::chrono::milliseconds BinlogSourceTask::pause_after(const Error& error) {
  const auto pause = backoff_.next();
  base::log_warn(
      "source not reachable; trying again",
      {{"connector", settings_.connector}, {"reason", error.text()}, {"pause_ms", pause.count()}});
  return pause;
}

/// A source that is away is a quiet one: the consumer learns of it at least once a second.
Result<void> BinlogSourceTask::wait_for_retry(connect::ChangeConsumer& consumer,
                                              std::stop_token stop) {
  constexpr std::chrono::milliseconds kIdle{1'000};
  const auto left =
      std::chrono::ceil<std::chrono::milliseconds>(retry_at_ - std::chrono::steady_clock::now());
  if (!base::wait_for(std::min(left, kIdle), std::move(stop))) {
    return Error(ErrorKind::kStopped, "stopped");
  }
  return consumer.on_idle();
}

Result<void> BinlogSourceTask::after_lost_event(Error error) {
  if (error.kind() == ErrorKind::kCorrupt && error.text() == last_damage_) {
    return std::move(error).with_remedy(
        "It came so twice: check the file with `mysqlbinlog --verify-binlog-checksum` on the "
        "source. If "
        "it is damaged there, bring the consumers up to date by other means, then set the source "
        "offset behind this place with `rowmill offsets set`.");
  }
  if (error.kind() != ErrorKind::kRetry && error.kind() != ErrorKind::kCorrupt) return error;
  if (error.kind() == ErrorKind::kCorrupt) last_damage_ = error.text();
  base::log_warn("link to the source lost or damaged; reconnecting",
                 {{"connector", settings_.connector}, {"reason", error.text()}});
  session_.reset();
  return {};
}

Result<void> BinlogSourceTask::after_failed_event(Error error, connect::ChangeConsumer& consumer) {
  if (error.kind() != ErrorKind::kRetry) return error;
  if (assembler_->boundary() != failed_after_) event_backoff_.reset();
  failed_after_ = assembler_->boundary();
  const auto pause = event_backoff_.next();
  base::log_warn(
      "a second link to the source was lost; reconnecting",
      {{"connector", settings_.connector}, {"reason", error.text()}, {"pause_ms", pause.count()}});
  session_.reset();
  retry_at_ = std::chrono::steady_clock::now() + pause;
  return consumer.on_idle();
}

Result<void> BinlogSourceTask::poll(connect::ChangeConsumer& consumer, std::stop_token stop) {
  definitions_->stop_with(stop);
  if (begin_) ROWMILL_TRY(definitions_->deliver(*begin_, consumer));
  if (!session_) {
    if (std::chrono::steady_clock::now() < retry_at_) return wait_for_retry(consumer, stop);
    auto connected = connect(stop);
    if (!connected.ok()) {
      if (connected.error().kind() != ErrorKind::kRetry) return connected;
      retry_at_ = std::chrono::steady_clock::now() + pause_after(connected.error());
      return consumer.on_idle();
    }
  }
  auto located = session_->next(stop);
  if (!located.ok()) return after_lost_event(std::move(located).error());
  prepared_groups_.stop_with(std::move(stop));
  auto handled = assembler_->on_event(located->event, located->place, consumer);
  if (!handled.ok()) return after_failed_event(std::move(handled).error(), consumer);
  const bool idle = std::holds_alternative<binlog::Heartbeat>(located->event.body);
  backoff_.reset();
  progress_.update(*assembler_, idle);
  return {};
}

}  // namespace rowmill::source
