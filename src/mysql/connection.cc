// SPDX-License-Identifier: Apache-2.0
#include "mysql/connection.h"

#include <errmsg.h>
#include <mysql.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <algorithm>
#include <cerrno>
#include <functional>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "base/byte_reader.h"
#include "mysql/handles.h"
#include "mysql/server_error.h"
#include "mysql/socket_interrupter.h"
#include "mysql/transport.h"

namespace rowmill::mysql {
namespace {

using base::Error;
using base::ErrorKind;
using base::Result;

/// The largest event is 1 GiB (the server's max_log_event_size) and a little.
constexpr unsigned long kMaxPacketBytes = 0x60000000;

/// Left out: everything that hands the password to whoever asks for it in clear text.
constexpr const char* kAllowedPlugins =
    "mysql_native_password,caching_sha2_password,sha256_password,client_ed25519";

/// What the client library is doing on this thread; its wait callback has no argument for it.
struct RunningCall {
  SocketInterrupter* interrupter = nullptr;
  /// Wins over the library's own time-out when there is one.
  std::optional<std::chrono::milliseconds> timeout;
  bool timed_out = false;
};
thread_local RunningCall running_call;

/// Marks the time that a member function of Connection spends in the library.
class RunningCallScope {
 public:
  explicit RunningCallScope(SocketInterrupter& interrupter,
                            std::optional<std::chrono::milliseconds> timeout = std::nullopt) {
    running_call = {&interrupter, timeout, false};
  }
  RunningCallScope(const RunningCallScope&) = delete;
  RunningCallScope& operator=(const RunningCallScope&) = delete;
  ~RunningCallScope() { running_call = {}; }
};

/// MARIADB_OPT_IO_WAIT: the library calls it whenever it waits for its socket. That shows us the
/// socket while mysql_real_connect() still runs, and which waits ran out. `library_timeout` is in
/// milliseconds, 0 or less is none; the answer 0 means that it is over.
int wait_for_socket(my_socket socket, my_bool is_read, int library_timeout) {
  if (running_call.interrupter != nullptr) running_call.interrupter->adopt(socket);
  int timeout = library_timeout > 0 ? library_timeout : -1;
  if (running_call.timeout) timeout = static_cast<int>(running_call.timeout->count());
  const auto events = static_cast<short>(is_read != 0 ? POLLIN : POLLOUT);
  pollfd wait{.fd = socket, .events = events, .revents = 0};
  int ready = 0;
  do {
    ready = ::poll(&wait, 1, timeout);
  } while (ready < 0 && errno == EINTR);
  if (ready == 0) {
    running_call.timed_out = true;
    errno = ETIMEDOUT;
  }
  return ready;
}

/// Under TLS the library first blocks in recv(), where only the socket's own time-out ends the
/// wait, and calls wait_for_socket() after that: so it soon comes to the place that knows the real
/// limit.
void shorten_blocking_reads(my_socket socket) {
  const timeval soon{.tv_sec = 0, .tv_usec = 50'000};
  ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &soon, sizeof(soon));
}

unsigned int whole_seconds(std::chrono::milliseconds duration) {
  const auto seconds = std::chrono::ceil<std::chrono::seconds>(duration).count();
  return static_cast<unsigned int>(std::clamp<int64_t>(seconds, 1, 1'000'000));
}

bool verifies_certificate(SslMode mode) {
  return mode == SslMode::kVerifyCa || mode == SslMode::kVerifyIdentity;
}

void set_ssl_options(MYSQL* handle, const ConnectionSettings& settings) {
  if (settings.ssl_mode == SslMode::kDisabled) return;
  const my_bool yes = 1;
  const my_bool verify_host = settings.ssl_mode == SslMode::kVerifyIdentity ? 1 : 0;
  const auto file = [](const std::string& name) { return name.empty() ? nullptr : name.c_str(); };
  // With a CA the library checks the certificate's chain, without one it does not.
  const char* ca = verifies_certificate(settings.ssl_mode) ? file(settings.ssl_ca) : nullptr;
  mysql_ssl_set(handle, file(settings.ssl_key), file(settings.ssl_cert), ca, nullptr, nullptr);
  mysql_options(handle, MYSQL_OPT_SSL_ENFORCE, &yes);
  mysql_options(handle, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, &verify_host);
}

void set_options(MYSQL* handle, const ConnectionSettings& settings) {
  const unsigned int connect_timeout = whole_seconds(settings.connect_timeout);
  const unsigned int read_timeout = whole_seconds(settings.read_timeout);
  const unsigned int no = 0;
  const my_bool no_reconnect = 0;
  const unsigned int tcp = MYSQL_PROTOCOL_TCP;
  // Also to "localhost", which would mean a socket file of this machine otherwise.
  mysql_options(handle, MYSQL_OPT_PROTOCOL, &tcp);
  mysql_options(handle, MYSQL_OPT_CONNECT_TIMEOUT, &connect_timeout);
  mysql_options(handle, MYSQL_OPT_READ_TIMEOUT, &read_timeout);
  mysql_options(handle, MYSQL_OPT_WRITE_TIMEOUT, &read_timeout);
  mysql_options(handle, MYSQL_OPT_RECONNECT, &no_reconnect);
  // A server may ask a client that allows it for any file.
  mysql_options(handle, MYSQL_OPT_LOCAL_INFILE, &no);
  mysql_options(handle, MYSQL_OPT_MAX_ALLOWED_PACKET, &kMaxPacketBytes);
  mysql_options(handle, MYSQL_SET_CHARSET_NAME, "utf8mb4");
  mysql_optionsv(handle, MARIADB_OPT_RESTRICTED_AUTH, kAllowedPlugins);
  mysql_optionsv(handle, MYSQL_OPT_CONNECT_ATTR_ADD, "program_name", "rowmill");
  mysql_optionsv(handle, MARIADB_OPT_IO_WAIT, &wait_for_socket);
  set_ssl_options(handle, settings);
}

Result<MysqlHandle> create_handle() {
  static std::once_flag library_started;  // not thread-safe by itself
  std::call_once(library_started, [] { mysql_library_init(0, nullptr, nullptr); });
  MysqlHandle handle(mysql_init(nullptr));
  if (!handle) return Error(ErrorKind::kFatal, "out of memory for a database connection");
  return handle;
}

}  // namespace

struct Connection::State {
  std::string where;
  SocketInterrupter interrupter;
  MysqlHandle handle;
  std::string version_text;
  bool logged_in = false;
  std::chrono::milliseconds read_timeout{};
  /// Last, so that it is gone before what it acts on.
  std::optional<std::stop_callback<std::function<void()>>> on_stop;

