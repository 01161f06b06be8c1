// SPDX-License-Identifier: Apache-2.0
//
// What a change means: apply_json_diff in sql-common/json_diff.cc of MySQL 9.7; the order of an
// object's members: Json_key_comparator in sql-common/json_dom.cc.

#include "binlog/internal/json_document.h"

#include <algorithm>

namespace rowmill::binlog {
namespace {

/// Empties `used`, and gives back what an unusually large document took.
template <typename T>
void empty(std::vector<T>& used) {
  constexpr size_t kKeptBytes = size_t{64} * 1024;
  if (used.capacity() > kKeptBytes / sizeof(T)) used = {};
  used.clear();
}

/// Empty for an entry that is broken; printing the container then fails.
std::string_view key_of(const JsonContainer& container, uint32_t index) {
  return container.key(index).value_or(std::string_view());
}

/// Which of the `count` members from `first` is the first whose key is not less than `key`.
uint32_t lower_bound(const JsonContainer& container, uint32_t first, uint32_t count,
                     std::string_view key) {
  uint32_t begin = 0;
  uint32_t end = count;
  while (begin < end) {
    const uint32_t middle = begin + (end - begin) / 2;
    if (json_key_less(key_of(container, first + middle), key)) {
      begin = middle + 1;
    } else {
      end = middle;
    }
  }
  return begin;
}

}  // namespace

void JsonDocument::load(std::span<const std::byte> document) {
  empty(containers_);
  empty(runs_);
  empty(path_);
  runs_.push_back({.level = 0});
  document_ = json_root(document);
  root_ = open(document_);
}

std::optional<JsonDocument::ContainerId> JsonDocument::open(const JsonPart& part) {
  const auto original = JsonContainer::open(part);
  if (!original) return std::nullopt;
  const auto head = static_cast<RunId>(runs_.size());
  runs_.push_back({.is_single = true});
  if (original->count() > 0) {
    runs_.push_back({.total = original->count(), .count = original->count()});
    runs_[head].right = head + 1;
    recount(head);
  }
  containers_.push_back({.original = *original, .root = head, .head = head});
  return ContainerId{static_cast<uint32_t>(containers_.size() - 1)};
}

std::optional<JsonDocument::ContainerId> JsonDocument::container_at(ContainerId parent,
                                                                    const JsonPathLeg& leg) {
  const auto run = isolate(at(parent), leg);
  if (!run) return std::nullopt;
  if (!runs_[*run].opened) {
    const auto opened = open(JsonPart(runs_[*run].value));
    runs_[*run].opened = opened;
  }
  return runs_[*run].opened;
}

bool JsonDocument::replace(ContainerId container, const JsonPathLeg& leg, const JsonPart& value) {
  const auto run = isolate(at(container), leg);
  if (!run) return false;
  runs_[*run].value = value;
  runs_[*run].opened.reset();
  return true;
}

bool JsonDocument::remove(ContainerId container, const JsonPathLeg& leg) {
  const auto run = isolate(at(container), leg);
  if (!run) return false;
  runs_[*run].count = 0;
  std::for_each(path_.rbegin(), path_.rend(), [this](RunId id) { recount(id); });
  return true;
}

bool JsonDocument::insert(ContainerId id, const JsonPathLeg& leg, const JsonPart& value) {
  Container& container = at(id);
  if (container.original.is_object() != leg.key.has_value()) return false;
  Place place = find_place_of_new(container, leg);
  if (place.exists) return false;
  if (place.was_removed) {
    Run& run = runs_[place.run];
    run.count = 1;
    run.value = value;
    run.opened.reset();
    std::for_each(path_.rbegin(), path_.rend(), [this](RunId at) { recount(at); });
    return true;
  }
  if (place.offset < runs_[place.run].count) {
    split(container, place.offset);
    place = find_place_of_new(container, leg);
  }
  insert_after(container, {.total = 1,
                           .count = 1,
                           .is_single = true,
                           .key = leg.key.value_or(std::string_view()),
                           .value = value});
  return true;
}

/// Where insert() puts a member or cell.
JsonDocument::Place JsonDocument::find_place_of_new(const Container& container,
                                                    const JsonPathLeg& leg) {
  if (leg.key) return find_key(container, *leg.key);
  // Server source, sql-common/json_path.h, Json_array_index.
  const uint32_t size = runs_[container.root].total;
  const uint32_t index = leg.cell_of(size).value_or(leg.from_end ? 0 : size);
  if (index > 0) {
    Place place = find_cell(container, index - 1);
    ++place.offset;
    place.exists = false;
    return place;
  }
  path_.clear();
  for (RunId run = container.root; run != 0; run = runs_[run].left) path_.push_back(run);
  return {.run = container.head};
}

JsonDocument::Place JsonDocument::find(const Container& container, const JsonPathLeg& leg) {
  if (container.original.is_object() != leg.key.has_value()) return {};
  if (leg.key) return find_key(container, *leg.key);
  const auto index = leg.cell_of(runs_[container.root].total);
  return index ? find_cell(container, *index) : Place{};
}

JsonDocument::Place JsonDocument::find_key(const Container& container, std::string_view key) {
  path_.clear();
  Place before;
  size_t path_before = 0;
  for (RunId id = container.root; id != 0;) {
    path_.push_back(id);
    const Run& run = runs_[id];
    if (id != container.head) {
      const std::string_view first =
          run.is_single ? run.key : key_of(container.original, run.first);
      if (json_key_less(key, first)) {
        id = run.left;
        continue;
      }
      if (run.is_single && key == first) {
        return {.run = id, .exists = run.count > 0, .was_removed = run.count == 0};
      }
      if (!run.is_single) {
        const uint32_t offset = lower_bound(container.original, run.first, run.count, key);
        if (offset < run.count) {
          const bool exists = key_of(container.original, run.first + offset) == key;
          return {.run = id, .offset = offset, .exists = exists};
        }
      }
    }
    before = {.run = id, .offset = run.count};
    path_before = path_.size();
    id = run.right;
  }
  path_.resize(path_before);
  return before;
}

/// `index` is less than the number of cells.
JsonDocument::Place JsonDocument::find_cell(const Container& container, uint32_t index) {
  path_.clear();
  RunId id = container.root;
  while (true) {
    path_.push_back(id);
    const Run& run = runs_[id];
    const uint32_t left = runs_[run.left].total;
    if (index < left) {
      id = run.left;
    } else if (index - left < run.count) {
      return {.run = id, .offset = index - left, .exists = true};
    } else {
      index -= left + run.count;
      id = run.right;
    }
  }
}

/// The run of the member at `leg` alone, path_ leading to it; nothing where it is missing or
/// broken.
std::optional<JsonDocument::RunId> JsonDocument::isolate(Container& container,
                                                         const JsonPathLeg& leg) {
  while (true) {
    const Place place = find(container, leg);
    if (!place.exists) return std::nullopt;
    Run& run = runs_[place.run];
    if (run.is_single) return place.run;
    if (run.count == 1) {
      const auto value = container.original.value(run.first);
      if (!value) return std::nullopt;
      run.is_single = true;
      run.value = *value;
      if (container.original.is_object()) run.key = key_of(container.original, run.first);
      return place.run;
    }
    split(container, std::max<uint32_t>(place.offset, 1));
  }
}

/// Cuts the run that path_ leads to after its first `offset` members.
void JsonDocument::split(Container& container, uint32_t offset) {
  Run& run = runs_[path_.back()];
  const Run rest = {
      .total = run.count - offset, .count = run.count - offset, .first = run.first + offset};
  run.count = offset;
  insert_after(container, rest);
}

/// Puts `fresh` behind the run that path_ leads to. path_ leads nowhere after that.
void JsonDocument::insert_after(Container& container, const Run& fresh) {
  const auto id = static_cast<RunId>(runs_.size());
  runs_.push_back(fresh);
  const RunId before = path_.back();
  if (runs_[before].right == 0) {
    runs_[before].right = id;
  } else {
    for (RunId next = runs_[before].right; next != 0; next = runs_[next].left) {
      path_.push_back(next);
    }
    runs_[path_.back()].left = id;
  }
  rebalance(container);
}

/// Andersson's insertion from the bottom of path_ up.
void JsonDocument::rebalance(Container& container) {
  while (!path_.empty()) {
    const RunId id = path_.back();
    path_.pop_back();
    recount(id);
    const RunId top = raise(skew(id));
    if (path_.empty()) {
      container.root = top;
    } else if (Run& parent = runs_[path_.back()]; parent.left == id) {
      parent.left = top;
    } else {
      parent.right = top;
    }
  }
}

void JsonDocument::recount(RunId id) {
  Run& run = runs_[id];
  run.total = runs_[run.left].total + run.count + runs_[run.right].total;
}

/// A left child of the same level becomes the parent.
JsonDocument::RunId JsonDocument::skew(RunId id) {
  const RunId left = runs_[id].left;
  if (left == 0 || runs_[left].level != runs_[id].level) return id;
  runs_[id].left = runs_[left].right;
  runs_[left].right = id;
  recount(id);
  recount(left);
  return left;
}

/// Of three runs of one level to the right of each other, the middle becomes the parent.
JsonDocument::RunId JsonDocument::raise(RunId id) {
  const RunId right = runs_[id].right;
  if (right == 0 || runs_[runs_[right].right].level != runs_[id].level) return id;
  runs_[id].right = runs_[right].left;
  runs_[right].left = id;
  ++runs_[right].level;
  recount(id);
  recount(right);
  return right;
}

bool JsonDocument::print(JsonPrinter& printer) const {
  return root_ ? print_container(at(*root_), printer) : printer.value(document_);
}

bool JsonDocument::print_container(const Container& container, JsonPrinter& printer) const {
  if (!printer.enter(container.original)) return false;
  if (!print_runs(container, container.root, printer)) return false;
  printer.leave(container.original);
  return true;
}

bool JsonDocument::print_runs(const Container& container, RunId id, JsonPrinter& printer) const {
  for (; id != 0; id = runs_[id].right) {
    if (!print_runs(container, runs_[id].left, printer)) return false;
    if (!print_run(container, runs_[id], printer)) return false;
  }
  return true;
}

bool JsonDocument::print_run(const Container& container, const Run& run,
                             JsonPrinter& printer) const {
  if (run.count == 0) return true;
  if (!run.is_single) return printer.members(container.original, run.first, run.count);
  if (!container.original.is_object()) {
    printer.element();
  } else if (!printer.key(run.key)) {
    return false;
  }
  return run.opened ? print_container(at(*run.opened), printer) : printer.value(run.value);
}

}  // namespace rowmill::binlog
