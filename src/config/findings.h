// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "config/properties.h"

namespace rowmill::config {

/// A properties file that is being read.
struct ConfigFile {
  /// As the user named it.
  std::string path;
  /// Place on the command line, for the order of messages.
  size_t number = 0;
  Properties properties;
};

/// What is wrong or worth a warning in the files of one load, gathered so that the user sees all of
/// it at once: "file:line: key: what is wrong. remedy". Callers pass nothing secret.
class Findings {
 public:
  /// `line` 0: the file as a whole.
  void problem(const ConfigFile& file, size_t line, std::string_view key, std::string_view what,
               std::string_view remedy = {});
  /// A problem of the line that sets `key`, or of the whole file if none does.
  void problem(const ConfigFile& file, std::string_view key, std::string_view what,
               std::string_view remedy = {});
  void warning(const ConfigFile& file, size_t line, std::string_view key, std::string_view what,
               std::string_view remedy = {});

  [[nodiscard]] bool has_problems() const { return !problems_.empty(); }
  /// All problems, one a line, in the order of files and lines. kConfig.
  [[nodiscard]] base::Error error() const;
  [[nodiscard]] std::vector<std::string> warnings() const { return sorted_texts(warnings_); }

 private:
  struct Finding {
    size_t file = 0;
    size_t line = 0;
    std::string text;
  };

  static Finding make(const ConfigFile& file, size_t line, std::string_view key,
                      std::string_view what, std::string_view remedy);
  static std::vector<std::string> sorted_texts(std::vector<Finding> findings);

  std::vector<Finding> problems_;
  std::vector<Finding> warnings_;
};

}  // namespace rowmill::config
