// SPDX-License-Identifier: Apache-2.0
#include <span>

#include "app/command_line.h"

int main(int argc, char** argv) {
  return static_cast<int>(
      rowmill::app::run_command_line(std::span(argv, static_cast<size_t>(argc)).subspan(1)));
}
