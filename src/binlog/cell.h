// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/arena.h"
#include "base/byte_reader.h"
#include "base/result.h"
#include "binlog/row_layout.h"
#include "model/value.h"

namespace rowmill::binlog {

/// Reads one cell that is present and not NULL. The value's views point into the reader's bytes,
/// into `arena` or, for labels, into `format`. A short read latches in `reader` (the caller asks
/// finish()); a cell whose bytes are complete but wrong (label out of range, month 13, broken JSON,
/// invalid text) is kCorrupt; a type that we do not decode is kUnsupported with its name.
base::Result<model::Value> read_cell(base::ByteReader& reader, const CellFormat& format,
                                     base::Arena& arena);

/// Passes over one cell without decoding it; also over GEOMETRY, VECTOR and MariaDB's compressed
/// columns, which read_cell() refuses. Latches a failure for a type whose length is not known
/// (temporal types of before MySQL 5.6).
void skip_cell(base::ByteReader& reader, const CellFormat& format);

}  // namespace rowmill::binlog
