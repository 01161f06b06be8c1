// SPDX-License-Identifier: Apache-2.0
#include "source/failure_handling.h"

#include "base/log.h"

namespace rowmill::source {

using base::ErrorKind;

base::Result<void> FailureHandling::pass_over(base::Error error, const EventPlace& place,
                                              std::string_view table) {
  const bool not_understood =
      error.kind() == ErrorKind::kCorrupt || error.kind() == ErrorKind::kUnsupported;
  if (mode_ == FailureMode::kFail || !not_understood) return error;
  count_event();
  if (mode_ == FailureMode::kWarn) {
    base::log_warn("rows that cannot be decoded are passed over",
                   {{"connector", connector_},
                    {"file", std::string(place.file)},
                    {"pos", place.begin},
                    {"table", std::string(table)},
                    {"reason", error.text()}});
  }
  return {};
}

}  // namespace rowmill::source
