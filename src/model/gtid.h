// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"

namespace rowmill::model {

/// The UUID of a MySQL server, in the byte order of its text form.
struct ServerUuid {
  std::array<uint8_t, 16> bytes{};
  auto operator<=>(const ServerUuid&) const = default;
};
[[nodiscard]] std::string to_string(const ServerUuid& uuid);
[[nodiscard]] base::Result<ServerUuid> parse_server_uuid(std::string_view text);

/// Where a MySQL GTID comes from: the server's UUID and, since MySQL 8.3, an optional tag.
/// The tag is lower case, at most 32 characters, and empty when there is none.
struct GtidSource {
  ServerUuid uuid;
  std::string tag;
  auto operator<=>(const GtidSource&) const = default;
};

/// uuid[:tag]:number, number from 1.
struct MysqlGtid {
  GtidSource source;
  uint64_t number = 0;
  auto operator<=>(const MysqlGtid&) const = default;
};

/// domain-server-sequence.
struct MariadbGtid {
  uint32_t domain = 0;
  uint32_t server_id = 0;
  uint64_t sequence = 0;
  auto operator<=>(const MariadbGtid&) const = default;
};

/// The identity of one transaction at its source.
using Gtid = std::variant<MysqlGtid, MariadbGtid>;
[[nodiscard]] std::string to_string(const Gtid& gtid);
/// Reads what to_string() writes. Errors: kConfig.
[[nodiscard]] base::Result<Gtid> parse_gtid(std::string_view text);

/// A set of MySQL GTIDs, as in gtid_executed. Not thread-safe; copying costs one pass.
class MysqlGtidSet {
 public:
  /// Numbers `first` to `last`, both inclusive; intervals of a source are sorted and do not touch.
  struct Interval {
    uint64_t first = 0;
    uint64_t last = 0;
    bool operator==(const Interval&) const = default;
  };
  using Intervals = std::vector<Interval>;

  /// Text as @@gtid_executed prints it: "uuid:1-5:7,uuid:tag:1-3"; blanks and line breaks between
  /// parts are allowed; the empty text is the empty set. Errors: kConfig.
  static base::Result<MysqlGtidSet> parse(std::string_view text);

  void add(const MysqlGtid& gtid) { add(gtid.source, {gtid.number, gtid.number}); }
  void add(const GtidSource& source, Interval interval);
  void merge(const MysqlGtidSet& other);
  [[nodiscard]] bool contains(const MysqlGtid& gtid) const;
  [[nodiscard]] bool contains(const MysqlGtidSet& other) const;
  /// What is here and not in `other`.
  [[nodiscard]] MysqlGtidSet subtract(const MysqlGtidSet& other) const;
  [[nodiscard]] bool empty() const { return sources_.empty(); }
  [[nodiscard]] const std::map<GtidSource, Intervals>& sources() const { return sources_; }
  /// Canonical text: sources in order, tags after their untagged source, no blanks.
  [[nodiscard]] std::string text() const;
  bool operator==(const MysqlGtidSet&) const = default;

 private:
  std::map<GtidSource, Intervals> sources_;
};

/// A MariaDB GTID position: the last GTID of each replication domain.
class MariadbGtidState {
 public:
  /// Text as @@gtid_binlog_pos prints it: "0-1-10,1-2-3". Errors: kConfig.
  static base::Result<MariadbGtidState> parse(std::string_view text);

  /// `gtid` becomes the last of its domain.
  void add(const MariadbGtid& gtid) { domains_[gtid.domain] = gtid; }
  void merge(const MariadbGtidState& later);
  [[nodiscard]] bool empty() const { return domains_.empty(); }
  [[nodiscard]] const std::map<uint32_t, MariadbGtid>& domains() const { return domains_; }
  [[nodiscard]] std::string text() const;
  bool operator==(const MariadbGtidState&) const = default;

 private:
  std::map<uint32_t, MariadbGtid> domains_;
};

/// The executed transactions up to a position, in the words of either server.
using GtidSet = std::variant<MysqlGtidSet, MariadbGtidState>;
[[nodiscard]] std::string to_string(const GtidSet& set);
/// Reads either form, told apart by the shape of the first element; the empty text, which has none,
/// becomes an empty MariadbGtidState. Errors: kConfig.
[[nodiscard]] base::Result<GtidSet> parse_gtid_set(std::string_view text);
/// Adds what happened later. Both sides must be of one kind (asserted), but an empty set, whose
/// text does not say its kind, takes that of the other.
void merge(GtidSet& set, const GtidSet& later);
/// Adds one transaction; `gtid` must be of the set's kind (asserted) unless the set is empty.
void add(GtidSet& set, const Gtid& gtid);

}  // namespace rowmill::model
