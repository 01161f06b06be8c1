// SPDX-License-Identifier: Apache-2.0
#include "config/properties.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstdint>
#include <fstream>
#include <optional>
#include <system_error>

namespace rowmill::config {
namespace {

constexpr std::string_view kBlank = " \t\f";

std::string_view without_leading_blanks(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(kBlank), text.size()));
  return text;
}

/// A natural line, or several that a backslash at the end joins.
struct LogicalLine {
  size_t line = 0;
  std::string text;
};

class LineReader {
 public:
  explicit LineReader(std::string_view text) : rest_(text) {}

  /// The next logical line that is neither blank nor a comment.
  std::optional<LogicalLine> next() {
    LogicalLine logical;
    while (!rest_.empty()) {
      std::string_view natural = without_leading_blanks(natural_line());
      if (logical.text.empty()) {
        if (natural.empty() || natural.front() == '#' || natural.front() == '!') continue;
        logical.line = line_;
      }
      const bool continues = ends_in_odd_backslashes(natural);
      if (continues) natural.remove_suffix(1);
      logical.text += natural;
      if (!continues && !logical.text.empty()) return logical;
    }
    if (logical.text.empty()) return std::nullopt;
    return logical;
  }

 private:
  /// Takes one line without its terminator, which is \n, \r or \r\n.
  std::string_view natural_line() {
    ++line_;
    const size_t end = std::min(rest_.find_first_of("\r\n"), rest_.size());
    const std::string_view line = rest_.substr(0, end);
    rest_.remove_prefix(end);
    if (rest_.starts_with("\r\n")) {
      rest_.remove_prefix(2);
    } else if (!rest_.empty()) {
      rest_.remove_prefix(1);
    }
    return line;
  }

  static bool ends_in_odd_backslashes(std::string_view line) {
    const size_t last_other = line.find_last_not_of('\\');
    const size_t count = line.size() - (last_other == std::string_view::npos ? 0 : last_other + 1);
    return count % 2 == 1;
  }

  std::string_view rest_;
  size_t line_ = 0;
};

struct RawProperty {
  std::string_view key;
  std::string_view value;
};

/// The key ends at the first =, : or blank without a backslash before it. Blanks around one = or :
/// belong to neither side.
RawProperty split(std::string_view line) {
  size_t key_end = 0;
  while (key_end < line.size()) {
    const char c = line[key_end];
    if (c == '=' || c == ':' || kBlank.find(c) != std::string_view::npos) break;
    key_end += c == '\\' ? 2 : 1;
  }
  key_end = std::min(key_end, line.size());
  std::string_view value = without_leading_blanks(line.substr(key_end));
  if (value.starts_with('=') || value.starts_with(':')) {
    value = without_leading_blanks(value.substr(1));
  }
  return {line.substr(0, key_end), value};
}

