// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/result.h"
#include "mysql/connection.h"
#include "mysql/privileges.h"
#include "mysql/server_facts.h"

namespace rowmill::mysql {

/// Something at the source that keeps us from following it, or (`warning`) will one day. The
/// error's remedy is the statement that mends it.
struct SourceProblem {
  base::Error error;
  bool warning = false;
};

/// Everything that is wrong with a source, so that one restart mends it all; empty is fine. An
/// Error is a failure to look.
base::Result<std::vector<SourceProblem>> check_source(const ServerFacts& facts,
                                                      Connection& connection,
                                                      uint32_t our_server_id,
                                                      std::string_view our_reported_host);

// The parts of it that need no server.

[[nodiscard]] std::vector<SourceProblem> check_variables(const ServerFacts& facts,
                                                         uint32_t our_server_id);

/// `account` is the answer to CURRENT_USER(), such as "rowmill@%".
[[nodiscard]] std::vector<SourceProblem> check_privileges(const Privileges& privileges,
                                                          Flavor flavor, std::string_view account);

/// `replicas` is the answer to SHOW REPLICAS. One with our id and our host is what is left of
/// ourselves: the source ends it when we register.
[[nodiscard]] std::vector<SourceProblem> check_replicas(const ResultSet& replicas,
                                                        uint32_t our_server_id,
                                                        std::string_view our_reported_host);

}  // namespace rowmill::mysql
