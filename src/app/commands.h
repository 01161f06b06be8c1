// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/exit_code.h"

namespace rowmill::app {

// One function for each command of the command line, each in a file of its own. They write their
// result to standard output and problems to standard error.

struct RunOptions {
  std::filesystem::path worker;
  std::vector<std::filesystem::path> connectors;
};
ExitCode run_command(const RunOptions& options);
/// Looks at files, source and broker, changes nothing, prints every problem.
ExitCode check_command(const RunOptions& options);

struct OffsetsOptions {
  enum class Action : uint8_t { kList, kSet, kReset };
  Action action = Action::kList;
  std::filesystem::path worker;
  /// Absent (kList only): all connectors of the topic.
  std::optional<std::filesystem::path> connector;
  /// kSet: "earliest", "latest", a GTID set or file:position.
  std::string to;
};
ExitCode offsets_command(const OffsetsOptions& options);

struct TailOptions {
  std::filesystem::path connector;
  /// Instead of the connector's start.position.
  std::optional<std::string> from;
  /// End after so many records.
  std::optional<uint64_t> limit;
};
ExitCode tail_command(const TailOptions& options);

ExitCode settings_command();

}  // namespace rowmill::app
