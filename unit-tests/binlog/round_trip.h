// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <random>
#include <string>

#include "binlog/rows_reader.h"
#include "support/cell_bytes.h"

namespace rowmill::binlog {

// A kind of field written by the encoders of unit-tests/support and read back: the tests of
// FieldRoundTrip, in round_trip_test.cc, run for all that any file instantiates.

using Random = std::mt19937_64;

/// One cell and what must come out of it.
struct Sample {
  CellFormat format;
  test::Bytes cell;
  std::function<bool(const model::Value&)> is_right;
};

template <typename T>
std::function<bool(const model::Value&)> equals(T expected) {
  return [expected](const model::Value& value) {
    const auto* found = std::get_if<T>(&value);
    return found != nullptr && *found == expected;
  };
}

inline std::string any_bytes(Random& random, size_t longest) {
  std::string data(random() % (longest + 1), '\0');
  for (char& byte : data) byte = static_cast<char>(random());
  return data;
}

inline std::function<bool(const model::Value&)> has_bytes(std::string data) {
  return [data = std::move(data)](const model::Value& value) {
    const auto found = std::get<model::Bytes>(value).data;
    return std::ranges::equal(found, std::as_bytes(std::span(data)));
  };
}

inline std::function<bool(const model::Value&)> has_text(std::string utf8) {
  return [utf8 = std::move(utf8)](const model::Value& value) {
    return std::get<model::Text>(value).utf8 == utf8;
  };
}

struct FieldKind {
  std::string_view name;
  Sample (*make)(Random&);
};

inline void PrintTo(const FieldKind& kind, std::ostream* out) { *out << kind.name; }

class FieldRoundTrip : public ::testing::TestWithParam<FieldKind> {
 protected:
  /// Reads a row of three cells: those beside the sample's show that it takes its own bytes only.
  static base::Result<bool> read(const Sample& sample, std::span<const std::byte> images,
                                 RowsReader::Scratch& scratch);
};

}  // namespace rowmill::binlog
