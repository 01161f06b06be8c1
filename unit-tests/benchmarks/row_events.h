// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include "binlog/row_layout.h"
#include "support/event_bytes.h"

namespace rowmill::test {

/// A table and one WRITE_ROWS event of it as a source with CRC-32 checksums sends it, filled with
/// rows up to the server's default binlog_row_event_max_size of 8 KiB. The same bytes in each run.
struct RowEvents {
  binlog::RowLayout layout;
  Bytes event;
  size_t rows = 0;
};

/// Ten columns: each integer type, signed and unsigned; a NULL in every eighth cell.
RowEvents integer_rows();
/// Forty columns VARCHAR(60) of utf8mb4, half filled; every tenth has characters beyond ASCII.
RowEvents varchar_rows();
/// A BIGINT and a JSON document of about 400 bytes: nested, all scalar types.
RowEvents json_rows();

}  // namespace rowmill::test
