// SPDX-License-Identifier: Apache-2.0
#include "source/undone_rows.h"

#include <algorithm>
#include <utility>

namespace rowmill::source {

namespace {

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::string folded(std::string_view name) {
  while (name.ends_with(' ')) name.remove_suffix(1);
  std::string text(name);
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

/// In the order of the binlog: its files are numbered, and their numbers may grow by a digit.
bool is_before(const model::Position& left, const model::Position& right) {
  if (left.file.size() != right.file.size()) return left.file.size() < right.file.size();
  return std::tie(left.file, left.offset) < std::tie(right.file, right.offset);
}

}  // namespace

void Savepoints::set(std::string_view name, uint64_t events) {
  std::string key = folded(name);
  std::erase_if(savepoints_, [&](const Savepoint& each) { return each.name == key; });
  savepoints_.push_back({std::move(key), events});
}

std::optional<uint64_t> Savepoints::roll_back_to(std::string_view name) {
  const std::string key = folded(name);
  const auto found = std::ranges::find(savepoints_, key, &Savepoint::name);
  if (found != savepoints_.end()) {
    const uint64_t events = found->events;
    savepoints_.erase(std::next(found), savepoints_.end());
    return events;
  }
  const auto may_be_equal = [&](const Savepoint& each) {
    return !is_ascii(key) || !is_ascii(each.name);
  };
  if (std::ranges::any_of(savepoints_, may_be_equal)) return std::nullopt;
  savepoints_.clear();
  return 0;
}

void UndoneRows::Group::add(uint64_t first, uint64_t last) {
  while (!ranges_.empty() && ranges_.back().last >= first) {
    first = std::min(first, ranges_.back().first);
    ranges_.pop_back();
  }
  ranges_.push_back({first, last});
}

bool UndoneRows::Group::holds(uint64_t event) const {
  const auto next = std::ranges::upper_bound(ranges_, event, {}, &Range::first);
  return next != ranges_.begin() && event < std::prev(next)->last;
}

UndoneRows::Group* UndoneRows::find(const model::Position& begin,
                                    const std::optional<model::Gtid>& gtid) {
  const auto found = std::ranges::find_if(
      groups_, [&](const auto& group) { return group->begin == begin && group->gtid == gtid; });
  return found == groups_.end() ? nullptr : found->get();
}

UndoneRows::Group& UndoneRows::add(const model::Position& begin,
                                   const std::optional<model::Gtid>& gtid) {
  auto group = std::make_unique<Group>();
  group->begin = begin;
  group->gtid = gtid;
  groups_.push_back(std::move(group));
  return *groups_.back();
}

void UndoneRows::forget_before(const model::Position& position) {
  std::erase_if(groups_, [&](const auto& group) { return is_before(group->begin, position); });
}

}  // namespace rowmill::source
