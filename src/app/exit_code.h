// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.h"

namespace rowmill::app {

/// What the process tells the shell. Documented in `rowmill --help`: do not renumber.
enum class ExitCode : int {
  /// Done, or stopped as asked with all that was read committed.
  kSuccess = 0,
  /// The command line is wrong.
  kUsage = 1,
  /// A file, the source or the broker must be mended by a person.
  kConfig = 2,
  /// A task stopped: the input is damaged or not supported, or Rowmill itself is at fault.
  kFailed = 3,
  /// Another worker took the connector over, or its source offset was set from outside.
  kFenced = 4,
  /// The source or the broker is not reachable; a command that may be repeated.
  kUnavailable = 5,
};

[[nodiscard]] constexpr ExitCode exit_code_of(base::ErrorKind kind) {
  switch (kind) {
    case base::ErrorKind::kStopped:
      return ExitCode::kSuccess;
    case base::ErrorKind::kConfig:
      return ExitCode::kConfig;
    case base::ErrorKind::kFenced:
      return ExitCode::kFenced;
    case base::ErrorKind::kRetry:
    case base::ErrorKind::kAbortTransaction:
    case base::ErrorKind::kUnclear:
      return ExitCode::kUnavailable;
    case base::ErrorKind::kCorrupt:
    case base::ErrorKind::kUnsupported:
    case base::ErrorKind::kFatal:
      break;
  }
  return ExitCode::kFailed;
}

}  // namespace rowmill::app
