// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>

#include "base/arena.h"
#include "base/byte_reader.h"
#include "base/result.h"
#include "binlog/event.h"

namespace rowmill::binlog {

// One decoder for each body. `body` is what lies between the header and the checksum; views in the
// results point into it. All consume it to the last byte: kCorrupt when it is short, has bytes left
// over or breaks its format; kUnsupported for a variant that we do not know.

using Body = std::span<const std::byte>;

// control_events.cc
base::Result<Rotate> decode_rotate(Body body);
base::Result<Xid> decode_xid(Body body);
base::Result<XaPrepare> decode_xa_prepare(Body body);
base::Result<Incident> decode_incident(Body body);
/// ROWS_QUERY: behind a length byte that cannot be trusted.
base::Result<RowsQuery> decode_rows_query(Body body);
/// ANNOTATE_ROWS: the text alone.
base::Result<RowsQuery> decode_annotate_rows(Body body);
base::Result<Heartbeat> decode_heartbeat(Body body, const EventHeader& header, Flavor flavor);
base::Result<Heartbeat> decode_heartbeat_v2(Body body);

// format_description.cc
base::Result<FormatDescription> decode_format_description(Body body);

// mysql_gtid_events.cc
base::Result<MysqlGtidEvent> decode_gtid(Body body, bool anonymous);
base::Result<MysqlGtidEvent> decode_gtid_tagged(Body body);
base::Result<PreviousGtids> decode_previous_gtids(Body body);

// mariadb_gtid_events.cc
base::Result<MariadbGtidEvent> decode_mariadb_gtid(Body body, uint32_t server_id);
base::Result<GtidList> decode_gtid_list(Body body);

// query_event.cc
base::Result<Query> decode_query(Body body, Flavor flavor);
/// LOAD DATA in statement format, after the events that carry the file.
base::Result<Query> decode_execute_load_query(Body body, Flavor flavor);

// table_map.cc
base::Result<TableMap> decode_table_map(Body body, Flavor flavor);

// table_map_metadata.cc
/// The type/length/value fields at the end of a table map; fills columns and primary key of `map`.
base::Result<void> decode_optional_metadata(Body fields, Flavor flavor, TableMap& map);

// rows_event.cc
enum class RowsVersion : uint8_t { kV1, kV2 };
base::Result<Rows> decode_rows(Body body, RowsKind kind, RowsVersion version);

// compressed_events.cc
/// Unpacks what MariaDB packs in its compressed events, into `arena`.
base::Result<std::span<const std::byte>> inflate_packed(std::span<const std::byte> packed,
                                                        base::Arena& arena);

// transaction_payload.cc
/// `missing`: bytes of the payload that `body` lacks.
base::Result<TransactionPayload> decode_transaction_payload(Body body, uint64_t missing = 0);

}  // namespace rowmill::binlog
