// SPDX-License-Identifier: Apache-2.0
#include "kafka/history_place.h"

#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>
#include <variant>

namespace rowmill::kafka {
namespace {

bool contains(const model::MysqlGtidSet& read, const model::MysqlGtidSet& change) {
  return read.contains(change);
}

bool contains(const model::MariadbGtidState& read, const model::MariadbGtidState& change) {
  for (const auto& [domain, gtid] : change.domains()) {
    const auto found = read.domains().find(domain);
    if (found == read.domains().end() || found->second.sequence < gtid.sequence) return false;
  }
  return true;
}

/// Absent: they are of different servers' kinds.
std::optional<bool> contains(const model::GtidSet& read, const model::GtidSet& change) {
  return std::visit(
      [](const auto& a, const auto& b) -> std::optional<bool> {
        if constexpr (std::is_same_v<decltype(a), decltype(b)>) return contains(a, b);
        return std::nullopt;
      },
      read, change);
}

struct BinlogFile {
  std::string_view base;
  uint64_t number = 0;
};

/// "binlog.000003" in its parts; absent for other names.
std::optional<BinlogFile> split(std::string_view file) {
  const size_t dot = file.rfind('.');
  if (dot == std::string_view::npos) return std::nullopt;
  BinlogFile parts{.base = file.substr(0, dot)};
  const char* const end = file.data() + file.size();
  const auto parsed = std::from_chars(file.data() + dot + 1, end, parts.number);
  if (parsed.ec != std::errc() || parsed.ptr != end) return std::nullopt;
  return parts;
}

}  // namespace

std::optional<bool> is_at_or_before(const model::Position& a, const model::Position& b) {
  if (a.file == b.file) return a.offset <= b.offset;
  const auto file = split(a.file);
  const auto other = split(b.file);
  if (!file || !other || file->base != other->base) return std::nullopt;
  return file->number < other->number;
}

bool is_in_force(const HistoryPlace& place, const model::SourceOffset& offset) {
  if (!offset.gtids) return is_at_or_before(place.position, offset.position).value_or(true);
  // A place without GTID says nothing on a source that has them: after a change of servers the same
  // file names mean other places.
  if (place.gtid.empty()) return true;
  const auto change = model::parse_gtid_set(place.gtid);
  if (!change.ok()) return true;
  // The text of an empty set does not tell its kind.
  if (std::visit([](const auto& set) { return set.empty(); }, *offset.gtids)) return false;
  return contains(*offset.gtids, *change).value_or(true);
}

HistoryPlace place_at(const model::SourceOffset& offset) {
  return {offset.position, offset.gtids ? model::to_string(*offset.gtids) : std::string()};
}

}  // namespace rowmill::kafka
