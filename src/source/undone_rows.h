// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/gtid.h"
#include "model/position.h"

namespace rowmill::source {

/// The savepoints of one group, by the count of events before them.
///
/// The servers compare names without regard to case or to trailing blanks, letters outside of ASCII
/// by a collation of theirs.
class Savepoints {
 public:
  /// SAVEPOINT: takes the place of an older one of that name.
  void set(std::string_view name, uint64_t events);
  /// ROLLBACK TO: the savepoint stays, those set after it are gone. Returns the count of events
  /// from which on rows are undone; 0 when the savepoint was set before the first change, for then
  /// the server does not log it. Absent when the names do not say which one is meant.
  std::optional<uint64_t> roll_back_to(std::string_view name);

 private:
  struct Savepoint {
    std::string name;
    uint64_t events = 0;
  };
  std::vector<Savepoint> savepoints_;
};

/// Which rows of groups their own transactions took back though they are in the log. Outlives the
/// rewind after which those groups are read again. One thread.
class UndoneRows {
 public:
  /// One group.
  struct Group {
    model::Position begin;
    std::optional<model::Gtid> gtid;
    /// All of it was read: `ranges` holds all that there is.
    bool complete = false;

    /// Events [first, last) are undone. Ranges are added in rising order of `last`.
    void add(uint64_t first, uint64_t last);
    [[nodiscard]] bool holds(uint64_t event) const;

   private:
    struct Range {
      uint64_t first = 0;
      uint64_t last = 0;
    };
    /// Sorted, apart from each other.
    std::vector<Range> ranges_;
  };

  /// Null if nothing is known of it. Stays valid until forget_before().
  [[nodiscard]] Group* find(const model::Position& begin, const std::optional<model::Gtid>& gtid);
  Group& add(const model::Position& begin, const std::optional<model::Gtid>& gtid);
  /// Groups that begin before `position` will not be read again.
  void forget_before(const model::Position& position);

 private:
  std::vector<std::unique_ptr<Group>> groups_;
};

}  // namespace rowmill::source
