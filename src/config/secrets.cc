// SPDX-License-Identifier: Apache-2.0
#include "config/secrets.h"

#include <cstdlib>
#include <filesystem>
#include <optional>
#include <system_error>

#include "config/properties.h"

namespace rowmill::config {
namespace {

struct Placeholder {
  std::string provider;
  std::string path;
  std::string key;
};

base::Error error(std::string message) {
  return base::Error(base::ErrorKind::kConfig, std::move(message));
}

/// Splits what stands between ${ and }. Absent: it has no colon, so it is no placeholder.
std::optional<Placeholder> parse_placeholder(std::string_view text) {
  const size_t provider_end = text.find(':');
  if (provider_end == std::string_view::npos) return std::nullopt;
  Placeholder placeholder;
  placeholder.provider = text.substr(0, provider_end);
  text.remove_prefix(provider_end + 1);
  if (const size_t path_end = text.find(':'); path_end != std::string_view::npos) {
    placeholder.path = text.substr(0, path_end);
    text.remove_prefix(path_end + 1);
  }
  placeholder.key = text;
  return placeholder;
}

base::Result<std::string> read_regular_file(const std::filesystem::path& path) {
  std::error_code ignored;
  if (std::filesystem::exists(path, ignored) && !std::filesystem::is_regular_file(path, ignored)) {
    return error(path.string() + " is not a regular file");
  }
  return read_file(path);
}

base::Result<std::string> from_file(const Placeholder& placeholder) {
  if (placeholder.path.empty()) {
    return error("a file placeholder must have the form ${file:path:key}");
  }
  ROWMILL_ASSIGN(const std::string text, read_regular_file(placeholder.path));
  const Properties properties = parse_properties(text);
  const Property* found = properties.find(placeholder.key);
  if (found == nullptr) return error(placeholder.path + " has no key " + placeholder.key);
  // Only the place: a line of this file may be a secret as a whole.
  if (!properties.problems.empty()) {
    const size_t line = properties.problems.front().line;
    return error(placeholder.path + " is malformed at line " + std::to_string(line));
  }
  return found->value;
}

base::Result<std::string> from_directory(const Placeholder& placeholder) {
  if (placeholder.path.empty()) {
    return error("a dir placeholder must have the form ${dir:path:file}");
  }
  const std::filesystem::path name(placeholder.key);
  if (name.empty() || name != name.filename() || name == "." || name == "..") {
    return error("a dir placeholder must name a file in the directory itself, without /");
  }
  return read_regular_file(std::filesystem::path(placeholder.path) / name);
}

base::Result<std::string> from_environment(const Placeholder& placeholder) {
  if (!placeholder.path.empty()) {
    return error("an env placeholder must have the form ${env:NAME}");
  }
  const char* value = std::getenv(placeholder.key.c_str());
  if (value == nullptr) return error("environment variable " + placeholder.key + " is not set");
  return std::string(value);
}

base::Result<std::string> resolve(const Placeholder& placeholder) {
  if (placeholder.provider == "file") return from_file(placeholder);
  if (placeholder.provider == "dir") return from_directory(placeholder);
  if (placeholder.provider == "env") return from_environment(placeholder);
  // The name is not shown: this may be a password that happens to hold ${ and a colon.
  return base::Error(base::ErrorKind::kConfig, "a placeholder ${...:...} has an unknown provider")
      .with_remedy(
          "The providers are file, env and dir. A value that holds such text itself can "
          "only come from one of them.");
}

}  // namespace

base::Result<ResolvedText> resolve_placeholders(std::string_view text) {
  ResolvedText resolved;
  while (true) {
    const size_t begin = text.find("${");
    const size_t end = begin == std::string_view::npos ? begin : text.find('}', begin);
    if (end == std::string_view::npos) break;
    const auto placeholder = parse_placeholder(text.substr(begin + 2, end - begin - 2));
    resolved.text += text.substr(0, begin);
    if (placeholder) {
      ROWMILL_ASSIGN(const std::string value, resolve(*placeholder));
      resolved.text += value;
      resolved.secret = true;
    } else {
      resolved.text += text.substr(begin, end + 1 - begin);
    }
    text.remove_prefix(end + 1);
  }
  resolved.text += text;
  return resolved;
}

}  // namespace rowmill::config
