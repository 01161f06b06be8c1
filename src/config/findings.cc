// SPDX-License-Identifier: Apache-2.0
#include "config/findings.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace rowmill::config {

void Findings::problem(const ConfigFile& file, size_t line, std::string_view key,
                       std::string_view what, std::string_view remedy) {
  problems_.push_back(make(file, line, key, what, remedy));
}

void Findings::problem(const ConfigFile& file, std::string_view key, std::string_view what,
                       std::string_view remedy) {
  const Property* property = file.properties.find(key);
  problem(file, property == nullptr ? 0 : property->line, key, what, remedy);
}

void Findings::warning(const ConfigFile& file, size_t line, std::string_view key,
                       std::string_view what, std::string_view remedy) {
  warnings_.push_back(make(file, line, key, what, remedy));
}

base::Error Findings::error() const {
  std::string text;
  for (const std::string& line : sorted_texts(problems_)) {
    if (!text.empty()) text += '\n';
    text += line;
  }
  return {base::ErrorKind::kConfig, std::move(text)};
}

Findings::Finding Findings::make(const ConfigFile& file, size_t line, std::string_view key,
                                 std::string_view what, std::string_view remedy) {
  std::string text = file.path;
  if (line != 0) text += ":" + std::to_string(line);
  if (!key.empty()) text.append(": ").append(key);
  text.append(": ").append(what);
  if (!remedy.empty()) text.append(what.ends_with('.') ? " " : ". ").append(remedy);
  return {file.number, line, std::move(text)};
}

std::vector<std::string> Findings::sorted_texts(std::vector<Finding> findings) {
  std::ranges::stable_sort(findings, {}, [](const Finding& finding) {
    return std::tuple(finding.file, finding.line == 0, finding.line);
  });
  std::vector<std::string> texts;
  texts.reserve(findings.size());
  for (Finding& finding : findings) texts.push_back(std::move(finding.text));
  return texts;
}

}  // namespace rowmill::config
