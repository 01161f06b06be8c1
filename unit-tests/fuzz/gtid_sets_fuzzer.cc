// SPDX-License-Identifier: Apache-2.0
//
// GTID sets and states. The first byte chooses the form of the rest: text of a user's setting, or
// the body of an event.

#include <cstdint>
#include <span>
#include <string_view>

#include "binlog/internal/event_bodies.h"
#include "fuzz/checks.h"
#include "fuzz/gtid_input.h"
#include "model/gtid.h"

namespace rowmill::test {
namespace {

using model::GtidSet;
using model::MariadbGtidState;
using model::MysqlGtidSet;

/// The canonical text reads back to the same set, and prints as itself.
template <typename Set>
void require_stable(const Set& set) {
  const std::string text = set.text();
  const auto again = Set::parse(text);
  require(again.ok(), "the text of a set can be read");
  require(*again == set, "the text of a set is that set");
  require(again->text() == text, "the text of a set is stable");
}

void check(const MysqlGtidSet& set) {
  require_stable(set);
  require(set.contains(set), "a set contains itself");
  require(set.subtract(set).empty(), "nothing is left of a set without itself");
  MysqlGtidSet twice = set;
  twice.merge(set);
  require(twice == set, "merging a set with itself changes nothing");
  for (const auto& [source, intervals] : set.sources()) {
    uint64_t last = 0;
    for (const auto& interval : intervals) {
      require(interval.first > last && interval.first <= interval.last, "intervals are in order");
      require(last == 0 || interval.first > last + 1, "intervals do not touch");
      last = interval.last;
      require(set.contains({.source = source, .number = interval.last}), "a set has its numbers");
    }
  }
}

void check(const MariadbGtidState& state) { require_stable(state); }

/// A set of every second GTID: taken away and put back, the set is as it was.
void check_subtraction(const MysqlGtidSet& set) {
  MysqlGtidSet part;
  for (const auto& [source, intervals] : set.sources()) {
    for (const auto& interval : intervals) {
      part.add(source, {interval.first, interval.first + (interval.last - interval.first) / 2});
    }
  }
  require(set.contains(part), "a set contains its parts");
  MysqlGtidSet rest = set.subtract(part);
  rest.merge(part);
  require(rest == set, "a part taken away and put back gives the set");
}

void read_text(std::string_view text) {
  if (const auto set = MysqlGtidSet::parse(text); set.ok()) {
    check(*set);
    check_subtraction(*set);
  }
  if (const auto state = MariadbGtidState::parse(text); state.ok()) check(*state);
  const auto either = model::parse_gtid_set(text);
  if (!either.ok()) return;
  const auto again = model::parse_gtid_set(model::to_string(*either));
  require(again.ok() && *again == *either, "either kind is told by its text");
}

void read_body(GtidForm form, std::span<const std::byte> body) {
  constexpr uint32_t kServerId = 7;
  switch (form) {
    case GtidForm::kPreviousGtids:
      if (const auto gtids = binlog::decode_previous_gtids(body); gtids.ok()) check(gtids->set);
      return;
    case GtidForm::kGtidList:
      if (const auto list = binlog::decode_gtid_list(body); list.ok()) check(list->state);
      return;
    case GtidForm::kMariadbGtid:
      if (const auto gtid = binlog::decode_mariadb_gtid(body, kServerId); gtid.ok()) {
        require(gtid->gtid.server_id == kServerId, "the server id is the header's");
      }
      return;
    case GtidForm::kAnonymous:
      if (const auto gtid = binlog::decode_gtid(body, /*anonymous=*/true); gtid.ok()) {
        require(!gtid->gtid, "an anonymous transaction has no GTID");
      }
      return;
    default:
      break;
  }
  const auto gtid = form == GtidForm::kTagged ? binlog::decode_gtid_tagged(body)
                                              : binlog::decode_gtid(body, /*anonymous=*/false);
  if (!gtid.ok()) return;
  require(gtid->gtid.has_value() && gtid->gtid->number > 0, "a GTID has a number");
  MysqlGtidSet set;
  set.add(*gtid->gtid);
  check(set);
}

}  // namespace
}  // namespace rowmill::test

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace rowmill::test;
  if (size == 0) return 0;
  const auto form = static_cast<GtidForm>(data[0] % kGtidForms);
  if (form == GtidForm::kText) {
    read_text({reinterpret_cast<const char*>(data + 1), size - 1});
  } else {
    read_body(form, std::as_bytes(std::span(data + 1, size - 1)));
  }
  return 0;
}
