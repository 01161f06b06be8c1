// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <chrono>
#include <concepts>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/config.h"
#include "config/words.h"

namespace rowmill::config {

/// What is wrong with a text, as the rest of a sentence: "must be true or false". Never holds the
/// text itself, which may be secret.
using Complaint = std::optional<std::string>;

/// What a value must satisfy besides being of its type.
struct Rule {
  /// Bounds of numbers, and of durations in milliseconds.
  int64_t min = std::numeric_limits<int64_t>::min();
  int64_t max = std::numeric_limits<int64_t>::max();
  /// The legal words, with commas, of a setting that has nothing to store; the first is the one to
  /// write.
  std::string_view allowed = {};
  /// A further check of the text.
  Complaint (*check)(std::string_view text) = nullptr;
  /// Of a family: a check of what stands in the key where the family has its *.
  Complaint (*check_key)(std::string_view rest) = nullptr;
};

Complaint read_number(std::string_view text, const Rule& rule, int64_t& out);
/// "integer", "integer from 1 to 9", "integer of at least 1".
std::string number_text(const Rule& rule);
/// Whether `text` is one of rule.allowed.
Complaint check_allowed(std::string_view text, const Rule& rule);
/// "must be one of a, b, c", or "must be a" if that is the only one.
std::string must_be(const std::vector<std::string_view>& words);
std::string join(const std::vector<std::string_view>& words);

template <typename Enum>
struct Word {
  std::string_view text;
  Enum value;
};
/// The words of an enum that a setting may have.
template <typename Enum>
inline constexpr std::array<Word<Enum>, 0> kWords;
template <>
inline constexpr std::array<Word<base::LogLevel>, 5> kWords<base::LogLevel>{
    {{"error", base::LogLevel::kError},
     {"warn", base::LogLevel::kWarn},
     {"info", base::LogLevel::kInfo},
     {"debug", base::LogLevel::kDebug},
     {"trace", base::LogLevel::kTrace}}};
template <>
inline constexpr std::array<Word<SslMode>, 5> kWords<SslMode>{
    {{"disabled", SslMode::kDisabled},
     {"preferred", SslMode::kPreferred},
     {"required", SslMode::kRequired},
     {"verify_ca", SslMode::kVerifyCa},
     {"verify_identity", SslMode::kVerifyIdentity}}};
template <>
inline constexpr std::array<Word<SkippedOperation>, 4> kWords<SkippedOperation>{
    {{"c", SkippedOperation::kCreate},
     {"u", SkippedOperation::kUpdate},
     {"d", SkippedOperation::kDelete},
     {"t", SkippedOperation::kTruncate}}};
template <>
inline constexpr std::array<Word<SourceField>, 5> kWords<SourceField>{
    {{"ts_us", SourceField::kTsUs},
     {"ts_ns", SourceField::kTsNs},
     {"version", SourceField::kVersion},
     {"sequence", SourceField::kSequence},
     {"query", SourceField::kQuery}}};
template <>
inline constexpr std::array<Word<FailureHandling>, 4> kWords<FailureHandling>{
    {{"fail", FailureHandling::kFail},
     {"warn", FailureHandling::kWarn},
     {"skip", FailureHandling::kSkip},
     {"ignore", FailureHandling::kSkip}}};
template <>
inline constexpr std::array<Word<SchemaRecovery>, 2> kWords<SchemaRecovery>{
    {{"stop", SchemaRecovery::kStop}, {"skip", SchemaRecovery::kSkip}}};

template <>
inline constexpr std::array<Word<DecimalMode>, 3> kWords<DecimalMode>{
    {{"string", DecimalMode::kString},
     {"precise", DecimalMode::kPrecise},
     {"double", DecimalMode::kDouble}}};
template <>
inline constexpr std::array<Word<TimeMode>, 7> kWords<TimeMode>{
    {{"iso", TimeMode::kIso},
     {"adaptive_time_microseconds", TimeMode::kAdaptiveTimeMicroseconds},
     {"adaptive", TimeMode::kAdaptive},
     {"connect", TimeMode::kConnect},
     {"isostring", TimeMode::kIsoString},
     {"microseconds", TimeMode::kMicroseconds},
     {"nanoseconds", TimeMode::kNanoseconds}}};
template <>
inline constexpr std::array<Word<BigintUnsignedMode>, 3> kWords<BigintUnsignedMode>{
    {{"exact", BigintUnsignedMode::kExact},
     {"long", BigintUnsignedMode::kLong},
     {"precise", BigintUnsignedMode::kPrecise}}};
template <>
inline constexpr std::array<Word<BinaryMode>, 4> kWords<BinaryMode>{
    {{"bytes", BinaryMode::kBytes},
     {"base64", BinaryMode::kBase64},
     {"base64-url-safe", BinaryMode::kBase64UrlSafe},
     {"hex", BinaryMode::kHex}}};
template <>
inline constexpr std::array<Word<BitMode>, 2> kWords<BitMode>{
    {{"number", BitMode::kNumber}, {"bytes", BitMode::kBytes}}};
template <>
inline constexpr std::array<Word<GeometryMode>, 3> kWords<GeometryMode>{
    {{"wkb", GeometryMode::kWkb},
     {"debezium", GeometryMode::kDebezium},
     {"geojson", GeometryMode::kGeoJson}}};
template <>
inline constexpr std::array<Word<PartialJsonMode>, 2> kWords<PartialJsonMode>{
    {{"fail", PartialJsonMode::kFail}, {"diff", PartialJsonMode::kDiff}}};

template <typename Enum>
std::vector<std::string_view> words_of() {
  std::vector<std::string_view> words;
  words.reserve(kWords<Enum>.size());
  for (const auto& word : kWords<Enum>) words.push_back(word.text);
  return words;
}

template <typename Enum>
std::optional<Enum> find_word(std::string_view text) {
  for (const auto& word : kWords<Enum>) {
    if (equal_ignoring_case(word.text, text)) return word.value;
  }
  return std::nullopt;
}

/// How a type that a setting may have is read and described. read() leaves `out` alone when it
/// complains.
template <typename T>
struct ValueType;

template <>
struct ValueType<std::string> {
  static Complaint read(std::string_view text, const Rule&, std::string& out) {
    out = text;
    return std::nullopt;
  }
  static std::string describe(const Rule&) { return "text"; }
};

template <>
struct ValueType<Secret> {
  static Complaint read(std::string_view text, const Rule&, Secret& out) {
    out = Secret(std::string(text));
    return std::nullopt;
  }
  static std::string describe(const Rule&) { return "secret"; }
};

/// A file that must be readable; empty means that there is none.
template <>
struct ValueType<std::filesystem::path> {
  static Complaint read(std::string_view text, const Rule&, std::filesystem::path& out);
  static std::string describe(const Rule&) { return "file"; }
};

template <>
struct ValueType<bool> {
  static Complaint read(std::string_view text, const Rule&, bool& out);
  static std::string describe(const Rule&) { return "true or false"; }
};

template <std::integral T>
struct ValueType<T> {
  static Complaint read(std::string_view text, const Rule& rule, T& out) {
    int64_t number = 0;
    if (auto complaint = read_number(text, rule, number)) return complaint;
    out = static_cast<T>(number);
    return std::nullopt;
  }
  static std::string describe(const Rule& rule) { return number_text(rule); }
};

template <>
struct ValueType<std::chrono::milliseconds> {
  static Complaint read(std::string_view text, const Rule& rule, std::chrono::milliseconds& out);
  static std::string describe(const Rule& rule) { return number_text(rule) + ", milliseconds"; }
};

template <>
struct ValueType<PatternList> {
  static Complaint read(std::string_view text, const Rule&, PatternList& out);
  static std::string describe(const Rule&) { return "list of regular expressions"; }
};

template <typename Enum>
requires std::is_enum_v<Enum>
struct ValueType<Enum> {
  static Complaint read(std::string_view text, const Rule&, Enum& out) {
    const auto found = find_word<Enum>(text);
    if (!found) return must_be(words_of<Enum>());
    out = *found;
    return std::nullopt;
  }
  static std::string describe(const Rule&) { return "one of " + join(words_of<Enum>()); }
};

template <typename Enum>
requires std::is_enum_v<Enum>
struct ValueType<std::vector<Enum>> {
  static Complaint read(std::string_view text, const Rule&, std::vector<Enum>& out) {
    std::vector<Enum> values;
    for (const std::string_view part : split_list(text)) {
      const auto found = find_word<Enum>(part);
      if (!found) return "must be a list out of " + join(words_of<Enum>());
      values.push_back(*found);
    }
    out = std::move(values);
    return std::nullopt;
  }
  static std::string describe(const Rule&) { return "list out of " + join(words_of<Enum>()); }
};

}  // namespace rowmill::config
