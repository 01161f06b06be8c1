// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "config/config.h"
#include "config/findings.h"

namespace rowmill::config {

// What no single setting can be checked for. Values are never part of a finding.

void check_worker(const ConfigFile& file, const WorkerConfig& worker, Findings& findings);

void check_connector(const ConfigFile& file, const WorkerConfig& worker,
                     const ConnectorConfig& connector, Findings& findings);

/// What must differ between connectors; files[i] is that of connectors[i].
void check_differences(const std::vector<ConfigFile>& files,
                       const std::vector<ConnectorConfig>& connectors, Findings& findings);

/// The default of database.server.id: 5400 + FNV-1a(name) mod 1000. Stable, or a source would see a
/// new replica with each release.
[[nodiscard]] uint32_t server_id_from_name(std::string_view name);

}  // namespace rowmill::config
