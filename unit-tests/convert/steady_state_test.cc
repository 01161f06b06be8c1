// SPDX-License-Identifier: Apache-2.0
// Counts allocations of the whole program: after the first rows of a table a row must cost none.
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <new>

#include "convert/debezium_json.h"
#include "convert/fixture.h"

namespace {
std::atomic<size_t> allocations{0};

void* counted(size_t size) {
  ++allocations;
  if (void* at = std::malloc(size == 0 ? 1 : size)) return at;
  throw std::bad_alloc();
}
}  // namespace

void* operator new(size_t size) { return counted(size); }
void* operator new[](size_t size) { return counted(size); }
void operator delete(void* at) noexcept { std::free(at); }
void operator delete(void* at, size_t) noexcept { std::free(at); }
void operator delete[](void* at) noexcept { std::free(at); }
void operator delete[](void* at, size_t) noexcept { std::free(at); }

namespace rowmill::convert {
namespace {

using model::Operation;

/// Converts the same rows twice; the second time must allocate nothing.
void expect_steady(const ConvertSettings& with, const model::TableDefinition& table,
                   const Cells& row) {
  const auto owner = converter(with);
  connect::RecordBatch batch;
  const auto fill = [&] {
    batch.clear();
    for (int i = 0; i < 100; ++i) {
      for (const Operation operation :
           {Operation::kCreate, Operation::kUpdate, Operation::kDelete}) {
        ASSERT_TRUE(owner->convert(change(operation, table, row, row), batch).ok());
      }
    }
  };
  fill();
  const size_t before = allocations;
  fill();
  EXPECT_EQ(allocations - before, 0U);
  EXPECT_EQ(batch.size(), 400U);
}

TEST(SteadyState, RowsAllocateNothing) {
  ConvertSettings with = settings();
  with.key_schemas = with.value_schemas = true;
  with.source_fields = {kExtraSourceFields.begin(), kExtraSourceFields.end()};
  model::TableDefinition table = orders();
  table.columns.push_back(column("photo", model::ColumnKind::kBlob));
  table.columns.push_back(column("at", model::ColumnKind::kTimestamp));
  table.columns.push_back(column("price", model::ColumnKind::kDouble));
  const std::string photo(500, 'p');
  expect_steady(
      with, table,
      {int64_t{1}, model::Text{"a \"quoted\" note\n"},
       model::Bytes{std::as_bytes(std::span(photo))}, model::Timestamp{1709251199, 5, 6}, 0.1});
}

TEST(SteadyState, FormsAllocateNothingInAnyMode) {
  using enum model::ColumnKind;
  model::TableDefinition table = orders();
  for (const auto kind :
       {kDecimal, kBigInt, kBit, kDate, kTime, kDateTime, kTimestamp, kBlob, kGeometry, kVector}) {
    table.columns.push_back(column("c" + std::to_string(table.columns.size()), kind));
  }
  table.columns[3].is_unsigned = true;
  table.columns[4].length = 20;
  const std::string digits(65, '9');
  const std::string photo(500, 'p');
  // POINT(1 2).
  const std::string point("\1\1\0\0\0\0\0\0\0\0\0\xf0\x3f\0\0\0\0\0\0\0\x40", 21);
  const auto point_bytes = std::as_bytes(std::span(point));
  const model::Date day{2024, 2, 29};
  const Cells row = {int64_t{1},
                     model::Text{"a note that is cut"},
                     model::Decimal{digits},
                     uint64_t{18446744073709551},
                     model::Bits{5, 20},
                     day,
                     model::Time{false, 1, 2, 6, 3, 4},
                     model::DateTime{day, 1, 2, 3, 6, 4},
                     model::Timestamp{},
                     model::Bytes{std::as_bytes(std::span(photo))},
                     model::Geometry{4326, point_bytes},
                     model::Vector{point_bytes.first(8)}};
  for (int mode = 0; mode <= static_cast<int>(TimeMode::kNanoseconds); ++mode) {
    ConvertSettings with = settings();
    with.truncations = {{6, {".*note"}}};
    with.forms = {.decimal = static_cast<DecimalMode>(mode % 3),
                  .time = static_cast<TimeMode>(mode),
                  .bigint_unsigned = static_cast<BigintUnsignedMode>(mode % 3),
                  .binary = static_cast<BinaryMode>(mode % 4),
                  .bit = static_cast<BitMode>(mode % 2),
                  .geometry = static_cast<GeometryMode>(mode % 3)};
    expect_steady(with, table, row);
  }
}

}  // namespace
}  // namespace rowmill::convert
