// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "model/gtid.h"
#include "model/position.h"

namespace rowmill::mysql {

/// The first byte of the command packets that make a session a replica's.
/// MySQL: enum_server_command in include/my_command.h.
enum class Command : uint8_t {
  kBinlogDump = 0x12,
  kRegisterReplica = 0x15,
  /// MySQL only.
  kBinlogDumpGtid = 0x1e,
};

/// Flags of both dump commands. MySQL: sql/rpl_constants.h; MariaDB: sql/log_event.h.
namespace dump_flags {
inline constexpr uint16_t kNone = 0;
/// MariaDB: send the text of the statements (ANNOTATE_ROWS).
inline constexpr uint16_t kSendAnnotate = 2;
/// MySQL since 8.0.26: heartbeats with 64-bit positions.
inline constexpr uint16_t kHeartbeatV2 = 2;
/// MySQL: the GTID set counts, not the file and the position.
inline constexpr uint16_t kThroughGtid = 4;
}  // namespace dump_flags

/// Servers before MySQL 8.0.17, and MariaDB, refuse a longer name in COM_REGISTER_SLAVE.
inline constexpr size_t kMaxReportedHostBytes = 60;
/// `host` as far as the servers take it.
[[nodiscard]] std::string_view reported_host(std::string_view host);

// The bodies of the commands, without the command byte. Numbers are little-endian.

/// COM_REGISTER_SLAVE: server_id 4; host, user, password as 1 + n each (the latter two empty: the
/// server would only show them to others); port 2; rank 4; source id 4.
/// MySQL: register_replica() in sql/rpl_source.cc.
[[nodiscard]] std::vector<std::byte> encode_register_replica(uint32_t server_id,
                                                             std::string_view host);

/// COM_BINLOG_DUMP: position 4, flags 2, server_id 4, file name to the end. The offset of `from`
/// must fit 32 bits (asserted). MySQL: com_binlog_dump() in sql/rpl_source.cc.
[[nodiscard]] std::vector<std::byte> encode_binlog_dump(uint32_t server_id, uint16_t flags,
                                                        const model::Position& from);

/// COM_BINLOG_DUMP_GTID: flags 2, server_id 4, file name length 4, file name, position 8, length of
/// the set 4, set. MySQL: com_binlog_dump_gtid() in sql/rpl_source.cc.
[[nodiscard]] std::vector<std::byte> encode_binlog_dump_gtid(uint32_t server_id, uint16_t flags,
                                                             const model::Position& from,
                                                             const model::MysqlGtidSet& executed);

/// A set of GTIDs. Count 8, and for each source: UUID 16, interval count 8, and for each interval:
/// first 8, one past the last 8. With a tag anywhere in the set: byte 0 and byte 7 of the count are
/// 1 and the count itself is in bytes 1 to 6; after each UUID come the tag's length (one byte:
/// length << 1, a short variable-length integer of mysql::serialization) and the tag. MySQL 8.3 and
/// later: Gtid_set::encode() in sql/rpl_gtid_set.cc.
[[nodiscard]] std::vector<std::byte> encode_gtid_set(const model::MysqlGtidSet& set);

}  // namespace rowmill::mysql
