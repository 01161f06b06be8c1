// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "app/exit_code.h"

namespace rowmill::app {

/// The program: parses `arguments` (without the program's name) and runs the command that they
/// name.
ExitCode run_command_line(std::span<char*> arguments);

}  // namespace rowmill::app
