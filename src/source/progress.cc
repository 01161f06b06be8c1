// SPDX-License-Identifier: Apache-2.0
#include "source/progress.h"

#include <algorithm>
#include <optional>
#include <stop_token>
#include <string>

#include "base/log.h"
#include "mysql/server_facts.h"

namespace rowmill::source {

namespace {

/// Reading the clock for each event would show in a profile.
constexpr uint64_t kEventsBetweenLooks = 256;
/// Younger events are not called a backlog.
constexpr std::chrono::seconds kBehind{2};

/// Bytes of binlog between `position` and the end; absent if the source does not answer just now.
std::optional<uint64_t> bytes_behind(const SourceSettings& settings,
                                     const model::Position& position) {
  auto connection = mysql::Connection::open(settings.connection, std::stop_token{});
  if (!connection.ok()) return std::nullopt;
  const auto facts = mysql::read_server_facts(*connection);
  if (!facts.ok()) return std::nullopt;
  uint64_t bytes = 0;
  bool found = false;
  for (const auto& file : facts->files) {
    if (file.name == position.file) {
      found = true;
      bytes += file.size_bytes - std::min(file.size_bytes, position.offset);
    } else if (found) {
      bytes += file.size_bytes;
    }
  }
  return found ? std::optional(bytes) : std::nullopt;
}

}  // namespace

void Progress::update(const TransactionAssembler& assembler, bool idle) {
  if (idle) {
    last_line_ = Clock::now();
    last_changes_ = assembler.changes();
    return;
  }
  if (++events_since_look_ < kEventsBetweenLooks) return;
  events_since_look_ = 0;
  const auto now = Clock::now();
  if (now - last_line_ >= settings_.progress_interval) write_line(assembler, now);
}

void Progress::write_line(const TransactionAssembler& assembler, Clock::time_point now) {
  const auto elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(now - last_line_);
  const uint64_t changes = assembler.changes();
  // A new assembler counts from zero.
  const uint64_t rows = changes >= last_changes_ ? changes - last_changes_ : changes;
  last_line_ = now;
  last_changes_ = changes;

  const auto unix_now = std::chrono::duration_cast<std::chrono::seconds>(
      std::chrono::system_clock::now().time_since_epoch());
  const auto behind = unix_now - std::chrono::seconds(assembler.last_timestamp());
  if (behind < kBehind) return;
  const auto bytes = bytes_behind(settings_, assembler.boundary());
  base::log_info(
      "behind the source",
      {{"connector", settings_.connector},
       {"position", model::to_string(assembler.boundary())},
       {"rows", rows},
       {"events_passed_over", failures_.events()},
       {"rows_per_s", rows * 1000 / static_cast<uint64_t>(std::max<int64_t>(1, elapsed.count()))},
       {"behind_s", behind.count()},
       {"behind_bytes", bytes ? std::to_string(*bytes) : "unknown"}});
}

}  // namespace rowmill::source
