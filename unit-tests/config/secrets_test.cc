// SPDX-License-Identifier: Apache-2.0
#include "config/secrets.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <string>

#include "config/temporary_folder.h"

namespace rowmill::config {
namespace {

using testing::HasSubstr;
using testing::Not;

class Placeholders : public testing::Test {
 protected:
  void SetUp() override {
    setenv("ROWMILL_TEST_VALUE", "from-env", 1);
    setenv("ROWMILL_TEST_NESTED", "${env:ROWMILL_TEST_VALUE}", 1);
    unsetenv("ROWMILL_TEST_UNSET");
    folder_.write("secrets.properties", "password = s3cret:}\nother=x\n");
    folder_.write("token", "from-dir\n");
  }

  static std::string resolved(const std::string& text) {
    const auto result = resolve_placeholders(text);
    return result ? result->text : "error: " + result.error().text();
  }

  TemporaryFolder folder_;
  const std::string path_ = folder_.path().string();
};

TEST_F(Placeholders, TextWithoutAnyStaysAndIsNotSecret) {
  for (const std::string text : {"", "plain", "$", "${", "a}b", "${1}", "${name}", "$env:X"}) {
    const auto result = resolve_placeholders(text);
    ASSERT_TRUE(result.ok()) << text;
    EXPECT_EQ(result->text, text);
    EXPECT_FALSE(result->secret);
  }
}

TEST_F(Placeholders, EachProviderReplacesAndMarksSecret) {
  for (const auto& [text, value] : {
           std::pair{"${env:ROWMILL_TEST_VALUE}", "from-env"},
           std::pair{"${file:PATH/secrets.properties:password}", "s3cret:}"},
           std::pair{"${dir:PATH:token}", "from-dir\n"},
       }) {
    std::string source = text;
    if (const size_t at = source.find("PATH"); at != std::string::npos)
      source.replace(at, 4, path_);
    const auto result = resolve_placeholders(source);
    ASSERT_TRUE(result.ok()) << result.error().text();
    EXPECT_EQ(result->text, value);
    EXPECT_TRUE(result->secret);
  }
}

TEST_F(Placeholders, SeveralInOneValueAreReplaced) {
  EXPECT_EQ(resolved("<${env:ROWMILL_TEST_VALUE}|${x}|${env:ROWMILL_TEST_VALUE}>"),
            "<from-env|${x}|from-env>");
}

TEST_F(Placeholders, ReplacedTextIsNotLookedAtAgain) {
  EXPECT_EQ(resolved("${env:ROWMILL_TEST_NESTED}"), "${env:ROWMILL_TEST_VALUE}");
}

TEST_F(Placeholders, RelativePathStartsAtTheWorkingDirectory) {
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(folder_.path());
  const std::string value = resolved("${file:secrets.properties:other}");
  std::filesystem::current_path(before);
  EXPECT_EQ(value, "x");
}

TEST_F(Placeholders, UnresolvableIsAnErrorThatNamesTheCause) {
  folder_.write("broken.properties", "hunter2\nhunter2\nkey=x\n");
  const struct {
    std::string text;
    std::string cause;
  } cases[] = {
      {"${env:ROWMILL_TEST_UNSET}", "ROWMILL_TEST_UNSET is not set"},
      {"${env:a:ROWMILL_TEST_VALUE}", "${env:NAME}"},
      {"${file:" + path_ + "/secrets.properties:nokey}", "has no key nokey"},
      {"${file:/nowhere:key}", "cannot read /nowhere"},
      {"${file:" + path_ + ":key}", "not a regular file"},
      {"${file:key}", "${file:path:key}"},
      {"${file:" + path_ + "/broken.properties:key}", "malformed at line 2"},
      {"${dir:" + path_ + ":nofile}", "cannot read"},
      {"${dir:" + path_ + ":../x}", "without /"},
      {"${dir:" + path_ + ":..}", "without /"},
      {"${dir:" + path_ + ":}", "without /"},
      {"${dir:token}", "${dir:path:file}"},
      {"${vault:path:key}", "unknown provider"},
  };
  for (const auto& test : cases) {
    const auto result = resolve_placeholders(test.text);
    ASSERT_FALSE(result.ok()) << test.text;
    EXPECT_EQ(result.error().kind(), base::ErrorKind::kConfig);
    EXPECT_THAT(result.error().text(), HasSubstr(test.cause));
    EXPECT_THAT(result.error().text(), Not(HasSubstr("hunter2")));
  }
}

TEST_F(Placeholders, ErrorNeverShowsTextThatMayBeAPassword) {
  const auto result = resolve_placeholders("hunter2${hunter2:hunter2}hunter2");
  ASSERT_FALSE(result.ok());
  EXPECT_THAT(result.error().text(), Not(HasSubstr("hunter2")));
}

}  // namespace
}  // namespace rowmill::config
