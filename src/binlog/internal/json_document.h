// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "binlog/internal/json_binary.h"
#include "binlog/internal/json_path.h"
#include "binlog/internal/json_printer.h"

namespace rowmill::binlog {

/// A binary JSON document that changes are made to, one after the other. Of the document itself
/// only the containers are opened that a change lies in; the members of such a container are runs:
/// stretches of members that stay as they are, and single members that were looked at or are new.
/// So memory goes with the number of changes, whatever the size of the document. The runs of a
/// container are a balanced tree (A. Andersson, "Balanced Search Trees Made Simple", 1993), in
/// which a removed member leaves an empty run: a change costs the logarithm of their number, be it
/// at the front of a long array.
///
/// All bytes that come in are kept as views. Reused, it allocates nothing in the steady state.
class JsonDocument {
 public:
  enum class ContainerId : uint32_t {};

  /// Forgets what was there.
  void load(std::span<const std::byte> document);

  /// Nothing where the document is a scalar.
  [[nodiscard]] std::optional<ContainerId> root() const { return root_; }
  /// The object or array at `leg`; nothing where there is none.
  std::optional<ContainerId> container_at(ContainerId parent, const JsonPathLeg& leg);

  // False, and no change worth printing, where the place does not fit: a cell of an object, a
  // member of an array, one that is missing, or for insert() a member that is there.

  bool replace(ContainerId container, const JsonPathLeg& leg, const JsonPart& value);
  bool remove(ContainerId container, const JsonPathLeg& leg);
  /// A cell beyond either end of the array becomes its last or first.
  bool insert(ContainerId container, const JsonPathLeg& leg, const JsonPart& value);

  /// As JsonPrinter::value() would print the changed document.
  bool print(JsonPrinter& printer) const;

 private:
  /// Index into runs_; 0, the empty run, is no run.
  using RunId = uint32_t;

  struct Run {
    RunId left = 0;
    RunId right = 0;
    uint32_t level = 1;
    /// Members of this run and of the runs below it.
    uint32_t total = 0;
    /// Members: 0 when removed.
    uint32_t count = 0;
    /// The first of them in the container as it was. Not for a single one.
    uint32_t first = 0;
    bool is_single = false;
    std::string_view key = {};
    JsonPart value = {};
    /// The value, once it was opened.
    std::optional<ContainerId> opened = std::nullopt;
  };

  struct Container {
    JsonContainer original;
    RunId root = 0;
    /// An empty run before all others.
    RunId head = 0;
  };

  /// The member at a leg, or, where there is none, what it would come after: the first `offset`
  /// members of `run`. path_ leads to the run.
  struct Place {
    RunId run = 0;
    uint32_t offset = 0;
    bool exists = false;
    /// A single one with this key, removed.
    bool was_removed = false;
  };

  std::optional<ContainerId> open(const JsonPart& part);
  Container& at(ContainerId id) { return containers_[static_cast<size_t>(id)]; }
  [[nodiscard]] const Container& at(ContainerId id) const {
    return containers_[static_cast<size_t>(id)];
  }

  Place find(const Container& container, const JsonPathLeg& leg);
  Place find_key(const Container& container, std::string_view key);
  Place find_cell(const Container& container, uint32_t index);
  Place find_place_of_new(const Container& container, const JsonPathLeg& leg);
  std::optional<RunId> isolate(Container& container, const JsonPathLeg& leg);

  void split(Container& container, uint32_t offset);
  void insert_after(Container& container, const Run& fresh);
  void rebalance(Container& container);
  void recount(RunId id);
  RunId skew(RunId id);
  RunId raise(RunId id);

  bool print_container(const Container& container, JsonPrinter& printer) const;
  bool print_runs(const Container& container, RunId id, JsonPrinter& printer) const;
  bool print_run(const Container& container, const Run& run, JsonPrinter& printer) const;

  JsonPart document_;
  std::optional<ContainerId> root_;
  std::vector<Container> containers_;
  std::vector<Run> runs_;
  /// From the root of a tree to the run that was looked for.
  std::vector<RunId> path_;
};

}  // namespace rowmill::binlog
