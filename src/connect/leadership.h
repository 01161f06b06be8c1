// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stop_token>

#include "base/result.h"

namespace rowmill::connect {

/// Says who should work. Never a proof that nobody else does: that is the producer epoch (G8).
class Leadership {
 public:
  virtual ~Leadership() = default;
  /// Waits until this worker may lead the task. Errors: kStopped, kFatal.
  virtual base::Result<void> await(std::stop_token stop) = 0;
  /// Asks again, now. False: somebody else leads.
  virtual base::Result<bool> still_leads() = 0;
};

}  // namespace rowmill::connect
