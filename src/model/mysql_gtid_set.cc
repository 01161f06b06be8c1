// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <charconv>

#include "model/gtid.h"

namespace rowmill::model {

namespace {

using base::Error;
using base::ErrorKind;
using base::Result;

constexpr uint64_t kMaxGtidNumber = INT64_MAX;
constexpr size_t kMaxTagLength = 32;

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string_view trim(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n";
  const size_t first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

Error bad_set(std::string_view part) {
  return Error(ErrorKind::kConfig, "'" + std::string(part) + "' is no part of a GTID set")
      .with_remedy("Write it as uuid:1-5:7, with further sources after commas.");
}

Result<MysqlGtidSet::Interval> parse_interval(std::string_view text) {
  MysqlGtidSet::Interval interval;
  const char* end = text.data() + text.size();
  auto [after_first, first_error] = std::from_chars(text.data(), end, interval.first);
  if (first_error != std::errc{}) return bad_set(text);
  interval.last = interval.first;
  if (after_first != end) {
    if (*after_first != '-') return bad_set(text);
    auto [after_last, last_error] = std::from_chars(after_first + 1, end, interval.last);
    if (last_error != std::errc{} || after_last != end) return bad_set(text);
  }
  if (interval.first == 0 || interval.last < interval.first || interval.last > kMaxGtidNumber) {
    return bad_set(text);
  }
  return interval;
}

bool is_tag(std::string_view text) {
  const auto is_tag_char = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  };
  return !text.empty() && text.size() <= kMaxTagLength && !(text[0] >= '0' && text[0] <= '9') &&
         std::all_of(text.begin(), text.end(), is_tag_char);
}

void append_intervals(std::string& text, const MysqlGtidSet::Intervals& intervals) {
  for (const auto& interval : intervals) {
    text += ':' + std::to_string(interval.first);
    if (interval.last != interval.first) text += '-' + std::to_string(interval.last);
  }
}

}  // namespace

std::string to_string(const ServerUuid& uuid) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  text.reserve(36);
  for (size_t i = 0; i < uuid.bytes.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) text += '-';
    text += kDigits[uuid.bytes[i] >> 4];
    text += kDigits[uuid.bytes[i] & 0x0f];
  }
  return text;
}

Result<ServerUuid> parse_server_uuid(std::string_view text) {
  ServerUuid uuid;
  size_t at = 0;
  for (size_t i = 0; i < uuid.bytes.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) {
      if (at >= text.size() || text[at] != '-') return bad_set(text);
      ++at;
    }
    if (at + 2 > text.size()) return bad_set(text);
    const int high = hex_digit(text[at]);
    const int low = hex_digit(text[at + 1]);
    if (high < 0 || low < 0) return bad_set(text);
    uuid.bytes[i] = static_cast<uint8_t>(high << 4 | low);
    at += 2;
  }
  if (at != text.size()) return bad_set(text);
  return uuid;
}

Result<MysqlGtidSet> MysqlGtidSet::parse(std::string_view text) {
  MysqlGtidSet set;
  while (!text.empty()) {
    const size_t comma = std::min(text.find(','), text.size());
    std::string_view entry = trim(text.substr(0, comma));
    text.remove_prefix(std::min(comma + 1, text.size()));
    if (entry.empty()) continue;

    const size_t colon = entry.find(':');
    if (colon == std::string_view::npos) return bad_set(entry);
    ROWMILL_ASSIGN(const ServerUuid uuid, parse_server_uuid(trim(entry.substr(0, colon))));
    GtidSource source{uuid, ""};
    entry.remove_prefix(colon + 1);
    // A tag holds for the intervals after it, of which there must be one, until the next tag.
    bool interval_due = true;
    while (true) {
      const size_t next = std::min(entry.find(':'), entry.size());
      const std::string_view part = trim(entry.substr(0, next));
      if (is_tag(part)) {
        if (interval_due && !source.tag.empty()) return bad_set(part);
        interval_due = true;
        source.tag = part;
        std::transform(source.tag.begin(), source.tag.end(), source.tag.begin(),
                       [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
      } else {
        ROWMILL_ASSIGN(const Interval interval, parse_interval(part));
        set.add(source, interval);
        interval_due = false;
      }
      if (next == entry.size()) break;
      entry.remove_prefix(next + 1);
    }
    if (interval_due) return bad_set(source.tag);
  }
  return set;
}

void MysqlGtidSet::add(const GtidSource& source, Interval interval) {
  Intervals& intervals = sources_[source];
  // The stream adds in order: the new number nearly always extends the last interval.
  if (!intervals.empty() && intervals.back().first <= interval.first &&
      interval.first <= intervals.back().last + 1) {
    intervals.back().last = std::max(intervals.back().last, interval.last);
    return;
  }
  auto first =
      std::lower_bound(intervals.begin(), intervals.end(), interval,
                       [](const Interval& a, const Interval& b) { return a.last + 1 < b.first; });
  auto last = first;
  while (last != intervals.end() && last->first <= interval.last + 1) {
    interval.first = std::min(interval.first, last->first);
    interval.last = std::max(interval.last, last->last);
    ++last;
  }
  intervals.insert(intervals.erase(first, last), interval);
}

void MysqlGtidSet::merge(const MysqlGtidSet& other) {
  for (const auto& [source, intervals] : other.sources_) {
    for (const Interval& interval : intervals) add(source, interval);
  }
}

bool MysqlGtidSet::contains(const MysqlGtid& gtid) const {
  const auto found = sources_.find(gtid.source);
  if (found == sources_.end()) return false;
  return std::any_of(found->second.begin(), found->second.end(), [&](const Interval& i) {
    return i.first <= gtid.number && gtid.number <= i.last;
  });
}

bool MysqlGtidSet::contains(const MysqlGtidSet& other) const {
  return other.subtract(*this).empty();
}

MysqlGtidSet MysqlGtidSet::subtract(const MysqlGtidSet& other) const {
  MysqlGtidSet left;
  for (const auto& [source, intervals] : sources_) {
    const auto taken = other.sources_.find(source);
    for (Interval rest : intervals) {
      bool any = true;
      if (taken != other.sources_.end()) {
        for (const Interval& hole : taken->second) {
          if (hole.last < rest.first || hole.first > rest.last) continue;
          if (hole.first > rest.first) left.add(source, {rest.first, hole.first - 1});
          if (hole.last >= rest.last) {
            any = false;
            break;
          }
          rest.first = hole.last + 1;
        }
      }
      if (any) left.add(source, rest);
    }
  }
  return left;
}

std::string MysqlGtidSet::text() const {
  std::string text;
  const ServerUuid* previous = nullptr;
  for (const auto& [source, intervals] : sources_) {
    if (previous == nullptr || *previous != source.uuid) {
      if (previous != nullptr) text += ',';
      text += to_string(source.uuid);
      previous = &source.uuid;
    }
    if (!source.tag.empty()) text += ':' + source.tag;
    append_intervals(text, intervals);
  }
  return text;
}

}  // namespace rowmill::model
