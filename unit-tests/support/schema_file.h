// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>
#include <rapidjson/document.h>
#include <rapidjson/schema.h>
#include <rapidjson/stringbuffer.h>

#include <fstream>
#include <regex>
#include <sstream>
#include <string>
#include <string_view>

namespace rowmill::test {

// Records against the files of schemas/.

inline rapidjson::Document parse(std::string_view json) {
  rapidjson::Document document;
  document.Parse<rapidjson::kParseValidateEncodingFlag>(json.data(), json.size());
  EXPECT_FALSE(document.HasParseError()) << json;
  return document;
}

/// The file with "$defs" called "definitions".
inline rapidjson::Document schema_file(const std::string& name) {
  std::ifstream file(ROWMILL_SOURCE_ROOT "/schemas/" + name);
  EXPECT_TRUE(file.is_open()) << name;
  std::ostringstream stream;
  stream << file.rdbuf();
  // RapidJSON passes over references with a $ in their path, so that all would be valid.
  return parse(std::regex_replace(stream.str(), std::regex("\\$defs"), "definitions"));
}

/// Empty if `json` is as `schema` demands, else what it breaks.
inline std::string violation(const rapidjson::SchemaDocument& schema, std::string_view json) {
  rapidjson::SchemaValidator validator(schema);
  if (parse(json).Accept(validator)) return "";
  rapidjson::StringBuffer place;
  validator.GetInvalidDocumentPointer().StringifyUriFragment(place);
  return std::string(validator.GetInvalidSchemaKeyword()) + " at " + place.GetString() + " of " +
         std::string(json);
}

}  // namespace rowmill::test
