// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <regex>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace rowmill::config {

/// Splits a list of patterns at its commas; blanks around a pattern and empty ones are dropped. As
/// in Debezium's RegExSplitter, "\," is a comma within a pattern; every other backslash stays.
std::vector<std::string> split_patterns(std::string_view text);

/// The one meaning of the patterns of *.include.list and *.exclude.list: ECMAScript syntax, case
/// ignored. Use with std::regex_match, so that a pattern covers the whole name, as in Debezium.
/// Errors: kConfig, without the pattern's text.
base::Result<std::regex> compile_pattern(const std::string& pattern);

}  // namespace rowmill::config
