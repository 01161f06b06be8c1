// SPDX-License-Identifier: Apache-2.0
#include "mysql/server_version.h"

#include <charconv>

namespace rowmill::mysql {
namespace {

constexpr std::string_view kReplicationPrefix = "5.5.5-";

/// The number that `text` begins with; takes it off together with one dot after it.
uint32_t take_number(std::string_view& text) {
  uint32_t number = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
  text.remove_prefix(static_cast<size_t>(parsed.ptr - text.data()));
  if (text.starts_with('.')) {
    text.remove_prefix(1);
  } else {
    text = {};
  }
  return number;
}

}  // namespace

Flavor parse_flavor(std::string_view text) {
  return text.find("MariaDB") == std::string_view::npos ? Flavor::kMysql : Flavor::kMariadb;
}

ServerVersion parse_server_version(std::string_view text) {
  if (parse_flavor(text) == Flavor::kMariadb && text.starts_with(kReplicationPrefix)) {
    text.remove_prefix(kReplicationPrefix.size());
  }
  ServerVersion version;
  version.major = take_number(text);
  version.minor = take_number(text);
  version.patch = take_number(text);
  return version;
}

}  // namespace rowmill::mysql
