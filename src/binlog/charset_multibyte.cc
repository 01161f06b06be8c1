// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <vector>

#include "binlog/internal/charset_forms.h"
#include "binlog/internal/utf8.h"

namespace rowmill::binlog {
namespace {

/// A CodePlane laid out for look-ups.
class CodeIndex {
 public:
  CodeIndex() { rank_of_lead_.fill(kNone), rank_of_trail_.fill(kNone); }

  explicit CodeIndex(const CodePlane& plane) : CodeIndex() {
    const std::vector<uint8_t> leads = rank(plane.leads, rank_of_lead_);
    const std::vector<uint8_t> trails = rank(plane.trails, rank_of_trail_);
    trail_count_ = trails.size();
    characters_.assign(leads.size() * trails.size(), kNoCharacter);
    if (plane.base != nullptr) {
      const CodeIndex base(*plane.base);
      auto cell = characters_.begin();
      for (const uint8_t lead : leads) {
        for (const uint8_t trail : trails) *cell++ = base.find(lead, trail);
      }
    }
    for (const CodeBlock& block : plane.blocks) apply(block);
    for (const CodeRun& run : plane.runs) apply(run);
  }

  [[nodiscard]] char16_t find(uint8_t lead, uint8_t trail) const {
    const size_t row = rank_of_lead_[lead];
    const size_t column = rank_of_trail_[trail];
    return row == kNone || column == kNone ? kNoCharacter
                                           : characters_[row * trail_count_ + column];
  }

 private:
  static constexpr uint8_t kNone = 0xff;

  static std::vector<uint8_t> rank(std::span<const ByteRange> ranges,
                                   std::array<uint8_t, 256>& ranks) {
    std::vector<uint8_t> bytes;
    for (const ByteRange& range : ranges) {
      for (unsigned byte = range.first; byte <= range.last; ++byte) {
        ranks[byte] = static_cast<uint8_t>(bytes.size());
        bytes.push_back(static_cast<uint8_t>(byte));
      }
    }
    return bytes;
  }

  void apply(const CodeBlock& block) {
    for (size_t i = 0; i < block.cells.size(); ++i) {
      if (block.cells[i] != kNoCharacter) characters_[block.first + i] = block.cells[i];
    }
  }

  void apply(const CodeRun& run) {
    for (size_t i = 0; i < run.count; ++i) {
      characters_[run.first + i] =
          run.character == kNoCharacter ? kNoCharacter : static_cast<char16_t>(run.character + i);
    }
  }

  std::array<uint8_t, 256> rank_of_lead_{};
  std::array<uint8_t, 256> rank_of_trail_{};
  size_t trail_count_ = 0;
  std::vector<char16_t> characters_;
};

class MultibyteCharset final : public Charset {
 public:
  explicit MultibyteCharset(const MultibyteTable& table)
      : name_(table.name),
        form_(table.form),
        two_(table.two),
        three_(table.three),
        four_(table.four),
        replacement_(table.replacement) {}

  [[nodiscard]] std::string_view name() const override { return name_; }

  base::Result<std::string_view> to_utf8(std::span<const std::byte> bytes,
                                         base::Arena& arena) const override {
    if (ascii_prefix(bytes) == bytes.size()) {
      return std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    }
    // A half-width katakana is one byte here and three in UTF-8; nothing grows more.
    char* const start = arena.allocate(bytes.size() * 3);
    char* out = start;
    size_t offset = 0;
    while (offset < bytes.size()) {
      const Step step = next(bytes.subspan(offset));
      if (step.length == 0) {
        arena.shrink_last(start, 0);
        return invalid_text(name_, bytes, offset);
      }
      out = append_utf8(out, step.character);
      offset += step.length;
    }
    const auto used = static_cast<size_t>(out - start);
    arena.shrink_last(start, used);
    return std::string_view(start, used);
  }

 private:
  /// A character and how many bytes it took; length 0: none.
  struct Step {
    char32_t character = 0;
    size_t length = 0;
  };

  static Step known(char16_t character, size_t length) {
    return character == kNoCharacter ? Step{} : Step{character, length};
  }

  static bool is_katakana(uint8_t byte) { return byte >= 0xa1 && byte <= 0xdf; }
  static Step katakana(uint8_t byte, size_t length) {
    return {static_cast<char32_t>(0xff61 + byte - 0xa1), length};
  }

  [[nodiscard]] Step next(std::span<const std::byte> bytes) const {
    const auto at = [&](size_t index) { return std::to_integer<uint8_t>(bytes[index]); };
    const uint8_t first = at(0);
    if (first < 0x80) return {first, 1};
    if (form_ == MultibyteForm::kShiftJis && is_katakana(first)) return katakana(first, 1);
    if (bytes.size() < 2) return {};
    if (form_ == MultibyteForm::kEucJapanese && first == 0x8e) {
      return is_katakana(at(1)) ? katakana(at(1), 2) : Step{};
    }
    if (form_ == MultibyteForm::kEucJapanese && first == 0x8f) {
      return bytes.size() < 3 ? Step{} : known(three_.find(at(1), at(2)), 3);
    }
    if (form_ == MultibyteForm::kGb18030 && at(1) >= 0x30 && at(1) <= 0x39)
      return four_bytes(bytes);
    const Step step = known(two_.find(first, at(1)), 2);
    if (step.length == 0 && (first << 8 | at(1)) == replacement_) return {0xfffd, 2};
    return step;
  }

  /// GB 18030-2005: b1 81..FE, b2 30..39, b3 81..FE, b4 30..39.
  [[nodiscard]] Step four_bytes(std::span<const std::byte> bytes) const {
    if (bytes.size() < 4) return {};
    const auto digit = [&](size_t index, uint32_t lowest, uint32_t count) {
      const uint32_t value = std::to_integer<uint32_t>(bytes[index]) - lowest;
      return value < count ? value : kNoCode;
    };
    const uint32_t b1 = digit(0, 0x81, 126);
    const uint32_t b2 = digit(1, 0x30, 10);
    const uint32_t b3 = digit(2, 0x81, 126);
    const uint32_t b4 = digit(3, 0x30, 10);
    if (b1 == kNoCode || b2 == kNoCode || b3 == kNoCode || b4 == kNoCode) return {};
    const uint32_t code = ((b1 * 10 + b2) * 126 + b3) * 10 + b4;
    const auto after = std::upper_bound(
        four_.begin(), four_.end(), code,
        [](uint32_t wanted, const FourByteRun& run) { return wanted < run.first; });
    if (after == four_.begin()) return {};
    const FourByteRun& run = *std::prev(after);
    if (code - run.first >= run.count) return {};
    return {run.character + (code - run.first), 4};
  }

  static constexpr uint32_t kNoCode = UINT32_MAX;

  std::string_view name_;
  MultibyteForm form_;
  CodeIndex two_;
  CodeIndex three_;
  std::span<const FourByteRun> four_;
  std::optional<uint16_t> replacement_;
};

}  // namespace

std::unique_ptr<const Charset> make_multibyte_charset(const MultibyteTable& table) {
  return std::make_unique<MultibyteCharset>(table);
}

}  // namespace rowmill::binlog
