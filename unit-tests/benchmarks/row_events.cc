// SPDX-License-Identifier: Apache-2.0
#include "benchmarks/row_events.h"

#include <random>
#include <string>

#include "support/json_binary.h"

namespace rowmill::test {
namespace {

using binlog::CellFormat;
using binlog::FieldType;

constexpr size_t kEventBytes = 8192;

using Random = std::mt19937_64;

/// Rows until the event is full; `row` gives the bytes of one, NULL bits included.
template <typename Row>
RowEvents fill(binlog::RowLayout layout, Row row) {
  Random random(42);
  RowEvents events{.layout = std::move(layout), .event = {}, .rows = 0};
  const size_t columns = events.layout.cells.size();
  // Map id, flags with statement end, length of no extra data, column count, columns present.
  Bytes body = little_endian(108, 6) + little_endian(1, 2) + little_endian(2, 2) +
               little_endian(columns, 1) + Bytes((columns + 7) / 8, std::byte{0xff});
  while (true) {
    const Bytes next = row(random);
    if (events.rows > 0 && body.size() + next.size() > kEventBytes) break;
    body = body + next;
    ++events.rows;
  }
  events.event = with_checksum(event(binlog::EventType::kWriteRows, body));
  return events;
}

}  // namespace

RowEvents integer_rows() {
  struct Integer {
    FieldType type;
    size_t bytes;
  };
  constexpr Integer kIntegers[] = {{FieldType::kTiny, 1},
                                   {FieldType::kShort, 2},
                                   {FieldType::kInt24, 3},
                                   {FieldType::kLong, 4},
                                   {FieldType::kLongLong, 8}};
  binlog::RowLayout layout;
  for (const bool is_unsigned : {false, true}) {
    for (const Integer& integer : kIntegers) {
      layout.cells.push_back({.type = integer.type, .is_unsigned = is_unsigned});
    }
  }
  return fill(std::move(layout), [&](Random& random) {
    Bytes nulls(2);
    Bytes cells;
    for (size_t i = 0; i < 2 * std::size(kIntegers); ++i) {
      if (random() % 8 == 0) {
        nulls[i / 8] |= std::byte{1} << (i % 8);
      } else {
        cells = cells + little_endian(random(), kIntegers[i % std::size(kIntegers)].bytes);
      }
    }
    return nulls + cells;
  });
}

RowEvents varchar_rows() {
  constexpr size_t kColumns = 40;
  constexpr uint16_t kCharacters = 60;
  const binlog::RowLayout layout{
      std::vector<CellFormat>(kColumns, {.type = FieldType::kVarchar,
                                         .metadata = 4 * kCharacters,
                                         .charset = binlog::Charset::find("utf8mb4")})};
  return fill(layout, [](Random& random) {
    Bytes row(kColumns / 8);
    for (size_t i = 0; i < kColumns; ++i) {
      std::string cell;
      const size_t characters = random() % kCharacters;
      for (size_t c = 0; c < characters; ++c) cell += static_cast<char>('a' + random() % 26);
      if (i % 10 == 9) cell += "\u00e9\u4e2d";
      row = row + little_endian(cell.size(), 1) + text(cell);
    }
    return row;
  });
}

RowEvents json_rows() {
  const binlog::RowLayout layout{
      {{.type = FieldType::kLongLong}, {.type = FieldType::kJson, .metadata = 4}}};
  return fill(layout, [](Random& random) {
    const auto number = [&] { return std::to_string(random() % 100000); };
    std::string items;
    for (int i = 0; i < 4; ++i) {
      items += std::string(i == 0 ? "" : ",") + R"({"sku":"A-)" + number() + R"(","count":)" +
               number() + R"(,"price":)" + number() + R"(.25,"gift":false})";
    }
    const Bytes document =
        json_binary(R"({"id":)" + number() + R"(,"customer":{"name":"Zo\u00eb )" + number() +
                    R"(","vip":true,"since":null},"items":[)" + items +
                    R"(],"total":-12345.678,"note":"line one\nline \"two\"","ref":)" +
                    std::to_string(random()) + "}");
    return Bytes(1) + little_endian(random(), 8) + little_endian(document.size(), 4) + document;
  });
}

}  // namespace rowmill::test
