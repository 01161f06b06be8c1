// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

#include "base/arena.h"
#include "schema/table_catalog.h"

namespace rowmill::source {

/// Statements as the source logs them, in character_set_client of their sessions. One thread.
class StatementTexts {
 public:
  explicit StatementTexts(schema::CollationTable collations) : collations_(std::move(collations)) {}

  /// `text` in UTF-8; absent if it is not valid in its charset. `collation`: the session's, from a
  /// QUERY event; without one, or if its charset is not known, the text must be UTF-8 already. A
  /// view into `text`, or into a buffer of ours until the next call.
  std::optional<std::string_view> in_utf8(std::string_view text, std::optional<uint16_t> collation);

 private:
  const schema::CollationTable collations_;
  base::Arena arena_;
};

}  // namespace rowmill::source
