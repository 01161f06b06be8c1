// SPDX-License-Identifier: Apache-2.0
#include "config/settings_markdown.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>
#include <string>

#include "config/definitions.h"
#include "config/properties.h"

namespace rowmill::config {
namespace {

using testing::HasSubstr;

TEST(SettingsMarkdown, NamesEveryKeyOnce) {
  const std::string text = settings_markdown();
  const auto expect_row = [&text](std::string_view key) {
    EXPECT_THAT(text, HasSubstr("| `" + std::string(key) + "` |"));
  };
  for (const auto& setting : worker_settings()) expect_row(setting.key);
  for (const auto& setting : connector_settings()) expect_row(setting.key);
  size_t rows = 0;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const bool is_row = line.starts_with("| `") || line.starts_with("| worker | `") ||
                        line.starts_with("| connector | `");
    if (is_row) ++rows;
  }
  EXPECT_EQ(rows, worker_settings().size() + connector_settings().size());
}

TEST(SettingsMarkdown, ShowsTypeDefaultAndMeaning) {
  const std::string text = settings_markdown();
  EXPECT_THAT(text, HasSubstr("| `database.port` | integer from 1 to 65535 | `3306` | "));
  EXPECT_THAT(text, HasSubstr("| `database.password` | secret | empty | "));
  EXPECT_THAT(text, HasSubstr("| `topic.prefix` | text | required | "));
  EXPECT_THAT(text, HasSubstr("| `log.level` | one of error, warn, info, debug, trace | `info` |"));
}

TEST(SettingsMarkdown, ReferenceInTheRepositoryIsUpToDate) {
  const auto file = read_file(std::string(ROWMILL_SOURCE_ROOT) + "/config/settings.md");
  ASSERT_TRUE(file.ok()) << file.error().text();
  EXPECT_TRUE(*file == settings_markdown()) << "run: rowmill settings > config/settings.md";
}

}  // namespace
}  // namespace rowmill::config
