// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "base/result.h"
#include "model/gtid.h"
#include "model/position.h"
#include "mysql/connection.h"
#include "mysql/packet_reader.h"

namespace rowmill::mysql {

/// Numbered as in the format description event.
enum class Checksum : uint8_t { kNone = 0, kCrc32 = 1 };

/// What a replica says when it asks for the binlog.
struct DumpRequest {
  /// No other replica of the source, nor the source itself, may use it.
  uint32_t server_id = 0;
  /// Shown by SHOW REPLICAS; cut to 60 bytes.
  std::string reported_host;
  std::string replica_uuid;
  /// A file and an offset, or what we have: everything else will come. The kind of set must be the
  /// server's. An empty set asks for all that the source still has.
  std::variant<model::Position, model::MysqlGtidSet, model::MariadbGtidState> from;
  /// A quiet source sends a heartbeat this often. Above zero (asserted).
  std::chrono::milliseconds heartbeat{10'000};
  /// MariaDB: send the text of each statement too.
  bool annotate = false;
};

/// The binlog of a source, event by event, over a connection that it owns. One thread.
/// Ends with the first error: open another stream then.
class DumpStream {
 public:
  /// Registers as a replica and asks for the binlog. What the source thinks of the position comes
  /// with the first next(). Errors: as Connection's; kUnsupported for a position that the server's
  /// protocol cannot carry; kConfig for GTIDs that mean nothing to this server.
  static base::Result<DumpStream> open(Connection connection, const DumpRequest& request,
                                       std::stop_token stop);

  /// The next event, header to checksum, heartbeats and artificial events included: whole, or for
  /// a long one its first piece of some KiB. Views live until the next call of a member. Blocks
  /// until something comes or `stop` is requested.
  /// Errors: kRetry when the link is lost, also when nothing came for three heartbeats; kConfig
  /// when the source no longer has the position, a grant is missing and the like; kCorrupt.
  base::Result<PacketReader::Piece> next(std::stop_token stop);
  /// The next piece of the event that next() began; an empty one after the last.
  base::Result<PacketReader::Piece> more(std::stop_token stop);
  /// The whole of the event that next() has just begun, in memory.
  base::Result<std::span<const std::byte>> join(const PacketReader::Piece& first,
                                                std::stop_token stop);

  /// What was asked for: it rules the events before the first format description event.
  [[nodiscard]] static Checksum announced_checksum() { return Checksum::kCrc32; }

 private:
  explicit DumpStream(Connection connection);

  template <typename Read>
  auto reading(std::stop_token stop, Read read) -> decltype(read());
  base::Result<PacketReader::Piece> begin_event();

  /// Apart, so that the reader can keep its address.
  std::unique_ptr<Connection> connection_;
  PacketReader packets_;
  bool started_ = false;
  bool semi_sync_ = false;
};

// Both servers answer a position of which they know nothing by sending everything that they have,
// from their first file, without an error. These refuse it with kConfig. An empty position is fine:
// it asks for just that.

/// MariaDB: the source has seen at least one domain of the replica's position. `binlog_state` is
/// its
/// @@gtid_binlog_state.
[[nodiscard]] base::Result<void> check_domains(const model::MariadbGtidState& replica,
                                               std::string_view binlog_state);
/// MySQL: the source has executed something of at least one server of the replica's set.
[[nodiscard]] base::Result<void> check_servers(const model::MysqlGtidSet& replica,
                                               const model::MysqlGtidSet& source);

}  // namespace rowmill::mysql
