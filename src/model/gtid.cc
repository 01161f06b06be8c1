// SPDX-License-Identifier: Apache-2.0
#include "model/gtid.h"

#include <algorithm>
#include <cassert>
#include <charconv>

namespace rowmill::model {

namespace {

using base::Error;
using base::ErrorKind;
using base::Result;

/// Reads an unsigned number and moves `text` behind it.
template <typename Number>
bool take_number(std::string_view& text, Number& number) {
  auto [after, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{}) return false;
  text.remove_prefix(static_cast<size_t>(after - text.data()));
  return true;
}

bool take_char(std::string_view& text, char expected) {
  if (text.empty() || text.front() != expected) return false;
  text.remove_prefix(1);
  return true;
}

Result<MariadbGtid> parse_mariadb_gtid(std::string_view text) {
  MariadbGtid gtid;
  std::string_view rest = text;
  const bool fine = take_number(rest, gtid.domain) && take_char(rest, '-') &&
                    take_number(rest, gtid.server_id) && take_char(rest, '-') &&
                    take_number(rest, gtid.sequence) && rest.empty();
  if (!fine) {
    return Error(ErrorKind::kConfig, "'" + std::string(text) + "' is no MariaDB GTID")
        .with_remedy("Write it as domain-server-sequence, such as 0-1-100.");
  }
  return gtid;
}

bool is_empty(const GtidSet& set) {
  return std::visit([](const auto& kind) { return kind.empty(); }, set);
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\n')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\n')) text.remove_suffix(1);
  return text;
}

}  // namespace

std::string to_string(const Gtid& gtid) {
  if (const auto* mysql = std::get_if<MysqlGtid>(&gtid)) {
    std::string text = to_string(mysql->source.uuid);
    if (!mysql->source.tag.empty()) text += ':' + mysql->source.tag;
    return text + ':' + std::to_string(mysql->number);
  }
  const auto& mariadb = std::get<MariadbGtid>(gtid);
  return std::to_string(mariadb.domain) + '-' + std::to_string(mariadb.server_id) + '-' +
         std::to_string(mariadb.sequence);
}

Result<MariadbGtidState> MariadbGtidState::parse(std::string_view text) {
  MariadbGtidState state;
  while (!text.empty()) {
    const size_t comma = std::min(text.find(','), text.size());
    const std::string_view part = trim(text.substr(0, comma));
    text.remove_prefix(std::min(comma + 1, text.size()));
    if (part.empty()) continue;
    ROWMILL_ASSIGN(const MariadbGtid gtid, parse_mariadb_gtid(part));
    state.add(gtid);
  }
  return state;
}

void MariadbGtidState::merge(const MariadbGtidState& later) {
  for (const auto& [domain, gtid] : later.domains_) domains_[domain] = gtid;
}

std::string MariadbGtidState::text() const {
  std::string text;
  for (const auto& [domain, gtid] : domains_) {
    if (!text.empty()) text += ',';
    text += to_string(Gtid(gtid));
  }
  return text;
}

std::string to_string(const GtidSet& set) {
  return std::visit([](const auto& kind) { return kind.text(); }, set);
}

Result<Gtid> parse_gtid(std::string_view text) {
  ROWMILL_ASSIGN(const GtidSet set, parse_gtid_set(text));
  if (const auto* state = std::get_if<MariadbGtidState>(&set)) {
    if (state->domains().size() == 1) return Gtid(state->domains().begin()->second);
  } else {
    const auto& sources = std::get<MysqlGtidSet>(set).sources();
    const bool one = sources.size() == 1 && sources.begin()->second.size() == 1;
    if (one && sources.begin()->second[0].first == sources.begin()->second[0].last) {
      return Gtid(MysqlGtid{sources.begin()->first, sources.begin()->second[0].first});
    }
  }
  return Error(ErrorKind::kConfig, "'" + std::string(text) + "' is not one GTID")
      .with_remedy("Write it as uuid:number, uuid:tag:number or domain-server-sequence.");
}

Result<GtidSet> parse_gtid_set(std::string_view text) {
  // A MySQL set has a colon in its first element, a MariaDB position never.
  if (text.substr(0, text.find(',')).find(':') != std::string_view::npos) {
    ROWMILL_ASSIGN(MysqlGtidSet set, MysqlGtidSet::parse(text));
    return GtidSet(std::move(set));
  }
  ROWMILL_ASSIGN(MariadbGtidState state, MariadbGtidState::parse(text));
  return GtidSet(std::move(state));
}

void merge(GtidSet& set, const GtidSet& later) {
  if (is_empty(later)) return;
  if (is_empty(set)) {
    set = later;
    return;
  }
  assert(set.index() == later.index());
  if (auto* mysql = std::get_if<MysqlGtidSet>(&set)) {
    mysql->merge(std::get<MysqlGtidSet>(later));
  } else {
    std::get<MariadbGtidState>(set).merge(std::get<MariadbGtidState>(later));
  }
}

void add(GtidSet& set, const Gtid& gtid) {
  if (set.index() != gtid.index()) {
    assert(is_empty(set));
    set = std::holds_alternative<MysqlGtid>(gtid) ? GtidSet(MysqlGtidSet{})
                                                  : GtidSet(MariadbGtidState{});
  }
  if (auto* mysql = std::get_if<MysqlGtidSet>(&set)) {
    mysql->add(std::get<MysqlGtid>(gtid));
  } else {
    std::get<MariadbGtidState>(set).add(std::get<MariadbGtid>(gtid));
  }
}

}  // namespace rowmill::model
