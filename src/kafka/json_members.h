// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <rapidjson/document.h>
#include <rapidjson/error/en.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

namespace rowmill::kafka {

// What the records of our own topics have in common: flat JSON objects whose members are read by
// name, unknown ones passed over.

using JsonWriter = rapidjson::Writer<rapidjson::StringBuffer>;

/// Iterative, so that deep nesting cannot exhaust the stack.
inline constexpr unsigned kJsonParseFlags = rapidjson::kParseInsituFlag |
                                            rapidjson::kParseIterativeFlag |
                                            rapidjson::kParseValidateEncodingFlag;

inline void write_text(JsonWriter& writer, std::string_view text) {
  writer.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
}
inline void write_member(JsonWriter& writer, std::string_view name, std::string_view value) {
  write_text(writer, name);
  write_text(writer, value);
}
inline void write_member(JsonWriter& writer, std::string_view name, uint64_t value) {
  write_text(writer, name);
  writer.Uint64(value);
}

[[nodiscard]] inline std::string_view text_of(const rapidjson::Value& value) {
  return {value.GetString(), value.GetStringLength()};
}

/// What the parser says about a document that it could not read.
[[nodiscard]] inline std::string parse_problem(const rapidjson::Document& document) {
  return std::string("is not JSON: ") + rapidjson::GetParseError_En(document.GetParseError()) +
         " at byte " + std::to_string(document.GetErrorOffset());
}

/// Reads the members of one JSON object; the first that is wrong is remembered. Views the object.
class MemberReader {
 public:
  explicit MemberReader(const rapidjson::Value& object) : object_(object) {}

  /// Null counts as absent, as it does in Java.
  const rapidjson::Value* find(const char* name) const {
    const auto found = object_.FindMember(name);
    return found == object_.MemberEnd() || found->value.IsNull() ? nullptr : &found->value;
  }

  template <typename Number>
  Number number(const char* name, bool required = false) {
    const rapidjson::Value* value = find(name);
    if (value == nullptr) {
      if (required) fail(name, "is missing");
      return 0;
    }
    if constexpr (std::is_signed_v<Number>) {
      if (value->IsInt64()) return value->GetInt64();
    } else {
      if (value->IsUint64() && value->GetUint64() <= std::numeric_limits<Number>::max()) {
        return static_cast<Number>(value->GetUint64());
      }
    }
    fail(name, "is not a whole number in range");
    return 0;
  }

  std::string text(const char* name, bool required = false) {
    const rapidjson::Value* value = find(name);
    if (value == nullptr) {
      if (required) fail(name, "is missing");
      return {};
    }
    if (!value->IsString()) {
      fail(name, "is not a string");
      return {};
    }
    return std::string(text_of(*value));
  }

  /// `otherwise` when it is absent.
  bool flag(const char* name, bool required = false, bool otherwise = false) {
    const rapidjson::Value* value = find(name);
    if (value == nullptr ? required : !value->IsBool()) fail(name, "is not true or false");
    return value != nullptr && value->IsBool() ? value->GetBool() : otherwise;
  }

  /// Null when it is absent or no array; being no array is a problem.
  const rapidjson::Value* list(const char* name, bool required = false) {
    const rapidjson::Value* value = find(name);
    if (value == nullptr ? required : !value->IsArray()) fail(name, "is not a list");
    return value != nullptr && value->IsArray() ? value : nullptr;
  }

  void fail(std::string_view name, std::string_view what) {
    if (!problem_) problem_ = "\"" + std::string(name) + "\" " + std::string(what);
  }

  /// The first member that is wrong, as `"pos" is missing`.
  [[nodiscard]] const std::optional<std::string>& problem() const { return problem_; }

 private:
  const rapidjson::Value& object_;
  std::optional<std::string> problem_;
};

}  // namespace rowmill::kafka
