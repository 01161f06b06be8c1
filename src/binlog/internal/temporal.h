// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/byte_reader.h"
#include "base/result.h"
#include "model/value.h"

namespace rowmill::binlog {

// Dates and times as rows carry them since MySQL 5.6. `fraction_digits` is the column's, 0..6. A
// short read latches in the reader and yields some value; fields out of range are kCorrupt. Zero
// months and days, and days that the month does not have, are legal: the server stores them when
// sql_mode allows.

/// Bytes of a fraction of that many digits.
constexpr size_t fraction_bytes(uint16_t fraction_digits) {
  return (size_t{fraction_digits} + 1) / 2;
}

base::Result<model::Date> read_date(base::ByteReader& reader);
base::Result<model::Time> read_time(base::ByteReader& reader, uint16_t fraction_digits);
base::Result<model::DateTime> read_datetime(base::ByteReader& reader, uint16_t fraction_digits);
base::Result<model::Timestamp> read_timestamp(base::ByteReader& reader, uint16_t fraction_digits);

// The same in columns made before MySQL 5.6, or on a MariaDB with mysql56_temporal_format=OFF;
// without a fraction.
base::Result<model::Time> read_old_time(base::ByteReader& reader);
base::Result<model::DateTime> read_old_datetime(base::ByteReader& reader);
base::Result<model::Timestamp> read_old_timestamp(base::ByteReader& reader);

// The same inside JSON: one 64-bit number, the fields above 24 bits of microseconds.
base::Result<model::Time> time_of_packed(int64_t packed);
base::Result<model::DateTime> datetime_of_packed(int64_t packed);

}  // namespace rowmill::binlog
