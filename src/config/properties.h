// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace rowmill::config {

/// One key and its value, unescaped, in UTF-8, with the line (from 1) on which the key stands.
struct Property {
  std::string key;
  std::string value;
  size_t line = 0;
  /// The value could not be read, and a problem says why.
  bool broken = false;
};

struct SyntaxProblem {
  size_t line = 0;
  std::string key;
  std::string what;
  std::string remedy;
};

/// The properties of one file in file order, each key once, and all that is wrong with its syntax.
struct Properties {
  std::vector<Property> entries;
  std::vector<SyntaxProblem> problems;

  /// Null when the key is not there.
  [[nodiscard]] const Property* find(std::string_view key) const;
};

/// Reads the syntax of java.util.Properties.load(Reader), as its documentation defines it and
/// OpenJDK 17 reads it. `text` is taken as UTF-8, or as ISO-8859-1 if it is no valid UTF-8.
/// Stricter than Java in three points: a key that comes twice, half a surrogate pair and NUL are
/// problems. A backslash alone on the last line is nothing, where Java finds an empty key.
Properties parse_properties(std::string_view text);

/// The bytes of a file. Errors: kConfig.
base::Result<std::string> read_file(const std::filesystem::path& path);

}  // namespace rowmill::config
