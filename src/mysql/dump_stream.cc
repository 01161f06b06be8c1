// SPDX-License-Identifier: Apache-2.0
#include "mysql/dump_stream.h"

#include <algorithm>
#include <cassert>
#include <limits>
#include <set>
#include <utility>
#include <vector>

#include "mysql/dump_commands.h"
#include "mysql/server_error.h"

namespace rowmill::mysql {
namespace {

using base::Error;
using base::ErrorKind;
using base::Result;
using model::MariadbGtidState;
using model::MysqlGtidSet;
using model::Position;

/// The first event of any file.
constexpr uint64_t kFirstOffset = 4;
constexpr ServerVersion kHeartbeatV2Since{8, 0, 26};

constexpr std::byte kEventFollows{0x00};
constexpr std::byte kErrorPacket{0xff};
constexpr std::byte kEndOfFile{0xfe};
constexpr size_t kEndOfFileMaxBytes = 8;
/// MySQL: ReplSemiSyncBase::kPacketMagicNum in plugin/semisync/semisync.h.
constexpr std::byte kSemiSyncMark{0xef};
constexpr size_t kSemiSyncBytes = 2;

/// For how long the source waits when we do not read, because Kafka is slow: its default of a
/// minute would cut the stream.
constexpr std::string_view kWriteTimeoutSeconds = "600";

std::chrono::milliseconds silence_limit(std::chrono::milliseconds heartbeat) {
  return 3 * heartbeat + std::chrono::seconds(5);
}

/// The variables that the dump thread looks up in its session. MySQL renamed them in 8.0.26; each
/// server ignores the names it does not know.
Result<void> set_session_variables(Connection& connection, const DumpRequest& request) {
  // CRC32 whatever @@binlog_checksum says: the answer rules only the artificial ROTATE before the
  // first format description event, and a server whose files have no checksums sends them as they
  // are.
  const std::string heartbeat = std::to_string(std::chrono::nanoseconds(request.heartbeat).count());
  const std::string uuid = connection.quote(request.replica_uuid);
  std::string sql = "SET SESSION net_write_timeout = ";
  sql.append(kWriteTimeoutSeconds);
  sql += ", @source_binlog_checksum = 'CRC32', @master_binlog_checksum = 'CRC32'";
  sql += ", @source_heartbeat_period = " + heartbeat + ", @master_heartbeat_period = " + heartbeat;
  sql += ", @replica_uuid = " + uuid + ", @slave_uuid = " + uuid;
  if (connection.is_mariadb()) {
    // 4: understands GTIDs. Less, and the server disguises its own events as old ones.
    sql += ", @mariadb_slave_capability = 4";
  }
  return connection.execute(sql);
}

/// MariaDB takes the replica's GTIDs from the session, not from the command.
Result<void> set_connect_state(Connection& connection, const MariadbGtidState& state) {
  ROWMILL_ASSIGN(const auto answer, connection.query("SELECT @@GLOBAL.gtid_binlog_state AS state"));
  ROWMILL_TRY(check_domains(state, answer.get(0, "state").value_or("")));
  // Strict: a source that has later transactions of a domain but not our last one is refused.
  return connection.execute("SET @slave_connect_state = " + connection.quote(state.text()) +
                            ", @slave_gtid_strict_mode = 1, @slave_gtid_ignore_duplicates = 0");
}

Result<void> check_executed(Connection& connection, const MysqlGtidSet& replica) {
  ROWMILL_ASSIGN(const auto answer, connection.query("SELECT @@GLOBAL.gtid_executed AS executed"));
  ROWMILL_ASSIGN(const auto source, MysqlGtidSet::parse(answer.get(0, "executed").value_or("")));
  return check_servers(replica, source);
}

Error wrong_flavor(std::string_view gtids, std::string_view server) {
  return Error(ErrorKind::kConfig, "GTIDs of " + std::string(gtids) + " cannot be followed at a " +
                                       std::string(server) + " server")
      .with_remedy(
          "Connect to the right server, or choose a position of its own with start.position or "
          "`rowmill offsets set`.");
}

struct DumpCommand {
  Command command = Command::kBinlogDump;
  std::vector<std::byte> body;
};

Result<DumpCommand> mysql_command(Connection& connection, const DumpRequest& request) {
  const uint16_t heartbeat_flag = connection.server_version() >= kHeartbeatV2Since
                                      ? dump_flags::kHeartbeatV2
                                      : dump_flags::kNone;
  if (const auto* executed = std::get_if<MysqlGtidSet>(&request.from)) {
    ROWMILL_TRY(check_executed(connection, *executed));
    const uint16_t flags = heartbeat_flag | dump_flags::kThroughGtid;
    return DumpCommand{
        Command::kBinlogDumpGtid,
        encode_binlog_dump_gtid(request.server_id, flags, {"", kFirstOffset}, *executed)};
  }
  if (const auto* from = std::get_if<Position>(&request.from)) {
    if (from->offset <= std::numeric_limits<uint32_t>::max()) {
      return DumpCommand{Command::kBinlogDump,
                         encode_binlog_dump(request.server_id, heartbeat_flag, *from)};
    }
    // Without kThroughGtid this command means file and offset too, and its offset has 64 bits.
    return DumpCommand{Command::kBinlogDumpGtid,
                       encode_binlog_dump_gtid(request.server_id, heartbeat_flag, *from, {})};
  }
  return wrong_flavor("MariaDB", "MySQL");
}

Result<DumpCommand> mariadb_command(Connection& connection, const DumpRequest& request) {
  const uint16_t flags = request.annotate ? dump_flags::kSendAnnotate : dump_flags::kNone;
  Position from{"", kFirstOffset};
  if (const auto* state = std::get_if<MariadbGtidState>(&request.from)) {
    ROWMILL_TRY(set_connect_state(connection, *state));
  } else if (const auto* position = std::get_if<Position>(&request.from)) {
    from = *position;
  } else {
    return wrong_flavor("MySQL", "MariaDB");
  }
  if (from.offset > std::numeric_limits<uint32_t>::max()) {
    return Error(ErrorKind::kUnsupported,
                 "MariaDB cannot start at " + model::to_string(from) + ", beyond 4 GiB of a file")
        .with_remedy("Start from a GTID position.");
  }
  return DumpCommand{Command::kBinlogDump, encode_binlog_dump(request.server_id, flags, from)};
}

Result<void> register_replica(Connection& connection, const DumpRequest& request) {
  const auto body = encode_register_replica(request.server_id, request.reported_host);
  auto answer = connection.send_command(static_cast<uint8_t>(Command::kRegisterReplica), body,
                                        /*awaits_ok=*/true);
  if (answer.ok() || answer.error().kind() != ErrorKind::kConfig) return answer;
  // Both servers report a missing privilege as if the password were wrong (1045).
  return std::move(answer).error().with_remedy(std::string(kGrantReplication));
}

Result<void> ask_for_binlog(Connection& connection, const DumpRequest& request) {
  ROWMILL_TRY(set_session_variables(connection, request));
  ROWMILL_ASSIGN(const auto dump, connection.is_mariadb() ? mariadb_command(connection, request)
                                                          : mysql_command(connection, request));
  ROWMILL_TRY(register_replica(connection, request));
  connection.set_read_timeout(silence_limit(request.heartbeat));
  return connection.send_command(static_cast<uint8_t>(dump.command), dump.body,
                                 /*awaits_ok=*/false);
}

Error foreign_source(std::string_view what, const std::string& position) {
  return Error(ErrorKind::kConfig, "the source knows no " + std::string(what) +
                                       " of our position " + position +
                                       ": it would send everything from its first file")
      .with_remedy(
          "Connect to the right server, or choose where to go on with start.position, `rowmill "
          "offsets "
          "set` or `rowmill offsets reset`.");
}

Error stopped() { return {ErrorKind::kStopped, "stopped while reading the binlog"}; }

}  // namespace

Result<DumpStream> DumpStream::open(Connection connection, const DumpRequest& request,
                                    std::stop_token stop) {
  assert(request.heartbeat > std::chrono::milliseconds::zero());
  if (stop.stop_requested()) return stopped();
  {
    // Gone before the connection moves.
    const std::stop_callback interrupt(std::move(stop), [&connection] { connection.interrupt(); });
    if (auto asked = ask_for_binlog(connection, request); !asked.ok()) {
      return std::move(asked).error().with_context("asking for the binlog");
    }
  }
  return DumpStream(std::move(connection));
}

DumpStream::DumpStream(Connection connection)
    : connection_(std::make_unique<Connection>(std::move(connection))),
      packets_([from = connection_.get()](std::span<std::byte> into) {
        return from->read_some(into);
      }) {}

/// Calls `read`, which a stop request ends.
template <typename Read>
auto DumpStream::reading(std::stop_token stop, Read read) -> decltype(read()) {
  if (stop.stop_requested()) return stopped();
  const std::stop_callback interrupt(std::move(stop), [this] { connection_->interrupt(); });
  auto result = read();
  if (!result.ok()) return std::move(result).error().with_context("reading the binlog");
  return result;
}

Result<PacketReader::Piece> DumpStream::next(std::stop_token stop) {
  return reading(std::move(stop), [this] { return begin_event(); });
}

Result<PacketReader::Piece> DumpStream::more(std::stop_token stop) {
  return reading(std::move(stop), [this] { return packets_.more(); });
}

Result<std::span<const std::byte>> DumpStream::join(const PacketReader::Piece& first,
                                                    std::stop_token stop) {
  return reading(std::move(stop), [&] { return packets_.join(first); });
}

/// A packet: status 1; with semi-synchronous replication mark 1, acknowledgement 1; the event.
Result<PacketReader::Piece> DumpStream::begin_event() {
  ROWMILL_ASSIGN(PacketReader::Piece piece, packets_.begin());
  auto& bytes = piece.bytes;
  if (bytes.empty()) return Error(ErrorKind::kCorrupt, "the source sent an empty packet");
  if (bytes.front() == kErrorPacket) return connection_->error_of_packet(bytes);
  if (bytes.front() == kEndOfFile && bytes.size() <= kEndOfFileMaxBytes) {
    return Error(ErrorKind::kRetry, "the source ended the binlog stream");
  }
  if (bytes.front() != kEventFollows) {
    return Error(ErrorKind::kCorrupt, "the source sent a packet that is no binlog event");
  }
  bytes = bytes.subspan(1);
  if (!started_) {
    started_ = true;
    // The first event is an artificial ROTATE, whose timestamp, its first four bytes, is 0.
    semi_sync_ = !bytes.empty() && bytes.front() == kSemiSyncMark;
  }
  if (semi_sync_) bytes = bytes.subspan(std::min(kSemiSyncBytes, bytes.size()));
  return piece;
}

Result<void> check_domains(const MariadbGtidState& replica, std::string_view binlog_state) {
  if (replica.empty()) return {};
  // The state has one GTID for each server id of a domain; only the domains matter here.
  ROWMILL_ASSIGN(const auto source, MariadbGtidState::parse(binlog_state));
  const auto known = [&](const auto& entry) { return source.domains().contains(entry.first); };
  if (std::ranges::any_of(replica.domains(), known)) return {};
  return foreign_source("GTID domain", replica.text());
}

Result<void> check_servers(const MysqlGtidSet& replica, const MysqlGtidSet& source) {
  if (replica.empty()) return {};
  std::set<model::ServerUuid> known;
  for (const auto& [origin, intervals] : source.sources()) known.insert(origin.uuid);
  const auto is_known = [&](const auto& entry) { return known.contains(entry.first.uuid); };
  if (std::ranges::any_of(replica.sources(), is_known)) return {};
  return foreign_source("server UUID", replica.text());
}

}  // namespace rowmill::mysql
