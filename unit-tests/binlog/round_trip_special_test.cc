// SPDX-License-Identifier: Apache-2.0
//
// The round trip of the types that only one of the servers has, or only old tables.

#include <zlib.h>

#include <array>
#include <cstdio>

#include "binlog/round_trip.h"

namespace rowmill::binlog {
namespace {

using model::Value;
using test::operator+;
using test::Bytes;
using test::counted;
using test::little_endian;

std::string_view as_text(const Bytes& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// MySQL manual, "Internal Geometry Storage Format": SRID 4, WKB.
Sample geometry(Random& random) {
  const auto srid = static_cast<uint32_t>(random());
  const std::string wkb = any_bytes(random, 60);
  const Bytes stored = little_endian(srid, 4);
  return {{.type = FieldType::kGeometry, .metadata = 4},
          counted(std::string(as_text(stored)) + wkb, 4),
          [srid, wkb](const Value& value) {
            const auto& found = std::get<model::Geometry>(value);
            return found.srid == srid &&
                   std::ranges::equal(found.wkb, std::as_bytes(std::span(wkb)));
          }};
}

/// MySQL manual, "VECTOR": float32 numbers, 4 bytes each.
Sample vector(Random& random) {
  std::string floats = any_bytes(random, 64);
  floats.resize(floats.size() / 4 * 4);
  return {{.type = FieldType::kVector, .metadata = 4},
          counted(floats, 4),
          [floats](const Value& value) {
            return std::ranges::equal(std::get<model::Vector>(value).floats,
                                      std::as_bytes(std::span(floats)));
          }};
}

std::string deflate_raw(const std::string& data) {
  z_stream stream{};
  constexpr int kRaw = -15;
  deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, kRaw, 8, Z_DEFAULT_STRATEGY);
  std::string packed(deflateBound(&stream, data.size()), '\0');
  std::string source = data;
  stream.next_in = reinterpret_cast<Bytef*>(source.data());
  stream.avail_in = static_cast<uInt>(source.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

/// MariaDB's sql/field_comp.cc: nothing for an empty value; else a head, 0 before
/// plain bytes, or 0x80 | algorithm 8 | bytes of the length, the length big endian, raw deflate.
std::string compressed(Random& random, const std::string& data) {
  if (data.empty()) return {};
  if (random() % 2 == 0) return std::string(1, '\0') + data;
  const size_t width = data.size() > 255 ? 2 : 1;
  const Bytes length = test::big_endian(data.size(), width);
  return static_cast<char>(0x88U | width) + std::string(as_text(length)) + deflate_raw(data);
}

Sample compressed_blob(Random& random) {
  const std::string data = any_bytes(random, 400);
  const auto length_bytes = static_cast<uint16_t>(2 + random() % 3);
  return {{.type = FieldType::kMariadbBlobCompressed, .metadata = length_bytes},
          counted(compressed(random, data), length_bytes),
          has_bytes(data)};
}

Sample compressed_varchar(Random& random) {
  constexpr uint16_t kLongest = 1000;
  // One letter many times: it shrinks.
  const std::string data(random() % (kLongest + 1), static_cast<char>('a' + random() % 26));
  return {{.type = FieldType::kMariadbVarcharCompressed,
           .metadata = kLongest + 1,
           .charset = Charset::find("utf8mb4")},
          counted(compressed(random, data), 2),
          has_text(data)};
}

/// A STRING of a fixed size, whose zeros at the end are not in the log.
Sample fixed_string(StringForm form, const std::string& bytes, std::string text) {
  const std::string logged = bytes.substr(0, bytes.find_last_not_of('\0') + 1);
  return {{.type = FieldType::kString,
           .metadata = static_cast<uint16_t>(bytes.size()),
           .string_form = form},
          counted(logged, 1),
          has_text(std::move(text))};
}

std::string sized_bytes(Random& random, size_t size) {
  std::string bytes = any_bytes(random, size);
  bytes.resize(size);
  return bytes;
}

unsigned byte_of(const std::string& bytes, size_t index) {
  return static_cast<unsigned char>(bytes[index]);
}

Sample uuid(Random& random) {
  const std::string bytes = sized_bytes(random, 16);
  std::string text;
  for (size_t i = 0; i < bytes.size(); ++i) {
    std::array<char, 3> digits{};
    std::snprintf(digits.data(), digits.size(), "%02x", byte_of(bytes, i));
    if (i == 4 || i == 6 || i == 8 || i == 10) text += '-';
    text += digits.data();
  }
  return fixed_string(StringForm::kUuid, bytes, text);
}

Sample inet4(Random& random) {
  const std::string bytes = sized_bytes(random, 4);
  std::string text;
  for (size_t i = 0; i < bytes.size(); ++i) {
    text += (i == 0 ? "" : ".") + std::to_string(byte_of(bytes, i));
  }
  return fixed_string(StringForm::kInet4, bytes, text);
}

/// Groups other than zero: how those are shortened is in the recorded cells.
Sample inet6(Random& random) {
  std::string bytes;
  std::string text;
  for (size_t i = 0; i < 8; ++i) {
    const unsigned group = 1 + static_cast<unsigned>(random() % 0xffff);
    bytes += static_cast<char>(group >> 8);
    bytes += static_cast<char>(group & 0xff);
    std::array<char, 5> digits{};
    std::snprintf(digits.data(), digits.size(), "%x", group);
    text += (i == 0 ? "" : ":") + std::string(digits.data());
  }
  return fixed_string(StringForm::kInet6, bytes, text);
}

// MySQL Internals, "Date and Time Data Type Representation", before version 5.6.4.

Sample old_time(Random& random) {
  model::Time value{.minute = static_cast<uint8_t>(random() % 60),
                    .second = static_cast<uint8_t>(random() % 60),
                    .hour = static_cast<uint16_t>(random() % 839)};
  const int64_t decimal = value.hour * 10'000 + value.minute * 100 + value.second;
  value.negative = decimal != 0 && random() % 2 == 0;
  return {{.type = FieldType::kTime},
          little_endian(static_cast<uint64_t>(value.negative ? -decimal : decimal), 3),
          equals(value)};
}

Sample old_datetime(Random& random) {
  const model::DateTime value{.date = {.year = static_cast<uint16_t>(random() % 10'000),
                                       .month = static_cast<uint8_t>(random() % 13),
                                       .day = static_cast<uint8_t>(random() % 32)},
                              .hour = static_cast<uint8_t>(random() % 24),
                              .minute = static_cast<uint8_t>(random() % 60),
                              .second = static_cast<uint8_t>(random() % 60)};
  uint64_t decimal = value.date.year;
  for (const unsigned part :
       {unsigned{value.date.month}, unsigned{value.date.day}, unsigned{value.hour},
        unsigned{value.minute}, unsigned{value.second}}) {
    decimal = decimal * 100 + part;
  }
  return {{.type = FieldType::kDateTime}, little_endian(decimal, 8), equals(value)};
}

Sample old_timestamp(Random& random) {
  const auto seconds = static_cast<uint32_t>(random());
  return {{.type = FieldType::kTimestamp},
          little_endian(seconds, 4),
          equals(model::Timestamp{.seconds = seconds})};
}

INSTANTIATE_TEST_SUITE_P(
    Special, FieldRoundTrip,
    ::testing::Values(FieldKind{"Geometry", geometry}, FieldKind{"Vector", vector},
                      FieldKind{"CompressedBlob", compressed_blob},
                      FieldKind{"CompressedVarchar", compressed_varchar}, FieldKind{"Uuid", uuid},
                      FieldKind{"Inet4", inet4}, FieldKind{"Inet6", inet6},
                      FieldKind{"OldTime", old_time}, FieldKind{"OldDateTime", old_datetime},
                      FieldKind{"OldTimestamp", old_timestamp}),
    [](const auto& each) { return std::string(each.param.name); });

}  // namespace
}  // namespace rowmill::binlog
