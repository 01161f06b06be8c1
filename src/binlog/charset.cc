// SPDX-License-Identifier: Apache-2.0
#include "binlog/charset.h"

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "binlog/internal/charset_forms.h"

namespace rowmill::binlog {
namespace {

std::vector<std::unique_ptr<const Charset>> make_all() {
  std::vector<std::unique_ptr<const Charset>> all;
  all.push_back(make_utf8_charset("utf8mb4", 4));
  all.push_back(make_utf8_charset("utf8mb3", 3));
  all.push_back(make_utf8_charset("ascii", 1));
  all.push_back(make_ucs2_charset());
  all.push_back(make_utf16_charset());
  all.push_back(make_utf16le_charset());
  all.push_back(make_utf32_charset());
  for (const SingleByteTable& table : single_byte_tables()) {
    all.push_back(make_single_byte_charset(table));
  }
  for (const MultibyteTable& table : multibyte_tables())
    all.push_back(make_multibyte_charset(table));
  return all;
}

}  // namespace

const Charset* Charset::find(std::string_view name) {
  static const std::vector<std::unique_ptr<const Charset>> kAll = make_all();
  // The name of utf8mb3 up to MySQL 8.0.28 and MariaDB 10.5.
  if (name == "utf8") name = "utf8mb3";
  const auto found = std::find_if(kAll.begin(), kAll.end(),
                                  [&](const auto& charset) { return charset->name() == name; });
  return found == kAll.end() ? nullptr : found->get();
}

base::Error invalid_text(std::string_view charset, std::span<const std::byte> text, size_t offset) {
  constexpr std::string_view kHex = "0123456789abcdef";
  constexpr size_t kShown = 4;
  std::string shown;
  for (const std::byte byte : text.subspan(offset, std::min(kShown, text.size() - offset))) {
    shown += kHex[std::to_integer<size_t>(byte >> 4)];
    shown += kHex[std::to_integer<size_t>(byte & std::byte{0x0f})];
  }
  return base::Error(base::ErrorKind::kCorrupt, "text is not valid " + std::string(charset) +
                                                    " at byte " + std::to_string(offset) + " (" +
                                                    shown + ")")
      .with_remedy("Repair the value at the source, or leave the column out");
}

}  // namespace rowmill::binlog
