// SPDX-License-Identifier: Apache-2.0
#include "fuzz/checks.h"

#include <rapidjson/document.h>
#include <rapidjson/error/en.h>

#include <bit>
#include <optional>
#include <variant>

#include "binlog/internal/json_text.h"
#include "binlog/internal/utf8.h"
#include "support/json_binary.h"

namespace rowmill::test {
namespace {

void require_utf8(std::string_view text) {
  const auto bytes = std::as_bytes(std::span(text));
  require(binlog::utf8_prefix(bytes, 4) == bytes.size(), "text is UTF-8");
}

bool is_json(std::string_view text) {
  rapidjson::Document document;
  document.Parse<rapidjson::kParseValidateEncodingFlag | rapidjson::kParseFullPrecisionFlag>(
      text.data(), text.size());
  return !document.HasParseError();
}

struct Soundness {
  void operator()(const model::Decimal& value) const {
    const size_t sign = value.digits.starts_with('-') ? 1 : 0;
    const std::string_view digits = value.digits.substr(sign);
    const bool number = digits.find_first_not_of("0123456789.") == std::string_view::npos;
    require(number && !digits.empty() && digits.front() != '.', "a DECIMAL is a number");
  }
  void operator()(const model::Text& value) const { require_utf8(value.utf8); }
  void operator()(const model::EnumLabel& value) const { require_utf8(value.utf8); }
  void operator()(const model::SetLabels& value) const { require_utf8(value.utf8); }
  void operator()(const model::JsonText& value) const { require_stable_json(value.utf8); }
  void operator()(const model::JsonDiffs& value) const {
    require(is_json(value.json), "JSON differences are JSON");
  }
  void operator()(const model::Bits& value) const {
    require(value.width >= 1 && value.width <= 64, "a BIT has 1 to 64 bits");
    require(value.width == 64 || value.value >> value.width == 0, "a BIT fits its width");
  }
  void operator()(const model::Year& value) const {
    require(value.value == 0 || (value.value >= 1901 && value.value <= 2155), "a YEAR's range");
  }
  void operator()(const model::Date& value) const {
    require(value.year <= 9999 && value.month <= 12 && value.day <= 31, "a DATE's range");
  }
  void operator()(const model::Time& value) const {
    require(value.hour <= 838 && value.minute <= 59 && value.second <= 59, "a TIME's range");
    fraction(value.microsecond, value.fraction_digits);
  }
  void operator()(const model::DateTime& value) const {
    (*this)(value.date);
    require(value.hour <= 23 && value.minute <= 59 && value.second <= 59, "a DATETIME's range");
    fraction(value.microsecond, value.fraction_digits);
  }
  void operator()(const model::Timestamp& value) const {
    require(value.seconds >= 0 && value.seconds <= UINT32_MAX, "a TIMESTAMP's range");
    fraction(value.microsecond, value.fraction_digits);
  }
  void operator()(const model::Vector& value) const {
    require(value.floats.size() % sizeof(float) == 0, "a VECTOR is of whole numbers");
  }
  template <typename Other>
  void operator()(const Other&) const {}

 private:
  static void fraction(uint32_t microsecond, uint8_t digits) {
    require(microsecond <= 999'999 && digits <= 6, "a fraction's range");
  }
};

struct Printer {
  std::string& text;

  void number(uint64_t value) const { text += std::to_string(value) + ' '; }
  void view(std::string_view bytes) const {
    number(bytes.size());
    text += bytes;
  }
  void view(std::span<const std::byte> bytes) const {
    view({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  }

  void operator()(model::Null) const {}
  void operator()(model::Absent) const {}
  void operator()(int64_t value) const { number(static_cast<uint64_t>(value)); }
  void operator()(uint64_t value) const { number(value); }
  void operator()(float value) const { number(std::bit_cast<uint32_t>(value)); }
  void operator()(double value) const { number(std::bit_cast<uint64_t>(value)); }
  void operator()(model::Decimal value) const { view(value.digits); }
  void operator()(model::Text value) const { view(value.utf8); }
  void operator()(model::Bytes value) const { view(value.data); }
  void operator()(model::Bits value) const {
    number(value.value);
    number(value.width);
  }
  void operator()(model::Year value) const { number(value.value); }
  void operator()(model::Date value) const {
    number(value.year);
    number(value.month);
    number(value.day);
  }
  void operator()(model::Time value) const {
    number(value.negative ? 1 : 0);
    number(value.hour);
    clock(value);
  }
  void operator()(model::DateTime value) const {
    (*this)(value.date);
    number(value.hour);
    clock(value);
  }
  void operator()(model::Timestamp value) const {
    number(static_cast<uint64_t>(value.seconds));
    number(value.microsecond);
    number(value.fraction_digits);
  }
  void operator()(model::EnumLabel value) const { view(value.utf8); }
  void operator()(model::SetLabels value) const { view(value.utf8); }
  void operator()(model::JsonText value) const { view(value.utf8); }
  void operator()(model::JsonDiffs value) const { view(value.json); }
  void operator()(model::Geometry value) const {
    number(value.srid);
    view(value.wkb);
  }
  void operator()(model::Vector value) const { view(value.floats); }

 private:
  template <typename Clock>
  void clock(const Clock& value) const {
    number(value.minute);
    number(value.second);
    number(value.microsecond);
    number(value.fraction_digits);
  }
};

}  // namespace

std::string reprinted(std::string_view text) {
  base::Arena arena;
  const Bytes binary = json_binary(text);
  const auto printed = binlog::json_to_text(binary, arena);
  require(printed.ok(), "the binary form of a text is a document");
  return std::string(*printed);
}

void require_stable_json(std::string_view text) {
  require_utf8(text);
  require(is_json(text), "the text of a document is JSON");
  // Decimals become doubles and a damaged document's keys get their order on the way.
  const std::string once = reprinted(text);
  require(once == reprinted(once), "a document printed again is the same text");
}

void require_sound(const model::Value& value) { std::visit(Soundness{}, value); }

void print(std::span<const model::Value> cells, std::string& text) {
  for (const model::Value& cell : cells) {
    text += std::to_string(cell.index()) + ':';
    std::visit(Printer{text}, cell);
  }
}

}  // namespace rowmill::test
