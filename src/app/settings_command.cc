// SPDX-License-Identifier: Apache-2.0
#include <iostream>

#include "app/commands.h"
#include "config/settings_markdown.h"

namespace rowmill::app {

ExitCode settings_command() {
  std::cout << config::settings_markdown();
  return ExitCode::kSuccess;
}

}  // namespace rowmill::app
