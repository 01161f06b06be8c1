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

/// Passes over one cell without decoding it: every type that read_cell() reads. Latches a failure
/// for the others, whose length is not known.
void skip_cell(base::ByteReader& reader, const CellFormat& format);

}  // namespace rowmill::binlog
