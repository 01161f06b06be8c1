// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/result.h"
#include "model/table.h"

namespace rowmill::convert {

/// The topics of tables: `<prefix>.<database>.<table>`, each character that Kafka forbids replaced
/// by
/// `_` as Debezium does. Not thread-safe.
class TopicNames {
 public:
  explicit TopicNames(std::string_view prefix);

  /// The table's topic; the string stays where it is as long as this object lives. Errors: kConfig,
  /// when another table already has this topic or the name is longer than Kafka allows.
  base::Result<const std::string*> topic_of(const model::TableId& table);

 private:
  std::string prefix_;
  /// The topics given out so far and whose they are. A map, because its keys never move.
  std::map<std::string, model::TableId> owners_;
};

}  // namespace rowmill::convert
