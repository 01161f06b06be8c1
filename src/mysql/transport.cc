// SPDX-License-Identifier: Apache-2.0
#include "mysql/transport.h"

// The headers lean on each other in this order, and lay out the TLS part only if told that there is
// one.
// clang-format off
#define HAVE_TLS 1
#include <mysql.h>
using uchar = unsigned char;
#include <ma_pvio.h>
// clang-format on
#include <openssl/ssl.h>

#include <algorithm>
#include <cstring>
#include <limits>
#include <string>
#include <string_view>

namespace rowmill::mysql {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

/// What the library has read ahead while packets still went through it.
size_t take_read_ahead(MARIADB_PVIO& transport, std::span<std::byte> into) {
  if (transport.cache == nullptr) return 0;
  const uchar* const end = transport.cache + transport.cache_size;
  if (transport.cache_pos >= end) return 0;
  const size_t count = std::min(into.size(), static_cast<size_t>(end - transport.cache_pos));
  std::memcpy(into.data(), transport.cache_pos, count);
  transport.cache_pos += count;
  return count;
}

ssize_t read_tls(MARIADB_PVIO& transport, std::span<std::byte> into) {
  auto* const session = static_cast<SSL*>(transport.ctls->ssl);
  const int room = static_cast<int>(
      std::min<size_t>(into.size(), static_cast<size_t>(std::numeric_limits<int>::max())));
  while (true) {
    const int got = SSL_read(session, into.data(), room);
    if (got > 0 || SSL_get_error(session, got) != SSL_ERROR_WANT_READ) return got;
    if (transport.methods->wait_io_or_timeout(&transport, 1, transport.timeout[PVIO_READ_TIMEOUT]) <
        1) {
      return -1;
    }
  }
}

}  // namespace

Result<void> check_transport(st_mysql* connected) {
  if (mysql_get_ssl_cipher(connected) == nullptr) return {};
  const char* library = nullptr;
  mariadb_get_infov(connected, MARIADB_TLS_LIBRARY, &library);
  const std::string ours = "OpenSSL " + std::to_string(OPENSSL_VERSION_MAJOR) + ".";
  if (library != nullptr && std::string_view(library).starts_with(ours)) return {};
  return Error(ErrorKind::kUnsupported,
               "TLS of MariaDB Connector/C built with " +
                   std::string(library == nullptr ? "an unknown library" : library))
      .with_remedy("Use a Connector/C built with " + ours +
                   "x, as Debian's is, or database.ssl.mode=disabled.");
}

ssize_t read_transport(st_ma_pvio& transport, std::span<std::byte> into) {
  if (const size_t ready = take_read_ahead(transport, into); ready > 0) {
    return static_cast<ssize_t>(ready);
  }
  if (transport.ctls != nullptr) return read_tls(transport, into);
  return transport.methods->read(&transport, reinterpret_cast<uchar*>(into.data()), into.size());
}

}  // namespace rowmill::mysql
