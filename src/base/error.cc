// SPDX-License-Identifier: Apache-2.0
#include "base/error.h"

namespace rowmill::base {

std::string_view to_string(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::kRetry:
      return "retry";
    case ErrorKind::kAbortTransaction:
      return "abort-transaction";
    case ErrorKind::kUnclear:
      return "unclear";
    case ErrorKind::kFenced:
      return "fenced";
    case ErrorKind::kCorrupt:
      return "corrupt";
    case ErrorKind::kConfig:
      return "config";
    case ErrorKind::kUnsupported:
      return "unsupported";
    case ErrorKind::kFatal:
      return "fatal";
    case ErrorKind::kStopped:
      return "stopped";
  }
  return "unknown";
}

std::string Error::text() const { return remedy_.empty() ? message_ : message_ + ". " + remedy_; }

Error&& Error::with_context(std::string_view where) && {
  message_.insert(0, std::string(where) + ": ");
  return std::move(*this);
}

Error&& Error::with_remedy(std::string remedy) && {
  remedy_ = std::move(remedy);
  return std::move(*this);
}

Error&& Error::as(ErrorKind kind) && {
  kind_ = kind;
  return std::move(*this);
}

}  // namespace rowmill::base
