// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connect/leadership.h"

namespace rowmill::runtime {

/// A worker alone always may lead: without a coordinator the producer epoch decides between two
/// (DESIGN G8), and CommitProtocol looks who wrote last before it leads again.
class LoneLeadership : public connect::Leadership {
 public:
  base::Result<void> await(std::stop_token) override { return {}; }
  base::Result<bool> still_leads() override { return true; }
};

}  // namespace rowmill::runtime
