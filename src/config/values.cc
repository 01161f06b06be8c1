// SPDX-License-Identifier: Apache-2.0
#include "config/values.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <system_error>

#include "config/pattern.h"

namespace rowmill::config {

Complaint read_number(std::string_view text, const Rule& rule, int64_t& out) {
  int64_t number = 0;
  const char* end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data(), end, number);
  if (parsed.ec != std::errc() || parsed.ptr != end || number < rule.min || number > rule.max) {
    return "must be an " + number_text(rule);
  }
  out = number;
  return std::nullopt;
}

std::string number_text(const Rule& rule) {
  const bool has_max = rule.max != std::numeric_limits<int64_t>::max();
  if (has_max) {
    return "integer from " + std::to_string(rule.min) + " to " + std::to_string(rule.max);
  }
  const bool has_min = rule.min != std::numeric_limits<int64_t>::min();
  return has_min ? "integer of at least " + std::to_string(rule.min) : "integer";
}

std::string join(const std::vector<std::string_view>& words) {
  std::string joined;
  for (const std::string_view word : words) {
    if (!joined.empty()) joined += ", ";
    joined += word;
  }
  return joined;
}

std::string must_be(const std::vector<std::string_view>& words) {
  return (words.size() == 1 ? "must be " : "must be one of ") + join(words);
}

Complaint check_allowed(std::string_view text, const Rule& rule) {
  const auto words = split_list(rule.allowed);
  const bool found = std::ranges::any_of(
      words, [text](std::string_view word) { return equal_ignoring_case(word, text); });
  return found || words.empty() ? std::nullopt : Complaint(must_be(words));
}

Complaint ValueType<bool>::read(std::string_view text, const Rule&, bool& out) {
  const bool is_true = equal_ignoring_case(text, "true");
  if (!is_true && !equal_ignoring_case(text, "false")) return "must be true or false";
  out = is_true;
  return std::nullopt;
}

Complaint ValueType<std::filesystem::path>::read(std::string_view text, const Rule&,
                                                 std::filesystem::path& out) {
  std::filesystem::path path(text);
  std::error_code ignored;
  if (!path.empty() && (std::filesystem::is_directory(path, ignored) || !std::ifstream(path))) {
    return "must name a file that Rowmill can read";
  }
  out = std::move(path);
  return std::nullopt;
}

Complaint ValueType<std::chrono::milliseconds>::read(std::string_view text, const Rule& rule,
                                                     std::chrono::milliseconds& out) {
  int64_t count = 0;
  if (auto complaint = read_number(text, rule, count)) return complaint;
  out = std::chrono::milliseconds(count);
  return std::nullopt;
}

Complaint ValueType<PatternList>::read(std::string_view text, const Rule&, PatternList& out) {
  PatternList patterns = split_patterns(text);
  for (size_t i = 0; i < patterns.size(); ++i) {
    if (const auto compiled = compile_pattern(patterns[i]); !compiled) {
      return "must be a list of regular expressions, but number " + std::to_string(i + 1) +
             " is none (" + compiled.error().message() + ")";
    }
  }
  out = std::move(patterns);
  return std::nullopt;
}

}  // namespace rowmill::config
