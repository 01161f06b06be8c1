// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace rowmill::config {

/// Without blanks, tabs and line breaks at both ends.
[[nodiscard]] std::string_view trim(std::string_view text);

/// The trimmed parts between commas; empty ones are dropped.
[[nodiscard]] std::vector<std::string_view> split_list(std::string_view text);

/// Letters A-Z and a-z are the same.
[[nodiscard]] bool equal_ignoring_case(std::string_view a, std::string_view b);

/// Levenshtein's distance: the least number of bytes to insert, remove or replace.
[[nodiscard]] size_t edit_distance(std::string_view a, std::string_view b);

/// The candidate that `word` was probably meant to be; absent when none is close.
[[nodiscard]] std::optional<std::string_view> nearest(
    std::string_view word, const std::vector<std::string_view>& candidates);

}  // namespace rowmill::config
