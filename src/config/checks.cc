// SPDX-License-Identifier: Apache-2.0
#include "config/checks.h"

#include <algorithm>
#include <limits>
#include <regex>

namespace rowmill::config {
namespace {

bool matches(std::string_view text, const std::regex& shape) {
  return std::regex_match(text.begin(), text.end(), shape);
}

bool is_number(std::string_view text) {
  return !text.empty() && text.size() <= 19 &&
         std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// uuid:1-5:7 or uuid:tag:1-5, one source of a MySQL GTID set. Cut at the colons first: std::regex
/// recurses with the length of its text, and such a set may be long.
bool is_mysql_gtids(std::string_view text) {
  static const std::regex kUuid("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", std::regex::icase);
  static const std::regex kTagOrInterval("[a-z_][a-z0-9_]{0,31}|[0-9]{1,19}(-[0-9]{1,19})?",
                                         std::regex::icase);
  size_t colon = text.find(':');
  if (colon != 36 || !matches(text.substr(0, colon), kUuid)) return false;
  while (colon != std::string_view::npos) {
    text.remove_prefix(colon + 1);
    colon = text.find(':');
    const std::string_view part = trim(text.substr(0, colon));
    if (part.size() > 40 || !matches(part, kTagOrInterval)) return false;
  }
  return true;
}

/// domain-server-sequence.
bool is_mariadb_gtid(std::string_view text) {
  const size_t first = text.find('-');
  const size_t last = text.rfind('-');
  return first != last && is_number(text.substr(0, first)) && is_number(text.substr(last + 1)) &&
         is_number(text.substr(first + 1, last - first - 1));
}

bool is_gtid_set(std::string_view text) {
  const auto parts = split_list(text);
  return !parts.empty() && (std::ranges::all_of(parts, is_mysql_gtids) ||
                            std::ranges::all_of(parts, is_mariadb_gtid));
}

bool is_file_position(std::string_view text) {
  const size_t colon = text.find(':');
  return colon != 0 && colon != std::string_view::npos && is_number(text.substr(colon + 1)) &&
         text.substr(0, colon).find_first_of(",/ \t") == std::string_view::npos;
}

}  // namespace

Complaint check_not_empty(std::string_view text) {
  return text.empty() ? Complaint("must not be empty") : std::nullopt;
}

Complaint check_name(std::string_view text) {
  const bool legal = !text.empty() && std::ranges::none_of(text, [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
  });
  return legal ? std::nullopt : Complaint("must be a name without control characters");
}

Complaint check_topic(std::string_view text) {
  constexpr std::string_view kLegal =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";
  const bool legal = !text.empty() && text.size() <= 249 && text != "." && text != ".." &&
                     text.find_first_not_of(kLegal) == std::string_view::npos;
  return legal
             ? std::nullopt
             : Complaint("must be 1 to 249 letters, digits, '.', '_' or '-', as a topic's name is");
}

Complaint check_bootstrap_servers(std::string_view text) {
  const auto servers = split_list(text);
  const bool legal = !servers.empty() && std::ranges::all_of(servers, [](std::string_view server) {
    const size_t colon = server.rfind(':');
    return colon != 0 && colon != std::string_view::npos && is_number(server.substr(colon + 1));
  });
  return legal ? std::nullopt : Complaint("must be a list of host:port");
}

Complaint check_replication_factor(std::string_view text) {
  return text == "0" ? Complaint("must be -1 (the broker's default) or at least 1") : std::nullopt;
}

Complaint check_config_providers(std::string_view text) {
  const bool legal = std::ranges::all_of(split_list(text), [](std::string_view provider) {
    return provider == "file" || provider == "env" || provider == "dir";
  });
  return legal ? std::nullopt : Complaint("must be a list out of file, env, dir");
}

Complaint check_start_position(std::string_view text) {
  if (text == "earliest" || text == "latest" || is_gtid_set(text) || is_file_position(text)) {
    return std::nullopt;
  }
  return "must be earliest, latest, a GTID set, or file:position such as binlog.000003:4711";
}

Complaint check_patterns(std::string_view text) {
  PatternList patterns;
  return ValueType<PatternList>::read(text, Rule{}, patterns);
}

Complaint check_truncation_key(std::string_view rest) {
  constexpr std::string_view kUnit = ".chars";
  if (rest.ends_with(kUnit)) {
    int64_t length = 0;
    const Rule rule{.min = 1, .max = std::numeric_limits<int32_t>::max()};
    rest.remove_suffix(kUnit.size());
    if (!read_number(rest, rule, length)) return std::nullopt;
  }
  return "must have a length of at least 1 in its name, as column.truncate.to.20.chars has";
}

}  // namespace rowmill::config
