// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <span>

#include "base/result.h"

// Of <mysql.h>, so that no other folder sees them.
struct st_mysql;
struct st_ma_pvio;

namespace rowmill::mysql {

// The client library hands packets out whole, and a compressed transaction is one packet of up to
// 1 GiB. These read the bytes below its packets, where it reads them itself (ma_pvio_read() in
// libmariadb/ma_pvio.c): through its own table of functions, or through OpenSSL on its session.

/// Whether read_transport() can read `connected`. Errors: kUnsupported under TLS of a library that
/// is not our OpenSSL.
[[nodiscard]] base::Result<void> check_transport(st_mysql* connected);

/// Puts what the server has sent into `into`; waits for at least one byte. 0 or less when the link
/// has ended or the wait was too long.
ssize_t read_transport(st_ma_pvio& transport, std::span<std::byte> into);

}  // namespace rowmill::mysql
