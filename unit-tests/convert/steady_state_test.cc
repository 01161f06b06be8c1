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

TEST(SteadyState, RowsAllocateNothing) {
  ConvertSettings with = settings();
  with.key_schemas = with.value_schemas = true;
  with.source_fields = {kExtraSourceFields.begin(), kExtraSourceFields.end()};
  const auto owner = converter(with);
  model::TableDefinition table = orders();
  table.columns.push_back(column("photo", model::ColumnKind::kBlob));
  table.columns.push_back(column("at", model::ColumnKind::kTimestamp));
  table.columns.push_back(column("price", model::ColumnKind::kDouble));
  const std::string photo(500, 'p');
  const Cells row = {int64_t{1}, model::Text{"a \"quoted\" note\n"},
                     model::Bytes{std::as_bytes(std::span(photo))},
                     model::Timestamp{1709251199, 5, 6}, 0.1};
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

}  // namespace
}  // namespace rowmill::convert
