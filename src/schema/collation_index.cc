// SPDX-License-Identifier: Apache-2.0
#include "schema/collation_index.h"

#include <utility>

namespace rowmill::schema {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

constexpr std::string_view kDefault = "default";

Error not_known(std::string_view what, std::string_view name) {
  return {ErrorKind::kUnsupported,
          std::string(what) + " " + std::string(name) + " is not known to the source"};
}

/// "utf8" and "utf8mb3" each for the other, with what follows the charset in a collation's name;
/// empty for other names. On MariaDB "utf8" may be utf8mb4 (old_mode without UTF8_IS_UTF8MB3),
/// which the log does not tell: both are UTF-8, and mismatch() takes either.
std::string other_spelling(std::string_view name) {
  const auto tail_after = [&](std::string_view charset) -> std::optional<std::string_view> {
    if (!name.starts_with(charset)) return std::nullopt;
    const std::string_view tail = name.substr(charset.size());
    if (!tail.empty() && tail[0] != '_') return std::nullopt;
    return tail;
  };
  if (const auto tail = tail_after("utf8mb3")) return "utf8" + std::string(*tail);
  if (const auto tail = tail_after("utf8")) return "utf8mb3" + std::string(*tail);
  return {};
}

}  // namespace

CollationIndex::CollationIndex(CollationTable table) : table_(std::move(table)) {
  for (const auto& [id, collation] : table_) {
    by_name_.emplace(collation.name, &collation);
    if (collation.is_default)
      defaults_.insert_or_assign(collation.charset, std::pair(id, &collation));
  }
}

const Collation* CollationIndex::find(std::string_view name) const {
  auto found = by_name_.find(name);
  if (found == by_name_.end()) found = by_name_.find(other_spelling(name));
  return found == by_name_.end() ? nullptr : found->second;
}

const Collation* CollationIndex::find(uint32_t id) const {
  const auto found = table_.find(id);
  return found == table_.end() ? nullptr : &found->second;
}

Result<const Collation*> CollationIndex::default_of(std::string_view charset,
                                                    const StatementContext& context) const {
  auto found = defaults_.find(charset);
  if (found == defaults_.end()) found = defaults_.find(other_spelling(charset));
  if (found == defaults_.end()) return not_known("the default collation of character set", charset);
  const auto& [id, own] = found->second;
  if (!context.mariadb && charset == "utf8mb4" && context.utf8mb4_collation != 0) {
    const Collation* logged = find(context.utf8mb4_collation);
    if (logged == nullptr) return not_known("collation", std::to_string(context.utf8mb4_collation));
    return logged;
  }
  for (const DefaultCollation& session : context.default_collations) {
    if (session.of_charset != id) continue;
    const Collation* logged = find(session.collation);
    if (logged == nullptr) return not_known("collation", std::to_string(session.collation));
    return logged;
  }
  return own;
}

/// MariaDB has names without the charset: uca1400_ai_ci is utf8mb4_uca1400_ai_ci for utf8mb4.
Result<const Collation*> CollationIndex::named(std::string_view name,
                                               std::string_view charset) const {
  if (const Collation* whole = find(name)) return whole;
  if (const Collation* of = find(std::string(charset) + "_" + std::string(name))) return of;
  return not_known("collation", name);
}

Result<const Collation*> CollationIndex::choose(const CharsetClause& clause,
                                                std::string_view inherited,
                                                const StatementContext& context) const {
  const Collation* in_force = inherited.empty() ? nullptr : find(inherited);
  const bool names_charset = clause.charset && *clause.charset != kDefault;
  const bool names_collation = clause.collation && *clause.collation != kDefault;
  if (names_collation) {
    const std::string_view charset = names_charset         ? std::string_view(*clause.charset)
                                     : in_force != nullptr ? std::string_view(in_force->charset)
                                                           : std::string_view();
    ROWMILL_ASSIGN(const Collation* const chosen, named(*clause.collation, charset));
    // On MySQL BINARY without a charset comes last; MariaDB refuses both together.
    const bool binary = clause.binary && !names_charset && chosen->charset != kBinary;
    return binary ? named("bin", chosen->charset) : Result<const Collation*>(chosen);
  }
  if (!names_charset && in_force == nullptr) {
    return Error(ErrorKind::kUnsupported,
                 "the default character set that it inherits is not known");
  }
  const std::string_view charset =
      names_charset ? std::string_view(*clause.charset) : std::string_view(in_force->charset);
  if (clause.binary && charset != kBinary) {
    // MariaDB keeps what sorts by bytes already, such as latin1_nopad_bin.
    const bool keeps = context.mariadb && !names_charset && in_force->name.ends_with("_bin");
    if (!keeps) return named("bin", charset);
    return in_force;
  }
  // On MySQL CHARACTER SET DEFAULT inherits the collation as well; on MariaDB it is the charset's
  // own one, whatever character_set_collations says.
  if (names_charset || clause.collation) return default_of(charset, context);
  if (clause.charset && context.mariadb) return default_of(charset, {});
  return in_force;
}

}  // namespace rowmill::schema
