// SPDX-License-Identifier: Apache-2.0
#include "binlog/internal/json_output.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstring>

namespace rowmill::binlog {
namespace {

constexpr std::string_view kHex = "0123456789abcdef";
constexpr std::string_view kBase64 =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// A finite double as 0.DIGITS * 10^point, with the fewest digits that read back as the same
/// double.
struct ShortestDigits {
  explicit ShortestDigits(double magnitude) {
    std::array<char, 32> buffer;
    const char* const begin = buffer.data();
    const char* const end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), magnitude,
                                          std::chars_format::scientific)
                                .ptr;
    const char* const exponent = std::find(begin, end, 'e');
    for (const char* at = begin; at != exponent; ++at) {
      if (*at != '.') digits[count++] = *at;
    }
    // from_chars takes no plus sign.
    std::from_chars(exponent + (exponent[1] == '+' ? 2 : 1), end, point);
    ++point;
  }

  [[nodiscard]] std::string_view view() const { return {digits.data(), count}; }

  std::array<char, 24> digits{};
  size_t count = 0;
  int point = 0;
};

}  // namespace

JsonOutput::JsonOutput(base::Arena& arena, size_t expected_bytes)
    : arena_(arena), begin_(arena.allocate(expected_bytes)), capacity_(expected_bytes) {}

void JsonOutput::grow(size_t count) {
  const size_t larger = std::max(capacity_ * 2, used_ + count);
  char* const moved = arena_.allocate(larger);
  if (used_ > 0) std::memcpy(moved, begin_, used_);
  begin_ = moved;
  capacity_ = larger;
}

void JsonOutput::integer(int64_t value) {
  std::array<char, 24> digits;
  const char* const end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  text({digits.data(), static_cast<size_t>(end - digits.data())});
}

void JsonOutput::unsigned_integer(uint64_t value) {
  std::array<char, 24> digits;
  const char* const end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  text({digits.data(), static_cast<size_t>(end - digits.data())});
}

/// Server source, sql-common/json_dom.cc (Json_wrapper::to_string) over strings/dtoa.cc (my_gcvt):
/// in full while that is short, else with an exponent; ".0" marks a whole number as a double.
void JsonOutput::number(double value) {
  if (std::signbit(value)) character('-');
  const ShortestDigits shortest(std::abs(value));
  const std::string_view digits = shortest.view();
  const int point = shortest.point;
  const auto count = static_cast<int>(digits.size());
  if (point < -14 || point > 16 || (point == 16 && count < 17)) {
    text(digits.substr(0, 1));
    if (count > 1) {
      character('.');
      text(digits.substr(1));
    }
    character('e');
    integer(point - 1);
    return;
  }
  constexpr std::string_view kZeros = "0000000000000000";
  if (point <= 0) {
    text("0.");
    text(kZeros.substr(0, static_cast<size_t>(-point)));
    text(digits);
  } else if (count <= point) {
    text(digits);
    text(kZeros.substr(0, static_cast<size_t>(point - count)));
    text(".0");
  } else {
    text(digits.substr(0, static_cast<size_t>(point)));
    character('.');
    text(digits.substr(static_cast<size_t>(point)));
  }
}

/// Server source, sql-common/json_dom.cc, double_quote.
void JsonOutput::quoted(std::string_view utf8) {
  const auto is_special = [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\';
  };
  character('"');
  while (true) {
    const auto special = std::find_if(utf8.begin(), utf8.end(), is_special);
    const auto plain = static_cast<size_t>(special - utf8.begin());
    text(utf8.substr(0, plain));
    if (special == utf8.end()) break;
    constexpr std::string_view kNamed = "\"\\\b\f\n\r\t";
    constexpr std::string_view kNames = "\"\\bfnrt";
    if (const size_t name = kNamed.find(*special); name != std::string_view::npos) {
      character('\\');
      character(kNames[name]);
    } else {
      const auto byte = static_cast<unsigned char>(*special);
      text("\\u00");
      character(kHex[byte >> 4]);
      character(kHex[byte & 0x0f]);
    }
    utf8.remove_prefix(plain + 1);
  }
  character('"');
}

void JsonOutput::padded(uint32_t value, size_t digits) {
  reserve(digits);
  for (size_t i = digits; i-- > 0; value /= 10)
    begin_[used_ + i] = static_cast<char>('0' + value % 10);
  used_ += digits;
}

void JsonOutput::time_of_day(uint32_t hour, uint32_t minute, uint32_t second,
                             uint32_t microsecond) {
  padded(hour, hour > 99 ? 3 : 2);
  character(':');
  padded(minute, 2);
  character(':');
  padded(second, 2);
  character('.');
  padded(microsecond, 6);
}

void JsonOutput::date(const model::Date& date) {
  padded(date.year, 4);
  character('-');
  padded(date.month, 2);
  character('-');
  padded(date.day, 2);
}

void JsonOutput::time(const model::Time& time) {
  if (time.negative) character('-');
  time_of_day(time.hour, time.minute, time.second, time.microsecond);
}

void JsonOutput::datetime(const model::DateTime& datetime) {
  date(datetime.date);
  character(' ');
  time_of_day(datetime.hour, datetime.minute, datetime.second, datetime.microsecond);
}

/// The server's base64_encode breaks lines after 76 characters, and the line feeds are then
/// escaped.
void JsonOutput::opaque(uint8_t type, std::span<const std::byte> data) {
  constexpr size_t kBytesPerLine = 57;
  text("\"base64:type");
  integer(type);
  character(':');
  for (size_t i = 0; i < data.size(); i += 3) {
    if (i > 0 && i % kBytesPerLine == 0) text("\\n");
    const size_t count = std::min<size_t>(3, data.size() - i);
    uint32_t bits = 0;
    for (size_t j = 0; j < 3; ++j) {
      bits = bits << 8 | (j < count ? std::to_integer<uint32_t>(data[i + j]) : 0);
    }
    for (size_t j = 0; j < 4; ++j)
      character(j > count ? '=' : kBase64[bits >> (18 - 6 * j) & 0x3f]);
  }
  character('"');
}

std::string_view JsonOutput::finish() {
  arena_.shrink_last(begin_, used_);
  return {begin_, used_};
}

}  // namespace rowmill::binlog
