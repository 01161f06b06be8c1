// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/config.h"
#include "config/findings.h"

namespace rowmill::config {

// From properties to a config, as the definition table says. For WorkerConfig and ConnectorConfig.

/// Sets every member that has a default.
template <typename Config>
void apply_defaults(Config& config);

/// Stores each property of `file` in its member, with placeholders replaced; what cannot be stored,
/// is unknown, refused, ignored or missing becomes a finding, and its member stays as it is.
template <typename Config>
void bind(const ConfigFile& file, Config& config, Findings& findings);

}  // namespace rowmill::config
