// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>
#include <string_view>

namespace rowmill::mysql {

enum class Flavor : uint8_t { kMysql, kMariadb };

/// Compared as numbers: MySQL 26.7 follows 9.7.
struct ServerVersion {
  uint32_t major = 0;
  uint32_t minor = 0;
  uint32_t patch = 0;
  auto operator<=>(const ServerVersion&) const = default;
};

/// From the version text of the handshake, such as "9.7.4-2" or "10.11.19-MariaDB-0+deb12u1-log".
/// MariaDB is told by its name, never by the number.
[[nodiscard]] Flavor parse_flavor(std::string_view text);
/// A leading "5.5.5-", which MariaDB puts before its version for old replicas, is ignored. What is
/// no number counts as 0.
[[nodiscard]] ServerVersion parse_server_version(std::string_view text);

}  // namespace rowmill::mysql
