// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace rowmill::config {

/// The reference of all settings, made from the definition table. config/settings.md is this text.
std::string settings_markdown();

}  // namespace rowmill::config
