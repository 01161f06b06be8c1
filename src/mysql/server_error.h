// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

#include "base/error.h"

namespace rowmill::mysql {

/// The remedy for an account that may not do a replica's work: a replica needs both, and MariaDB
/// takes the second one for its BINLOG MONITOR.
inline constexpr std::string_view kGrantReplication =
    "Run GRANT REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO the account of database.user.";

/// What a failure reported by the server (numbers of its error reference) or by the client library
/// (2000 to 2999, 5000 to 5999) means for us: the kind, the text with its number, and a remedy that
/// names the setting or the statement. The two servers share the numbers that matter; where one
/// number stands for many things (1236, 2026) the text decides.
[[nodiscard]] base::Error server_error(uint32_t number, std::string_view text);

}  // namespace rowmill::mysql
