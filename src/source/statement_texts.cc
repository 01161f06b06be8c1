// SPDX-License-Identifier: Apache-2.0
#include "source/statement_texts.h"

#include <algorithm>
#include <span>

#include "binlog/charset.h"

namespace rowmill::source {

std::optional<std::string_view> StatementTexts::in_utf8(std::string_view text,
                                                        std::optional<uint16_t> collation) {
  // No session can have a character set that is not a superset of ASCII.
  const auto is_ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
  if (std::ranges::all_of(text, is_ascii)) return text;
  const binlog::Charset* charset = nullptr;
  if (collation) {
    const auto found = collations_.find(*collation);
    if (found != collations_.end()) charset = binlog::Charset::find(found->second.charset);
  }
  if (charset == nullptr) charset = binlog::Charset::find("utf8mb4");
  arena_.reset();
  auto converted = charset->to_utf8(std::as_bytes(std::span(text)), arena_);
  if (!converted.ok()) return std::nullopt;
  return *converted;
}

}  // namespace rowmill::source
