// SPDX-License-Identifier: Apache-2.0
#include <bit>

#include "binlog/internal/charset_forms.h"
#include "binlog/internal/utf8.h"

// MySQL manual, "Unicode Support": ucs2, utf16 and utf32 are big endian, utf16le is little endian.

namespace rowmill::binlog {
namespace {

class Utf8Charset final : public Charset {
 public:
  Utf8Charset(std::string_view name, size_t longest) : name_(name), longest_(longest) {}

  [[nodiscard]] std::string_view name() const override { return name_; }

  base::Result<std::string_view> to_utf8(std::span<const std::byte> bytes,
                                         base::Arena&) const override {
    const size_t valid = longest_ == 1 ? ascii_prefix(bytes) : utf8_prefix(bytes, longest_);
    if (valid != bytes.size()) return invalid_text(name_, bytes, valid);
    return std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  }

 private:
  std::string_view name_;
  size_t longest_;
};

bool is_surrogate(char32_t unit) { return (unit & 0xfffff800) == 0xd800; }
bool is_high_surrogate(char32_t unit) { return (unit & 0xfffffc00) == 0xd800; }
bool is_low_surrogate(char32_t unit) { return (unit & 0xfffffc00) == 0xdc00; }

/// Texts in units of two or four bytes. Lone surrogates are refused: they have no UTF-8, though
/// MariaDB lets ucs2 and utf32 hold them.
class UnitCharset final : public Charset {
 public:
  struct Form {
    std::string_view name;
    size_t unit_bytes;
    std::endian order;
    bool pairs;
  };

  explicit UnitCharset(Form form) : form_(form) {}

  [[nodiscard]] std::string_view name() const override { return form_.name; }

  base::Result<std::string_view> to_utf8(std::span<const std::byte> bytes,
                                         base::Arena& arena) const override {
    // No unit needs more than twice its bytes: two bytes give at most three, four at most four.
    char* const start = arena.allocate(bytes.size() * 2);
    char* out = start;
    size_t offset = 0;
    while (offset < bytes.size()) {
      const auto [character, length] = next(bytes.subspan(offset));
      if (length == 0) {
        arena.shrink_last(start, 0);
        return invalid_text(form_.name, bytes, offset);
      }
      out = append_utf8(out, character);
      offset += length;
    }
    const auto used = static_cast<size_t>(out - start);
    arena.shrink_last(start, used);
    return std::string_view(start, used);
  }

 private:
  struct Step {
    char32_t character;
    size_t length;
  };

  [[nodiscard]] char32_t unit(std::span<const std::byte> bytes) const {
    char32_t value = 0;
    for (size_t i = 0; i < form_.unit_bytes; ++i) {
      const size_t at = form_.order == std::endian::big ? i : form_.unit_bytes - 1 - i;
      value = value << 8 | std::to_integer<uint8_t>(bytes[at]);
    }
    return value;
  }

  /// The character at the start; length 0 if there is none.
  [[nodiscard]] Step next(std::span<const std::byte> bytes) const {
    if (bytes.size() < form_.unit_bytes) return {0, 0};
    const char32_t first = unit(bytes);
    if (first > 0x10ffff) return {0, 0};
    if (!is_surrogate(first)) return {first, form_.unit_bytes};
    if (!form_.pairs || !is_high_surrogate(first) || bytes.size() < 4) return {0, 0};
    const char32_t second = unit(bytes.subspan(2));
    if (!is_low_surrogate(second)) return {0, 0};
    return {0x10000 + ((first & 0x3ff) << 10 | (second & 0x3ff)), 4};
  }

  Form form_;
};

}  // namespace

std::unique_ptr<const Charset> make_utf8_charset(std::string_view name, size_t longest) {
  return std::make_unique<Utf8Charset>(name, longest);
}
std::unique_ptr<const Charset> make_ucs2_charset() {
  return std::make_unique<UnitCharset>(UnitCharset::Form{
      .name = "ucs2", .unit_bytes = 2, .order = std::endian::big, .pairs = false});
}
std::unique_ptr<const Charset> make_utf16_charset() {
  return std::make_unique<UnitCharset>(UnitCharset::Form{
      .name = "utf16", .unit_bytes = 2, .order = std::endian::big, .pairs = true});
}
std::unique_ptr<const Charset> make_utf16le_charset() {
  return std::make_unique<UnitCharset>(UnitCharset::Form{
      .name = "utf16le", .unit_bytes = 2, .order = std::endian::little, .pairs = true});
}
std::unique_ptr<const Charset> make_utf32_charset() {
  return std::make_unique<UnitCharset>(UnitCharset::Form{
      .name = "utf32", .unit_bytes = 4, .order = std::endian::big, .pairs = false});
}

}  // namespace rowmill::binlog
