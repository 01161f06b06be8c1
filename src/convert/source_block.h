// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "convert/convert_settings.h"
#include "model/change.h"

namespace rowmill::convert {

/// The fields of `source` that are written only when asked for.
inline constexpr std::array<std::string_view, 5> kExtraSourceFields = {"ts_us", "ts_ns", "version",
                                                                       "sequence", "query"};

/// Writes the `source` object of records: where a change comes from, in Debezium's order of fields.
/// `gtid` and `thread` are left out when the server gives none; `sequence`, which only other
/// databases have, and a `query` that the server does not log are null when asked for.
class SourceBlock {
 public:
  /// `source_fields` holds names of kExtraSourceFields only.
  explicit SourceBlock(const ConvertSettings& settings);

  /// The parts of the object that are the same for all rows of a table, as JSON text.
  struct TableText {
    std::string database;
    std::string table;
  };
  [[nodiscard]] TableText table_text(const model::TableId& table) const;

  /// Of something that is no table's alone: `table` may be several names or, if empty, none.
  [[nodiscard]] TableText table_text(std::string_view database, std::string_view table) const;

  /// Appends the object. `read`: what it tells of was not logged but read from the tables.
  void append(std::string& out, const model::ChangeOrigin& origin, bool read,
              const TableText& text) const;

  /// The object as Connect describes it: a struct schema, as the field "source" of another.
  [[nodiscard]] std::string connect_schema() const;

 private:
  /// `{"version":...,"connector":`
  std::string head_;
  /// `,"name":"shop","ts_ms":`
  std::string name_;
  bool version_ = false;
  bool sequence_ = false;
  bool ts_us_ = false;
  bool ts_ns_ = false;
  bool query_ = false;
};

}  // namespace rowmill::convert