void append_utf8(uint32_t code_point, std::string& out) {
  const auto put = [&out](uint32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (code_point < 0x80) {
    put(code_point);
  } else if (code_point < 0x800) {
    put(0xc0 | code_point >> 6);
    put(0x80 | (code_point & 0x3f));
  } else if (code_point < 0x10000) {
    put(0xe0 | code_point >> 12);
    put(0x80 | (code_point >> 6 & 0x3f));
    put(0x80 | (code_point & 0x3f));
  } else {
    put(0xf0 | code_point >> 18);
    put(0x80 | (code_point >> 12 & 0x3f));
    put(0x80 | (code_point >> 6 & 0x3f));
    put(0x80 | (code_point & 0x3f));
  }
}

/// Takes "uXXXX" from the front of `text`: one UTF-16 unit.
std::optional<uint32_t> take_utf16_unit(std::string_view& text) {
  if (text.size() < 5 || text.front() != 'u') return std::nullopt;
  uint32_t unit = 0;
  const char* end = text.data() + 5;
  const auto parsed = std::from_chars(text.data() + 1, end, unit, 16);
  if (parsed.ec != std::errc() || parsed.ptr != end) return std::nullopt;
  text.remove_prefix(5);
  return unit;
}

/// Takes "uXXXX", or "uXXXX\uXXXX" for a surrogate pair.
bool take_code_point(std::string_view& text, std::string& out) {
  const auto unit = take_utf16_unit(text);
  if (!unit || *unit == 0 || (*unit >= 0xdc00 && *unit <= 0xdfff)) return false;
  if (*unit < 0xd800 || *unit > 0xdfff) {
    append_utf8(*unit, out);
    return true;
  }
  if (!text.starts_with('\\')) return false;
  text.remove_prefix(1);
  const auto low = take_utf16_unit(text);
  if (!low || *low < 0xdc00 || *low > 0xdfff) return false;
  append_utf8(0x10000 + ((*unit - 0xd800) << 10) + (*low - 0xdc00), out);
  return true;
}

/// Absent: a \u escape that is malformed. A backslash before any other letter is dropped.
std::optional<std::string> unescape(std::string_view raw) {
  std::string out;
  out.reserve(raw.size());
  while (!raw.empty()) {
    const char c = raw.front();
    raw.remove_prefix(1);
    if (c != '\\') {
      out.push_back(c);
      continue;
    }
    if (raw.empty()) break;
    if (raw.front() == 'u') {
      if (!take_code_point(raw, out)) return std::nullopt;
      continue;
    }
    constexpr std::string_view kLetters = "trnf";
    constexpr std::string_view kControls = "\t\r\n\f";
    const size_t index = kLetters.find(raw.front());
    out.push_back(index == std::string_view::npos ? raw.front() : kControls[index]);
    raw.remove_prefix(1);
  }
  return out;
}

/// The length of the UTF-8 sequence at the front of `text`, 0 if there is none that is valid
/// (RFC 3629 §4: shortest form, no surrogates, at most U+10FFFF).
size_t utf8_sequence(std::string_view text) {
  const auto byte = [text](size_t i) { return static_cast<uint8_t>(text[i]); };
  const uint8_t first = byte(0);
  if (first < 0x80) return 1;
  if (first < 0xc2 || first > 0xf4) return 0;
  const size_t length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  if (text.size() < length) return 0;
  const uint8_t lowest = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
  const uint8_t highest = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
  if (byte(1) < lowest || byte(1) > highest) return 0;
  for (size_t i = 2; i < length; ++i) {
    if (byte(i) < 0x80 || byte(i) > 0xbf) return 0;
  }
  return length;
}

std::string to_utf8(std::string_view text) {
  size_t valid = 0;
  while (valid < text.size()) {
    const size_t length = utf8_sequence(text.substr(valid));
    if (length == 0) break;
    valid += length;
  }
  if (valid == text.size()) {
    constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
    if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
    return std::string(text);
  }
  std::string out;
  for (const char c : text) append_utf8(static_cast<uint8_t>(c), out);
  return out;
}

}  // namespace

const Property* Properties::find(std::string_view key) const {
  const auto found = std::ranges::find(entries, key, &Property::key);
  return found == entries.end() ? nullptr : &*found;
}

Properties parse_properties(std::string_view text) {
  Properties properties;
  const std::string utf8 = to_utf8(text);
  LineReader lines(utf8);
  while (const auto logical = lines.next()) {
    const RawProperty raw = split(logical->text);
    const auto key = unescape(raw.key);
    const auto value = unescape(raw.value);
    const std::string name = key.value_or(std::string(raw.key));
    const bool has_nul = logical->text.find('\0') != std::string::npos;
    const bool broken = !key || !value || has_nul;
    if (has_nul) {
      properties.problems.push_back({logical->line, name, "the line has a NUL", "Remove it."});
    } else if (broken) {
      properties.problems.push_back({logical->line, name,
                                     "a \\u escape does not stand for a character",
                                     "Write \\u and four hexadecimal digits (a pair above U+FFFF), "
                                     "or \\\\ for a backslash."});
    }
    if (const Property* first = properties.find(name)) {
      properties.problems.push_back({logical->line, name,
                                     "is set again, first on line " + std::to_string(first->line),
                                     "Keep one of the two."});
      continue;
    }
    properties.entries.push_back({name, value.value_or(""), logical->line, broken});
  }
  return properties;
}

base::Result<std::string> read_file(const std::filesystem::path& path) {
  const auto failure = [&path](const std::string& why) {
    return base::Error(base::ErrorKind::kConfig, "cannot read " + path.string() + ": " + why);
  };
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) return failure("it is a directory");
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  if (!file) return failure(std::generic_category().message(errno));
  std::string text;
  std::array<char, 4096> block;
  while (file.read(block.data(), block.size()) || file.gcount() > 0) {
    text.append(block.data(), static_cast<size_t>(file.gcount()));
  }
  if (file.bad()) return failure(std::generic_category().message(errno));
  return text;
}

}  // namespace rowmill::config
