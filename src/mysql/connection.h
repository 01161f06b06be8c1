// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>

#include "base/result.h"
#include "mysql/result_set.h"
#include "mysql/server_version.h"

namespace rowmill::mysql {

/// How much TLS is asked for, with the meanings of MySQL's --ssl-mode.
enum class SslMode : uint8_t {
  kDisabled,
  /// TLS if the server offers it, plain otherwise; the certificate is not looked at.
  kPreferred,
  /// TLS or nothing; the certificate is not looked at.
  kRequired,
  /// As kRequired, and the certificate must be signed by `ssl_ca`.
  kVerifyCa,
  /// As kVerifyCa, and the certificate must be made out to the host.
  kVerifyIdentity,
};

struct ConnectionSettings {
  std::string host;
  uint16_t port = 3306;
  std::string user;
  std::string password;
  SslMode ssl_mode = SslMode::kPreferred;
  /// PEM files; empty is none. The verifying modes need `ssl_ca`; the others ignore it.
  std::string ssl_ca;
  std::string ssl_cert;
  std::string ssl_key;
  /// `connect_timeout` (rounded up to whole seconds) rules each wait for the network until the
  /// login is done, `read_timeout` each one after it.
  std::chrono::milliseconds connect_timeout{30'000};
  std::chrono::milliseconds read_timeout{60'000};
};

/// A session at a source, over TCP. One thread uses it, except for interrupt(). No member may be
/// called after it has been moved from. The session speaks utf8mb4.
///
/// Errors: kConfig when a setting, a grant or an account must be changed, kRetry when the link or
/// the server failed for now, kStopped after a stop request or interrupt(), kFatal for the rest.
/// They carry the server's number and text, never the password.
class Connection {
 public:
  /// Connects and logs in (caching_sha2_password, mysql_native_password, sha256_password or
  /// ed25519). A stop request interrupts this call and, for the connection's whole life, every
  /// later one; only the look-up of the host name runs to its own end.
  static base::Result<Connection> open(const ConnectionSettings& settings, std::stop_token stop);
  Connection(Connection&&) noexcept;
  Connection& operator=(Connection&&) noexcept;
  ~Connection();

  /// Runs one statement and reads its whole answer; a statement without rows gives an empty set.
  base::Result<ResultSet> query(std::string_view sql);
  /// A cell of an answer; nothing for NULL. A view until the next row.
  using Cell = std::optional<std::string_view>;
  /// Runs one statement and shows its answer row by row as it comes, with the cells in the order of
  /// the statement's columns. An error of `visit` ends it and is passed on; the rest of the answer
  /// is read and dropped. `visit` may not use this connection.
  base::Result<void> stream(std::string_view sql,
                            const std::function<base::Result<void>(std::span<const Cell>)>& visit);
  /// Runs one statement; rows that it returns are dropped.
  base::Result<void> execute(std::string_view sql);

  /// As in the handshake.
  [[nodiscard]] const std::string& server_version_text() const;
  [[nodiscard]] ServerVersion server_version() const;
  [[nodiscard]] Flavor flavor() const;
  [[nodiscard]] bool is_mariadb() const { return flavor() == Flavor::kMariadb; }
  [[nodiscard]] bool uses_tls() const;

  /// `text` as a string literal of SQL, quotes included.
  [[nodiscard]] std::string quote(std::string_view text) const;

  /// Ends the running call and all later ones with kStopped. Any thread, any number of times.
  void interrupt();

  // What follows is for streams of packets; after it the session takes no statements.

  /// Sends a command. `awaits_ok`: reads the OK packet that answers it.
  base::Result<void> send_command(uint8_t command, std::span<const std::byte> body, bool awaits_ok);
  /// Waits for bytes of the answer, and puts those that are there into `into`: at least one. The
  /// first call must follow a send_command() that awaited nothing.
  base::Result<size_t> read_some(std::span<std::byte> into);
  /// The Error that an error packet stands for.
  [[nodiscard]] base::Error error_of_packet(std::span<const std::byte> packet) const;
  /// Replaces the settings' read_timeout.
  void set_read_timeout(std::chrono::milliseconds timeout);

 private:
  struct State;
  explicit Connection(std::unique_ptr<State> state);

  std::unique_ptr<State> state_;
};

}  // namespace rowmill::mysql
