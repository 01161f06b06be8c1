// SPDX-License-Identifier: Apache-2.0
//
// Each kind of field written by the encoders of unit-tests/support and read back: the values are
// the same, and a row cut short anywhere within is corrupt.

#include "binlog/round_trip.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <string>

#include "support/json_binary.h"

namespace rowmill::binlog {
namespace {

using model::Value;
using test::operator+;
using test::Bytes;
using test::counted;
using test::hex;
using test::little_endian;

/// Bit patterns near each power of two, and at random.
uint64_t number(Random& random) {
  const uint64_t power = uint64_t{1} << (random() % 64);
  switch (random() % 4) {
    case 0:
      return power - 1;
    case 1:
      return ~power;
    case 2:
      return power;
    default:
      return random();
  }
}

Sample integer(Random& random) {
  struct Width {
    FieldType type;
    unsigned bytes;
  };
  constexpr Width kWidths[] = {{FieldType::kTiny, 1},
                               {FieldType::kShort, 2},
                               {FieldType::kInt24, 3},
                               {FieldType::kLong, 4},
                               {FieldType::kLongLong, 8}};
  const Width width = kWidths[random() % std::size(kWidths)];
  const unsigned unused = 64 - 8 * width.bytes;
  const uint64_t bits = number(random);
  const bool is_unsigned = random() % 2 == 0;
  const auto is_right = is_unsigned
                            ? equals<uint64_t>(bits << unused >> unused)
                            : equals<int64_t>(static_cast<int64_t>(bits << unused) >> unused);
  return {
      {.type = width.type, .is_unsigned = is_unsigned}, little_endian(bits, width.bytes), is_right};
}

Sample floating(Random& random) {
  if (random() % 2 == 0) {
    const auto bits = static_cast<uint32_t>(number(random));
    return {{.type = FieldType::kFloat, .metadata = 4},
            little_endian(bits, 4),
            [bits](const Value& value) {
              return std::bit_cast<uint32_t>(std::get<float>(value)) == bits;
            }};
  }
  const uint64_t bits = number(random);
  return {{.type = FieldType::kDouble, .metadata = 8},
          little_endian(bits, 8),
          [bits](const Value& value) {
            return std::bit_cast<uint64_t>(std::get<double>(value)) == bits;
          }};
}

std::string digits(Random& random, size_t count) {
  std::string text;
  for (size_t i = 0; i < count; ++i) text += static_cast<char>('0' + random() % 10);
  return text;
}

Sample decimal(Random& random) {
  constexpr size_t kMaxPrecision = 65;
  constexpr size_t kMaxScale = 30;
  const size_t precision = 1 + random() % kMaxPrecision;
  const size_t scale = random() % (std::min(precision, kMaxScale) + 1);
  std::string text = digits(random, random() % (precision - scale + 1));
  text.erase(0, std::min(text.find_first_not_of('0'), text.size()));
  if (text.empty()) text = "0";
  if (scale > 0) text += "." + digits(random, scale);
  const bool is_zero = text.find_first_not_of("0.") == std::string::npos;
  if (!is_zero && random() % 2 == 0) text.insert(0, "-");
  return {
      {.type = FieldType::kNewDecimal, .metadata = static_cast<uint16_t>(precision << 8 | scale)},
      test::decimal_cell(text, precision, scale),
      [text](const Value& value) { return std::get<model::Decimal>(value).digits == text; }};
}

Sample bits(Random& random) {
  const auto width = static_cast<uint8_t>(1 + random() % 64);
  const uint64_t value = number(random) >> (64 - width);
  return {{.type = FieldType::kBit, .metadata = width},
          test::big_endian(value, (width + 7U) / 8),
          equals(model::Bits{.value = value, .width = width})};
}

Sample year(Random& random) {
  const auto stored = static_cast<uint8_t>(random());
  const auto value = static_cast<uint16_t>(stored == 0 ? 0 : 1900 + stored);
  return {{.type = FieldType::kYear}, little_endian(stored, 1), equals(model::Year{value})};
}

model::Date any_date(Random& random) {
  return {.year = static_cast<uint16_t>(random() % 10000),
          .month = static_cast<uint8_t>(random() % 13),
          .day = static_cast<uint8_t>(random() % 32)};
}

/// Microseconds that `digits` digits can hold.
uint32_t any_fraction(Random& random, uint8_t digits) {
  constexpr uint32_t kPower[] = {1, 10, 100, 1000, 10'000, 100'000, 1'000'000};
  return static_cast<uint32_t>(random() % kPower[digits]) * kPower[6 - digits];
}

Sample date(Random& random) {
  const model::Date value = any_date(random);
  return {{.type = FieldType::kDate}, test::date_cell(value), equals(value)};
}

Sample time(Random& random) {
  const auto fraction_digits = static_cast<uint8_t>(random() % 7);
  model::Time value{.minute = static_cast<uint8_t>(random() % 60),
                    .second = static_cast<uint8_t>(random() % 60),
                    .fraction_digits = fraction_digits,
                    .hour = static_cast<uint16_t>(random() % 839),
                    .microsecond = any_fraction(random, fraction_digits)};
  const bool is_zero =
      value.hour == 0 && value.minute == 0 && value.second == 0 && value.microsecond == 0;
  value.negative = !is_zero && random() % 2 == 0;
  return {{.type = FieldType::kTime2, .metadata = fraction_digits},
          test::time_cell(value),
          equals(value)};
}

Sample datetime(Random& random) {
  const auto fraction_digits = static_cast<uint8_t>(random() % 7);
  const model::DateTime value{.date = any_date(random),
                              .hour = static_cast<uint8_t>(random() % 24),
                              .minute = static_cast<uint8_t>(random() % 60),
                              .second = static_cast<uint8_t>(random() % 60),
                              .fraction_digits = fraction_digits,
                              .microsecond = any_fraction(random, fraction_digits)};
  return {{.type = FieldType::kDateTime2, .metadata = fraction_digits},
          test::datetime_cell(value),
          equals(value)};
}

Sample timestamp(Random& random) {
  const auto fraction_digits = static_cast<uint8_t>(random() % 7);
  const model::Timestamp value{.seconds = static_cast<int64_t>(random() % (uint64_t{1} << 32)),
                               .microsecond = any_fraction(random, fraction_digits),
                               .fraction_digits = fraction_digits};
  return {{.type = FieldType::kTimestamp2, .metadata = fraction_digits},
          test::timestamp_cell(value),
          equals(value)};
}

/// VARBINARY and BLOB: the length takes as many bytes as the longest value needs.
Sample counted_bytes(Random& random) {
  const auto longest = static_cast<uint16_t>(random() % 2 == 0 ? 255 : 256);
  const std::string data = any_bytes(random, longest);
  if (random() % 2 == 0) {
    return {{.type = FieldType::kVarchar, .metadata = longest},
            counted(data, longest > 255 ? 2 : 1),
            has_bytes(data)};
  }
  const auto length_bytes = static_cast<uint16_t>(2 + random() % 3);
  return {{.type = FieldType::kBlob, .metadata = length_bytes},
          counted(data, length_bytes),
          has_bytes(data)};
}

/// BINARY(n): zeros at the end are not in the log.
Sample padded_bytes(Random& random) {
  const auto width = static_cast<uint16_t>(1 + random() % 300);
  std::string data = any_bytes(random, width);
  data.erase(data.find_last_not_of('\0') + 1);
  std::string whole = data;
  whole.resize(width);
  return {{.type = FieldType::kString, .metadata = width},
          counted(data, width > 255 ? 2 : 1),
          has_bytes(whole)};
}

Sample text(Random& random) {
  std::string utf8;
  for (size_t i = random() % 30; i > 0; --i) {
    constexpr std::string_view kCharacters[] = {"a", "\u00e9", "\u4e2d", "\U0001f600", " ", "\\"};
    utf8 += kCharacters[random() % std::size(kCharacters)];
  }
  const Charset* charset = Charset::find("utf8mb4");
  return {{.type = FieldType::kVarchar, .metadata = 200, .charset = charset},
          counted(utf8, 1),
          has_text(utf8)};
}

Sample label(Random& random) {
  CellFormat format{.type = FieldType::kEnum, .metadata = 2};
  for (int i = 1; i <= 300; ++i) format.labels.push_back("label " + std::to_string(i));
  const size_t index = random() % 301;
  const std::string expected = index == 0 ? "" : "label " + std::to_string(index);
  return {std::move(format), little_endian(index, 2), [expected](const Value& value) {
            return std::get<model::EnumLabel>(value).utf8 == expected;
          }};
}

Sample labels(Random& random) {
  const size_t count = 1 + random() % 64;
  // One byte for each eight labels, but five to seven do not occur: sql/field.cc,
  // get_set_pack_length().
  const size_t needed = (count + 7) / 8;
  const size_t width = needed > 4 ? 8 : needed;
  CellFormat format{.type = FieldType::kSet, .metadata = static_cast<uint16_t>(width)};
  const uint64_t members = number(random) >> (64 - count);
  std::string expected;
  for (size_t i = 0; i < count; ++i) {
    format.labels.push_back("l" + std::to_string(i));
    if ((members >> i & 1) == 0) continue;
    expected += (expected.empty() ? "" : ",") + format.labels.back();
  }
  return {std::move(format), little_endian(members, width), [expected](const Value& value) {
            return std::get<model::SetLabels>(value).utf8 == expected;
          }};
}

/// Random documents in the text that the server prints.
std::string any_document(Random& random, int depth) {
  constexpr std::string_view kScalars[] = {"null",
                                           "true",
                                           "0",
                                           "-1",
                                           "32767",
                                           "32768",
                                           "-32769",
                                           "65536",
                                           "1e100",
                                           "2147483648",
                                           "-9223372036854775808",
                                           "18446744073709551615",
                                           "1.5",
                                           "\"\"",
                                           "\"a \\\"quote\\\"\\n\\u0001\"",
                                           "\"\u00e9\u4e2d\U0001f600\""};
  const size_t kind = depth == 0 ? 0 : random() % 3;
  if (kind == 0) return std::string(kScalars[random() % std::size(kScalars)]);
  const size_t count = random() % 5;
  std::string members;
  for (size_t i = 0; i < count; ++i) {
    if (i > 0) members += ", ";
    if (kind == 1) members += "\"" + std::string(i, 'k') + "\": ";
    members += any_document(random, depth - 1);
  }
  return kind == 1 ? "{" + members + "}" : "[" + members + "]";
}

Sample json(Random& random) {
  const std::string document = any_document(random, 4);
  const auto containers =
      random() % 2 == 0 ? test::JsonContainers::kSmallest : test::JsonContainers::kLarge;
  return {
      {.type = FieldType::kJson, .metadata = 4},
      counted(test::json_binary(document, containers), 4),
      [document](const Value& value) { return std::get<model::JsonText>(value).utf8 == document; }};
}

}  // namespace

base::Result<bool> FieldRoundTrip::read(const Sample& sample, std::span<const std::byte> images,
                                        RowsReader::Scratch& scratch) {
  const RowLayout layout{{{.type = FieldType::kTiny}, sample.format, {.type = FieldType::kTiny}}};
  const Bytes present = hex("07");
  const Rows event{.column_count = 3, .present = present, .after_present = {}, .images = images};
  RowsReader reader(event, layout, scratch);
  ROWMILL_ASSIGN(const bool more, reader.next());
  if (!more) return false;
  const auto cells = reader.after();
  EXPECT_EQ(std::get<int64_t>(cells[0]), 1);
  EXPECT_TRUE(sample.is_right(cells[1]));
  EXPECT_EQ(std::get<int64_t>(cells[2]), 2);
  ROWMILL_ASSIGN(const bool another, reader.next());
  return !another;
}

TEST_P(FieldRoundTrip, GivesTheSameValue) {
  Random random(42);
  RowsReader::Scratch scratch;
  for (int i = 0; i < 2000; ++i) {
    const Sample sample = GetParam().make(random);
    const Bytes images = hex("00 01") + sample.cell + hex("02");
    const auto read_back = read(sample, images, scratch);
    ASSERT_TRUE(read_back.ok()) << read_back.error().text();
    ASSERT_TRUE(*read_back && !HasFailure()) << "sample " << i;
  }
}

TEST_P(FieldRoundTrip, CutAnywhereIsCorrupt) {
  Random random(43);
  RowsReader::Scratch scratch;
  for (int i = 0; i < 50; ++i) {
    const Sample sample = GetParam().make(random);
    const Bytes images = hex("00 01") + sample.cell + hex("02");
    for (size_t size = 1; size < images.size(); ++size) {
      const auto cut = read(sample, std::span(images).first(size), scratch);
      ASSERT_FALSE(cut.ok()) << size;
      EXPECT_EQ(cut.error().kind(), base::ErrorKind::kCorrupt) << cut.error().text();
    }
  }
}

INSTANTIATE_TEST_SUITE_P(
    All, FieldRoundTrip,
    ::testing::Values(FieldKind{"Integer", integer}, FieldKind{"Floating", floating},
                      FieldKind{"Decimal", decimal}, FieldKind{"Bit", bits},
                      FieldKind{"Year", year}, FieldKind{"Date", date}, FieldKind{"Time", time},
                      FieldKind{"DateTime", datetime}, FieldKind{"Timestamp", timestamp},
                      FieldKind{"CountedBytes", counted_bytes},
                      FieldKind{"PaddedBytes", padded_bytes}, FieldKind{"Text", text},
                      FieldKind{"Enum", label}, FieldKind{"Set", labels}, FieldKind{"Json", json}),
    [](const auto& each) { return std::string(each.param.name); });

}  // namespace rowmill::binlog