  /// The error that the library holds.
  [[nodiscard]] Error error() const {
    if (interrupter.interrupted()) return {ErrorKind::kStopped, where + ": interrupted"};
    if (running_call.timed_out) return {ErrorKind::kRetry, where + ": no answer in time"};
    const unsigned int number = mysql_errno(handle.get());
    const char* text = mysql_error(handle.get());
    // TLS was fine once: now the link is not.
    if (logged_in && number == CR_SSL_CONNECTION_ERROR) {
      return {ErrorKind::kRetry, where + ": " + text};
    }
    return server_error(number, text).with_context(where);
  }
};

Connection::Connection(std::unique_ptr<State> state) : state_(std::move(state)) {}
Connection::Connection(Connection&&) noexcept = default;
Connection& Connection::operator=(Connection&&) noexcept = default;
Connection::~Connection() = default;

Result<Connection> Connection::open(const ConnectionSettings& settings, std::stop_token stop) {
  if (verifies_certificate(settings.ssl_mode) && settings.ssl_ca.empty()) {
    return Error(ErrorKind::kConfig, "no certificate authority to verify the server with")
        .with_remedy("Set database.ssl.ca, or choose database.ssl.mode=required.");
  }
  auto state = std::make_unique<State>();
  state->where = settings.host + ":" + std::to_string(settings.port);
  ROWMILL_ASSIGN(state->handle, create_handle());
  set_options(state->handle.get(), settings);
  state->on_stop.emplace(std::move(stop),
                         [interrupter = &state->interrupter] { interrupter->interrupt(); });

  const RunningCallScope scope(state->interrupter);
  if (state->interrupter.interrupted()) return state->error();
  MYSQL* handle = state->handle.get();
  if (mysql_real_connect(handle, settings.host.c_str(), settings.user.c_str(),
                         settings.password.c_str(), nullptr, settings.port, nullptr,
                         0) == nullptr) {
    return state->error();
  }
  state->logged_in = true;
  state->interrupter.adopt(mysql_get_socket(handle));
  state->read_timeout = settings.read_timeout;
  shorten_blocking_reads(mysql_get_socket(handle));
  if (settings.ssl_mode >= SslMode::kRequired && mysql_get_ssl_cipher(handle) == nullptr) {
    return Error(ErrorKind::kConfig, state->where + ": the server does not offer TLS")
        .with_remedy("Give the server a certificate, or choose another database.ssl.mode.");
  }
  ROWMILL_TRY(check_transport(handle));
  state->version_text = mysql_get_server_info(handle);
  return Connection(std::move(state));
}

Result<ResultSet> Connection::query(std::string_view sql) {
  const RunningCallScope scope(state_->interrupter, state_->read_timeout);
  MYSQL* handle = state_->handle.get();
  if (mysql_real_query(handle, sql.data(), sql.size()) != 0) return state_->error();
  const ResultHandle result(mysql_store_result(handle));
  if (!result) {
    if (mysql_field_count(handle) != 0) return state_->error();
    return ResultSet();
  }
  std::vector<std::string> columns;
  for (unsigned int i = 0; i < mysql_num_fields(result.get()); ++i) {
    const MYSQL_FIELD* field = mysql_fetch_field_direct(result.get(), i);
    columns.emplace_back(field->name, field->name_length);
  }
  std::vector<ResultSet::Row> rows;
  while (const MYSQL_ROW cells = mysql_fetch_row(result.get())) {
    const unsigned long* lengths = mysql_fetch_lengths(result.get());
    auto& row = rows.emplace_back(columns.size());
    for (size_t i = 0; i < row.size(); ++i) {
      if (cells[i] != nullptr) row[i].emplace(cells[i], lengths[i]);
    }
  }
  return ResultSet(std::move(columns), std::move(rows));
}

Result<void> Connection::stream(std::string_view sql,
                                const std::function<Result<void>(std::span<const Cell>)>& visit) {
  MYSQL* handle = state_->handle.get();
  const auto waiting = [&] { return RunningCallScope(state_->interrupter, state_->read_timeout); };
  ResultHandle result;
  {
    const RunningCallScope scope = waiting();
    if (mysql_real_query(handle, sql.data(), sql.size()) != 0) return state_->error();
    result.reset(mysql_use_result(handle));
    if (!result) return state_->error();
  }
  std::vector<Cell> cells(mysql_num_fields(result.get()));
  while (true) {
    {
      const RunningCallScope scope = waiting();
      const MYSQL_ROW row = mysql_fetch_row(result.get());
      if (row == nullptr) {
        if (mysql_errno(handle) != 0) return state_->error();
        return {};
      }
      const unsigned long* lengths = mysql_fetch_lengths(result.get());
      for (size_t i = 0; i < cells.size(); ++i) {
        cells[i] = row[i] == nullptr ? Cell() : Cell(std::string_view(row[i], lengths[i]));
      }
    }
    ROWMILL_TRY(visit(cells));
  }
}

Result<void> Connection::execute(std::string_view sql) {
  ROWMILL_TRY(query(sql));
  return {};
}

const std::string& Connection::server_version_text() const { return state_->version_text; }

ServerVersion Connection::server_version() const {
  return parse_server_version(state_->version_text);
}

Flavor Connection::flavor() const { return parse_flavor(state_->version_text); }

bool Connection::uses_tls() const { return mysql_get_ssl_cipher(state_->handle.get()) != nullptr; }

std::string Connection::quote(std::string_view text) const {
  std::string quoted(text.size() * 2 + 1, '\0');
  quoted.resize(
      mysql_real_escape_string(state_->handle.get(), quoted.data(), text.data(), text.size()));
  return "'" + quoted + "'";
}

void Connection::interrupt() { state_->interrupter.interrupt(); }

Result<void> Connection::send_command(uint8_t command, std::span<const std::byte> body,
                                      bool awaits_ok) {
  const RunningCallScope scope(state_->interrupter, state_->read_timeout);
  MYSQL* handle = state_->handle.get();
  const my_bool skip_answer = awaits_ok ? 0 : 1;
  if (handle->methods->db_command(handle, static_cast<enum_server_command>(command),
                                  reinterpret_cast<const char*>(body.data()), body.size(),
                                  skip_answer, nullptr) != 0) {
    return state_->error();
  }
  return {};
}

Result<size_t> Connection::read_some(std::span<std::byte> into) {
  const RunningCallScope scope(state_->interrupter, state_->read_timeout);
  const ssize_t got = read_transport(*state_->handle->net.pvio, into);
  if (got > 0) return static_cast<size_t>(got);
  if (state_->interrupter.interrupted() || running_call.timed_out) return state_->error();
  return Error(ErrorKind::kRetry, state_->where + ": the server has gone away");
}

/// 0xff, number 2, '#', SQL state 5, text.
Error Connection::error_of_packet(std::span<const std::byte> packet) const {
  constexpr std::string_view kStateMark = "#";
  constexpr size_t kStateBytes = 5;
  base::ByteReader reader(packet);
  reader.skip(1);
  const uint16_t number = reader.u16();
  const auto rest = reader.rest();
  std::string_view text(reinterpret_cast<const char*>(rest.data()), rest.size());
  if (text.starts_with(kStateMark)) {
    text.remove_prefix(std::min(text.size(), kStateMark.size() + kStateBytes));
  }
  return server_error(number, text).with_context(state_->where);
}

void Connection::set_read_timeout(std::chrono::milliseconds timeout) {
  state_->read_timeout = timeout;
}

}  // namespace rowmill::mysql
