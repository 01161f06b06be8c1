// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "config/config.h"
#include "config/values.h"

namespace rowmill::config {

/// Accepted with a warning: Kafka Connect or Debezium knows the key, here it changes nothing that a
/// consumer could see. The doc line says why.
struct Ignored {};
/// Known elsewhere, but leaving it out of account would change records or safety: an error. The doc
/// line says what is missing.
struct Refused {};
/// One of Rule::allowed, which all mean the same so far: checked, not stored.
struct Checked {};

/// Where a setting's value goes, which is also its type.
template <typename Config>
using Member =
    std::variant<Ignored, Refused, Checked, PassThrough Config::*, std::string Config::*,
                 Secret Config::*, std::filesystem::path Config::*, bool Config::*,
                 uint16_t Config::*, int32_t Config::*, uint32_t Config::*, uint64_t Config::*,
                 std::chrono::milliseconds Config::*, PatternList Config::*,
                 base::LogLevel Config::*, SslMode Config::*, FailureHandling Config::*,
                 SchemaRecovery Config::*, std::vector<SkippedOperation> Config::*,
                 std::vector<SourceField> Config::*, DecimalMode Config::*, TimeMode Config::*,
                 BigintUnsignedMode Config::*, BinaryMode Config::*, BitMode Config::*,
                 GeometryMode Config::*, PartialJsonMode Config::*>;

/// One row of the definition table.
template <typename Config>
struct Setting {
  /// "prefix.*" stands for all keys with that prefix that have no row of their own.
  std::string_view key;
  /// Heading in the reference; empty for ignored and refused keys, which have sections of their
  /// own.
  std::string_view group = {};
  Member<Config> member;
  bool required = false;
  /// Read like a value from a file. Empty: there is none, and default_note says what happens then.
  std::string_view default_text = {};
  std::string_view default_note = {};
  Rule rule = {};
  std::string_view doc;
  /// What to do about a bad value, as a full sentence.
  std::string_view remedy = {};

  template <typename T>
  [[nodiscard]] bool is() const {
    return std::holds_alternative<T>(member);
  }
  [[nodiscard]] bool has_effect() const { return !is<Ignored>() && !is<Refused>(); }
  [[nodiscard]] bool is_family() const { return key.ends_with(".*"); }
  /// The prefix of a family, with its dot.
  [[nodiscard]] std::string_view prefix() const { return key.substr(0, key.size() - 1); }
};

/// The definition table, one part for each kind of file. All that is known of a key is here:
/// parsing, defaults, checks, the reference and the suggestions for unknown keys are made from it.
std::span<const Setting<WorkerConfig>> worker_settings();
std::span<const Setting<ConnectorConfig>> connector_settings();

/// The row for `key`: its own, else that of the longest family; null when it is unknown.
template <typename Config>
const Setting<Config>* find_setting(std::span<const Setting<Config>> settings,
                                    std::string_view key) {
  const Setting<Config>* best = nullptr;
  for (const Setting<Config>& setting : settings) {
    if (setting.key == key) return &setting;
    const bool covers = setting.is_family() && key.size() > setting.prefix().size() &&
                        key.starts_with(setting.prefix());
    if (covers && (best == nullptr || best->key.size() < setting.key.size())) best = &setting;
  }
  return best;
}

}  // namespace rowmill::config
