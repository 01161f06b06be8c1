// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "model/value.h"
#include "support/event_bytes.h"

namespace rowmill::test {

// Cells of row images as the servers write them, the other way round from binlog/: written from the
// layouts in MySQL's manuals, so that encoding and decoding do not share a mistake.

/// `value` in `width` bytes, most significant first.
Bytes big_endian(uint64_t value, size_t width);
/// `data` behind its length in `width` bytes.
Bytes counted(std::span<const std::byte> data, size_t width);
Bytes counted(std::string_view data, size_t width);

/// DECIMAL(precision, scale) of a text such as "-12.50" with exactly `scale` digits behind the
/// point. strings/decimal.cc, decimal2bin().
Bytes decimal_cell(std::string_view digits, size_t precision, size_t scale);

// MySQL Internals, "Date and Time Data Type Representation".
Bytes date_cell(const model::Date& date);
Bytes time_cell(const model::Time& time);
Bytes datetime_cell(const model::DateTime& datetime);
Bytes timestamp_cell(const model::Timestamp& timestamp);

}  // namespace rowmill::test
