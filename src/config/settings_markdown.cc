// SPDX-License-Identifier: Apache-2.0
#include "config/settings_markdown.h"

#include <string_view>
#include <type_traits>
#include <variant>

#include "config/definitions.h"

namespace rowmill::config {
namespace {

std::string code(std::string_view text) { return "`" + std::string(text) + "`"; }

template <typename Config>
std::string type_cell(const Setting<Config>& setting) {
  const auto describe = [&setting]<typename T>(T) -> std::string {
    if constexpr (std::is_same_v<T, Checked>) {
      return setting.rule.allowed.empty() ? "list" : "only " + std::string(setting.rule.allowed);
    } else if constexpr (std::is_same_v<T, PassThrough Config::*>) {
      return "text";
    } else if constexpr (std::is_member_pointer_v<T>) {
      using Value = std::remove_cvref_t<decltype(std::declval<Config>().*std::declval<T>())>;
      return ValueType<Value>::describe(setting.rule);
    } else {
      return "";
    }
  };
  return std::visit(describe, setting.member);
}

template <typename Config>
std::string default_cell(const Setting<Config>& setting) {
  if (setting.required) return "required";
  if (!setting.default_text.empty()) return code(setting.default_text);
  return std::string(setting.default_note);
}

/// One table for each run of rows of the same group.
template <typename Config>
void append_tables(std::span<const Setting<Config>> settings, std::string& out) {
  std::string_view group;
  for (const auto& setting : settings) {
    if (!setting.has_effect()) continue;
    if (setting.group != group) {
      group = setting.group;
      out.append("\n### ").append(group);
      out += "\n\n| key | type | default | meaning |\n|---|---|---|---|\n";
    }
    out += "| " + code(setting.key) + " | " + type_cell(setting) + " | " + default_cell(setting) +
           " | " + std::string(setting.doc) + " |\n";
  }
}

template <typename Kind, typename Config>
void append_rows(std::string_view scope, std::span<const Setting<Config>> settings,
                 std::string& out) {
  for (const auto& setting : settings) {
    if (!setting.template is<Kind>()) continue;
    out.append("| ").append(scope).append(" | ").append(code(setting.key));
    out.append(" | ").append(setting.doc);
    if (!setting.remedy.empty()) out.append(" ").append(setting.remedy);
    out += " |\n";
  }
}

template <typename Kind>
void append_kind(std::string_view heading, std::string_view text, std::string& out) {
  out.append("\n## ").append(heading).append("\n\n").append(text);
  out += "\n\n| file | key | why |\n|---|---|---|\n";
  append_rows<Kind>("worker", worker_settings(), out);
  append_rows<Kind>("connector", connector_settings(), out);
}

}  // namespace

std::string settings_markdown() {
  std::string out =
      "# Settings\n\n"
      "Printed by `rowmill settings`; do not edit. Files are Java properties. A key that is not\n"
      "here is an error. `${file:path:key}`, `${env:NAME}` and `${dir:path:file}` within a value\n"
      "are replaced. `KEY.*` stands for all keys that begin so.\n"
      "\n## Worker\n";
  append_tables(worker_settings(), out);
  out += "\n## Connector\n";
  append_tables(connector_settings(), out);
  append_kind<Ignored>("Accepted without effect",
                       "Known from Kafka Connect or Debezium. A warning says why nothing changes.",
                       out);
  append_kind<Refused>("Refused",
                       "Known from Kafka Connect or Debezium. Leaving them out of account would "
                       "change records\nor safety, so they are errors.",
                       out);
  return out;
}

}  // namespace rowmill::config
