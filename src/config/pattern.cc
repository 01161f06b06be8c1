// SPDX-License-Identifier: Apache-2.0
#include "config/pattern.h"

#include "config/words.h"

namespace rowmill::config {

std::vector<std::string> split_patterns(std::string_view text) {
  std::vector<std::string> patterns;
  std::string pattern;
  const auto finish = [&patterns, &pattern] {
    const std::string_view trimmed = trim(pattern);
    if (!trimmed.empty()) patterns.emplace_back(trimmed);
    pattern.clear();
  };
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == ',') {
      finish();
    } else if (c == '\\' && i + 1 < text.size()) {
      ++i;
      if (text[i] != ',') pattern.push_back(c);
      pattern.push_back(text[i]);
    } else {
      pattern.push_back(c);
    }
  }
  finish();
  return patterns;
}

base::Result<std::regex> compile_pattern(const std::string& pattern) {
  try {
    return std::regex(pattern, std::regex::ECMAScript | std::regex::icase | std::regex::optimize);
  } catch (const std::regex_error& error) {
    return base::Error(base::ErrorKind::kConfig, error.what());
  }
}

}  // namespace rowmill::config
