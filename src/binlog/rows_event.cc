// SPDX-License-Identifier: Apache-2.0
//
// Rows_event: libs/mysql/binlog/event/rows_event.cpp of MySQL 9.7; MariaDB 10.11 and 11.8 write v1.

#include "binlog/internal/event_bodies.h"

namespace rowmill::binlog {

using base::ByteReader;
using base::Result;

/// Table id 6, flags 2, (v2) extra data, number of columns as length-encoded integer, bits of the
/// columns present (for updates twice: before, after), row images.
Result<Rows> decode_rows(Body body, RowsKind kind, RowsVersion version) {
  constexpr uint16_t kStatementEnd = 0x1;
  constexpr uint16_t kExtraLengthBytes = 2;
  ByteReader reader(body);
  Rows rows;
  rows.table = MapId{reader.u48()};
  rows.kind = kind;
  rows.statement_end = (reader.u16() & kStatementEnd) != 0;
  if (version == RowsVersion::kV2) {
    const uint16_t extra_bytes = reader.u16();  // With itself.
    if (extra_bytes < kExtraLengthBytes) reader.fail();
    reader.skip(extra_bytes - kExtraLengthBytes);
  }
  rows.column_count = reader.length_encoded();
  if (rows.column_count / 8 > reader.remaining()) reader.fail();
  const size_t bitmap_bytes = (rows.column_count + 7) / 8;
  rows.present = reader.bytes(bitmap_bytes);
  if (kind == RowsKind::kUpdate) rows.after_present = reader.bytes(bitmap_bytes);
  rows.images = reader.rest();
  ROWMILL_TRY(reader.finish("body"));
  return rows;
}

}  // namespace rowmill::binlog
