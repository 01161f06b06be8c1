// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

#include "base/result.h"
#include "base/waiting.h"
#include "connect/source_task.h"
#include "mysql/server_facts.h"
#include "source/prepared_group_reader.h"
#include "source/progress.h"
#include "source/replica_session.h"
#include "source/schema_news.h"
#include "source/source_definitions.h"
#include "source/source_settings.h"
#include "source/transaction_assembler.h"

namespace rowmill::source {

/// Follows the binlog of a MySQL or MariaDB server as a replica would. A lost link is mended here,
/// with growing pauses, and the stream goes on to the row where it stopped; what a person must mend
/// comes back from poll(). Used by one thread at a time.
class BinlogSourceTask : public connect::SourceTask {
 public:
  /// Errors: kConfig for a pattern that is no regular expression.
  static base::Result<std::unique_ptr<BinlogSourceTask>> create(SourceSettings settings);

  base::Result<model::SourceOffset> initial_offset(std::stop_token stop) override;
  base::Result<void> open(const model::SourceOffset& offset, connect::SchemaHistory& history,
                          std::stop_token stop) override;
  base::Result<void> poll(connect::ChangeConsumer& consumer, std::stop_token stop) override;
  void close() override;

  /// Events of captured tables that were passed over because they could not be decoded. Any thread.
  [[nodiscard]] uint64_t events_passed_over() const { return failures_.events(); }
  /// What became of definitions. Any thread.
  [[nodiscard]] const SchemaNews& schema_news() const { return news_; }

 private:
  BinlogSourceTask(SourceSettings settings, TableFilter filter);

  base::Result<mysql::ServerFacts> examine(mysql::Connection& connection);
  /// Runs it until it does not fail for now, with growing pauses.
  base::Result<void> persist(const std::function<base::Result<void>()>& work, std::stop_token stop);
  /// Says once if statement texts were asked for and the source does not log them.
  base::Result<void> check_query_logging(mysql::Connection& connection);
  base::Result<void> connect(std::stop_token stop);
  /// Says that the source is away, and for how long to leave it alone.
  std::chrono::milliseconds pause_after(const base::Error& error);
  /// A link that failed, or an event that came damaged for the first time: read again from the last
  /// row. Anything else is passed on.
  base::Result<void> after_lost_event(base::Error error);
  /// A group that is read again over a second link could not be.
  base::Result<void> after_failed_event(base::Error error, connect::ChangeConsumer& consumer);
  base::Result<void> wait_for_retry(connect::ChangeConsumer& consumer, std::stop_token stop);
  base::Result<void> prepare_assembler(const mysql::ServerFacts& facts, std::stop_token stop);

  const SourceSettings settings_;
  const TableFilter filter_;
  FailureHandling failures_;
  base::Backoff backoff_;
  Progress progress_;
  SchemaNews news_;
  /// Made with the first connection.
  std::unique_ptr<SourceDefinitions> definitions_;
  PreparedGroupReader prepared_groups_;
  UndoneRows undone_;
  bool query_logging_checked_ = false;
  /// Where open() said to begin, until the first connection has turned it into an assembler.
  std::optional<model::SourceOffset> begin_;
  std::optional<TransactionAssembler> assembler_;
  /// Pauses between links that fail again and again within one group.
  base::Backoff event_backoff_;
  model::Position failed_after_;
  std::unique_ptr<ReplicaSession> session_;
  /// The last event that came damaged: what it says names the place.
  std::string last_damage_;
  /// Without a session: when to try again.
  std::chrono::steady_clock::time_point retry_at_;
};

}  // namespace rowmill::source
