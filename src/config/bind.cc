// SPDX-License-Identifier: Apache-2.0
#include "config/bind.h"

#include <cassert>
#include <string>
#include <variant>
#include <vector>

#include "config/definitions.h"
#include "config/secrets.h"
#include "config/words.h"

namespace rowmill::config {
namespace {

template <typename... Functions>
struct Overloaded : Functions... {
  using Functions::operator()...;
};
template <typename... Functions>
Overloaded(Functions...) -> Overloaded<Functions...>;

template <typename Config>
std::span<const Setting<Config>> settings_of();
template <>
std::span<const Setting<WorkerConfig>> settings_of() {
  return worker_settings();
}
template <>
std::span<const Setting<ConnectorConfig>> settings_of() {
  return connector_settings();
}

/// Reads a trimmed text into the setting's member.
template <typename Config>
Complaint store(const Setting<Config>& setting, std::string_view key, std::string_view text,
                Config& config) {
  const auto read = Overloaded{
      [](Ignored) -> Complaint { return std::nullopt; },
      [](Refused) -> Complaint { return std::nullopt; },
      [&](Checked) -> Complaint { return check_allowed(text, setting.rule); },
      [&](PassThrough Config::*member) -> Complaint {
        (config.*member)[std::string(key.substr(setting.prefix().size()))] = text;
        return std::nullopt;
      },
      [&]<typename T>(T Config::*member) -> Complaint {
        return ValueType<T>::read(text, setting.rule, config.*member);
      },
  };
  if (setting.required && text.empty()) return "must not be empty";
  if (auto complaint = std::visit(read, setting.member)) return complaint;
  return setting.rule.check == nullptr ? std::nullopt : setting.rule.check(text);
}

template <typename Config>
void report_unknown(const ConfigFile& file, const Property& property, Findings& findings) {
  const auto is_known = [&property](const auto settings) {
    const auto* setting = find_setting(settings, property.key);
    return setting != nullptr && setting->has_effect();
  };
  std::string remedy = "`rowmill settings` lists all keys.";
  if (is_known(worker_settings())) {
    remedy = "It is a setting of the worker: move it to the worker's file.";
  } else if (is_known(connector_settings())) {
    remedy = "It is a setting of connectors: move it to the connector's file.";
  } else {
    std::vector<std::string_view> candidates;
    for (const auto& setting : settings_of<Config>()) {
      if (setting.has_effect() && !setting.is_family()) candidates.push_back(setting.key);
    }
    const auto guess = nearest(property.key, candidates);
    if (guess) remedy = "Did you mean " + std::string(*guess) + "?";
  }
  findings.problem(file, property.line, property.key, "is not known here", remedy);
}

template <typename Config>
void bind_property(const ConfigFile& file, const Property& property, Config& config,
                   Findings& findings) {
  const auto* setting = find_setting(settings_of<Config>(), property.key);
  if (setting == nullptr) return report_unknown<Config>(file, property, findings);
  const auto problem = [&](std::string_view what, std::string_view remedy) {
    findings.problem(file, property.line, property.key, what, remedy);
  };
  if (setting->template is<Refused>()) return problem(setting->doc, setting->remedy);
  if (setting->template is<Ignored>()) {
    return findings.warning(file, property.line, property.key, "has no effect", setting->doc);
  }
  if (setting->rule.check_key != nullptr) {
    const std::string_view rest = std::string_view(property.key).substr(setting->prefix().size());
    if (const auto complaint = setting->rule.check_key(rest)) {
      return problem(*complaint, {});
    }
  }
  const auto resolved = resolve_placeholders(property.value);
  if (!resolved) return problem(resolved.error().message(), resolved.error().remedy());
  const std::string_view text = trim(resolved->text);
  if (auto complaint = store(*setting, property.key, text, config)) {
    const bool secret = resolved->secret || setting->template is<Secret Config::*>();
    if (!secret && !text.empty()) *complaint += ", not '" + std::string(text) + "'";
    problem(*complaint, setting->remedy);
  }
}

}  // namespace

template <typename Config>
void apply_defaults(Config& config) {
  for (const auto& setting : settings_of<Config>()) {
    if (setting.default_text.empty()) continue;
    [[maybe_unused]] const auto complaint =
        store(setting, setting.key, setting.default_text, config);
    assert(!complaint);
  }
}

template <typename Config>
void bind(const ConfigFile& file, Config& config, Findings& findings) {
  for (const SyntaxProblem& problem : file.properties.problems) {
    findings.problem(file, problem.line, problem.key, problem.what, problem.remedy);
  }
  for (const Property& property : file.properties.entries) {
    if (!property.broken) bind_property(file, property, config, findings);
  }
  for (const auto& setting : settings_of<Config>()) {
    if (setting.required && file.properties.find(setting.key) == nullptr) {
      findings.problem(file, 0, setting.key, "is missing",
                       "Add a line " + std::string(setting.key) + "=...");
    }
  }
}

template void apply_defaults(WorkerConfig& config);
template void apply_defaults(ConnectorConfig& config);
template void bind(const ConfigFile& file, WorkerConfig& config, Findings& findings);
template void bind(const ConfigFile& file, ConnectorConfig& config, Findings& findings);

}  // namespace rowmill::config
