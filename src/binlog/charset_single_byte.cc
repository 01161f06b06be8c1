// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "binlog/internal/charset_forms.h"
#include "binlog/internal/utf8.h"

namespace rowmill::binlog {
namespace {

class SingleByteCharset final : public Charset {
 public:
  explicit SingleByteCharset(const SingleByteTable& table)
      : name_(table.name), extends_ascii_(table.lower.empty()), replacement_(table.replacement) {
    for (size_t byte = 0; byte < 256; ++byte) {
      characters_[byte] = byte >= 128      ? table.upper[byte - 128]
                          : extends_ascii_ ? static_cast<char16_t>(byte)
                                           : table.lower[byte];
    }
  }

  [[nodiscard]] std::string_view name() const override { return name_; }

  base::Result<std::string_view> to_utf8(std::span<const std::byte> bytes,
                                         base::Arena& arena) const override {
    if (extends_ascii_ && ascii_prefix(bytes) == bytes.size()) {
      return std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    }
    char* const start = arena.allocate(bytes.size() * 3);
    char* out = start;
    for (size_t i = 0; i < bytes.size(); ++i) {
      const auto byte = std::to_integer<uint8_t>(bytes[i]);
      const char16_t character = characters_[byte];
      if (character == kNoCharacter && byte != replacement_) {
        arena.shrink_last(start, 0);
        return invalid_text(name_, bytes, i);
      }
      out = append_utf8(out, character);
    }
    const auto used = static_cast<size_t>(out - start);
    arena.shrink_last(start, used);
    return std::string_view(start, used);
  }

 private:
  std::string_view name_;
  bool extends_ascii_;
  std::optional<uint8_t> replacement_;
  std::array<char16_t, 256> characters_{};
};

}  // namespace

std::unique_ptr<const Charset> make_single_byte_charset(const SingleByteTable& table) {
  return std::make_unique<SingleByteCharset>(table);
}

}  // namespace rowmill::binlog
