// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "config/config.h"

namespace rowmill::config {

struct Loaded {
  WorkerConfig worker;
  /// In the order of the files.
  std::vector<ConnectorConfig> connectors;
  /// One line for each key that was accepted without effect: "file:line: key: has no effect. why".
  std::vector<std::string> warnings;
};

/// Reads the files of `rowmill run`. Errors: kConfig, with every problem of every file on a line of
/// its own, "file:line: key: what is wrong. remedy"; secrets and placeholders' values are never in
/// it.
base::Result<Loaded> load(const std::filesystem::path& worker,
                          const std::vector<std::filesystem::path>& connectors);

/// The same for one connector beside a worker that has all defaults, as `rowmill tail` needs it.
base::Result<Loaded> load_connector_only(const std::filesystem::path& connector);

/// All defaults. A connector still needs its name, its source and its prefix; its server id is the
/// one of the empty name.
WorkerConfig default_worker();
ConnectorConfig default_connector(const WorkerConfig& worker);

}  // namespace rowmill::config
