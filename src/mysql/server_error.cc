// SPDX-License-Identifier: Apache-2.0
#include "mysql/server_error.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace rowmill::mysql {
namespace {

using base::Error;
using base::ErrorKind;

struct NumberRule {
  uint32_t number;
  ErrorKind kind;
  std::string_view remedy;
};

constexpr std::string_view kCheckLogin = "Check database.user and database.password.";
constexpr std::string_view kCheckPlugin =
    "Create the account of database.user with caching_sha2_password, mysql_native_password or "
    "ed25519.";
constexpr std::string_view kDuplicateReplica =
    "Give each connector a database.server.id of its own: another replica of this source uses "
    "ours.";
constexpr std::string_view kRefillPosition =
    "Choose where to go on: set start.position or use `rowmill offsets set` or `rowmill offsets "
    "reset`; "
    "changes in between are lost to the topics. Raise binlog_expire_logs_seconds at the source so "
    "that its "
    "binlog outlives our pauses.";
constexpr std::string_view kOtherSource =
    "The source does not have what was read before: it was restored or replaced. Connect to the "
    "right server, or choose where to go on with start.position, `rowmill offsets set` or `rowmill "
    "offsets reset`.";

/// MySQL 9.7 and MariaDB 11.8 error references; 2xxx and 5xxx: errmsg.h of Connector/C 3.3.
constexpr auto kNumberRules = std::to_array<NumberRule>({
    // The account.
    {1045, ErrorKind::kConfig, kCheckLogin},  // ER_ACCESS_DENIED_ERROR
    {1698, ErrorKind::kConfig, kCheckLogin},  // ER_ACCESS_DENIED_NO_PASSWORD_ERROR
    {3118, ErrorKind::kConfig,
     "Unlock the account of database.user with ALTER USER ... ACCOUNT UNLOCK."},
    {4151, ErrorKind::kConfig,
     "Unlock the account of database.user with ALTER USER ... ACCOUNT UNLOCK."},
    {3955, ErrorKind::kConfig,
     "Unlock the account of database.user with ALTER USER ... ACCOUNT UNLOCK."},
    {1820, ErrorKind::kConfig, "Give the account of database.user a new password with ALTER USER."},
    {1862, ErrorKind::kConfig, "Give the account of database.user a new password with ALTER USER."},
    {1130, ErrorKind::kConfig,  // ER_HOST_NOT_PRIVILEGED
     "Create the account of database.user for the host that Rowmill runs on."},
    {1129, ErrorKind::kConfig, "Run FLUSH HOSTS at the source."},  // ER_HOST_IS_BLOCKED
    {1049, ErrorKind::kConfig, "Check the name of the database."},
    {1044, ErrorKind::kConfig, "Grant the account of database.user access to the database."},
    {1142, ErrorKind::kConfig, "Grant the account of database.user SELECT on the captured tables."},
    {1143, ErrorKind::kConfig, "Grant the account of database.user SELECT on the captured tables."},
    {1251, ErrorKind::kConfig, kCheckPlugin},                       // ER_NOT_SUPPORTED_AUTH_MODE
    {1524, ErrorKind::kConfig, kCheckPlugin},                       // ER_PLUGIN_IS_NOT_LOADED
    {2059, ErrorKind::kConfig, kCheckPlugin},                       // CR_AUTH_PLUGIN_CANNOT_LOAD
    {2061, ErrorKind::kConfig, kCheckPlugin},                       // CR_AUTH_PLUGIN_ERR
    {5010, ErrorKind::kConfig, kCheckPlugin},                       // CR_PLUGIN_NOT_ALLOWED
    {5012, ErrorKind::kConfig, kCheckPlugin},                       // CR_ERR_LOAD_PLUGIN
    {3159, ErrorKind::kConfig, "Set database.ssl.mode=required."},  // ER_SECURE_TRANSPORT_REQUIRED

    // The link and the server's health.
    {1040, ErrorKind::kRetry, "Raise max_connections at the source if this goes on."},
    {1203, ErrorKind::kRetry, "Raise max_user_connections at the source if this goes on."},
    {1226, ErrorKind::kRetry,
     "Raise the resource limit of database.user's account if this goes on."},
    {1053, ErrorKind::kRetry, ""},  // ER_SERVER_SHUTDOWN
    {1077, ErrorKind::kRetry, ""},  // ER_NORMAL_SHUTDOWN
    {1079, ErrorKind::kRetry, ""},  // ER_SHUTDOWN_COMPLETE
    {1152, ErrorKind::kRetry, ""},  // ER_ABORTING_CONNECTION
    {1158, ErrorKind::kRetry, ""},  // ER_NET_READ_ERROR
    {1159, ErrorKind::kRetry, ""},  // ER_NET_READ_INTERRUPTED
    {1160, ErrorKind::kRetry, ""},  // ER_NET_ERROR_ON_WRITE
    {1161, ErrorKind::kRetry, ""},  // ER_NET_WRITE_INTERRUPTED
    {1184, ErrorKind::kRetry, ""},  // ER_NEW_ABORTING_CONNECTION
    {1205, ErrorKind::kRetry, ""},  // ER_LOCK_WAIT_TIMEOUT
    {1213, ErrorKind::kRetry, ""},  // ER_LOCK_DEADLOCK
    {1317, ErrorKind::kRetry, ""},  // ER_QUERY_INTERRUPTED
    {1927, ErrorKind::kRetry, ""},  // ER_CONNECTION_KILLED
    {3169, ErrorKind::kRetry, ""},  // ER_SESSION_WAS_KILLED
    {4031, ErrorKind::kRetry, ""},  // ER_CLIENT_INTERACTION_TIMEOUT
    {2005, ErrorKind::kRetry, "Check database.hostname if this goes on."},  // CR_UNKNOWN_HOST
    {2002, ErrorKind::kRetry, "Check database.hostname and database.port if this goes on."},
    {2003, ErrorKind::kRetry, "Check database.hostname and database.port if this goes on."},
    {2014, ErrorKind::kFatal, ""},        // CR_COMMANDS_OUT_OF_SYNC
    {2020, ErrorKind::kUnsupported, ""},  // CR_NET_PACKET_TOO_LARGE

    // The dump.
    {4052, ErrorKind::kRetry, kDuplicateReplica},  // MariaDB
    {1945, ErrorKind::kConfig, kOtherSource},      // ER_GTID_POSITION_NOT_FOUND_IN_BINLOG
    {1951, ErrorKind::kConfig, kOtherSource},      // ER_GTID_START_FROM_BINLOG_HOLE
    {1955, ErrorKind::kConfig, kOtherSource},      // ER_GTID_POSITION_NOT_FOUND_IN_BINLOG2
    {1381, ErrorKind::kConfig, "Start the source with log_bin."},  // ER_NO_BINARY_LOGGING
});

struct TextRule {
  std::string_view part;
  ErrorKind kind;
  std::string_view remedy;
};

/// Of 1236, ER_MASTER_FATAL_ERROR_READING_BINLOG (in MySQL: ER_SOURCE_...), which stands for nearly
/// everything that ends a dump. Texts of rpl_binlog_sender.cc (MySQL) and sql_repl.cc (MariaDB).
constexpr auto kDumpRules = std::to_array<TextRule>({
    {"same server_uuid/server_id", ErrorKind::kRetry, kDuplicateReplica},
    {"Could not find first log file name", ErrorKind::kConfig, kRefillPosition},
    {"purged required binary logs", ErrorKind::kConfig, kRefillPosition},
    {"Could not find GTID state", ErrorKind::kConfig, kRefillPosition},
    {"impossible position", ErrorKind::kConfig, kOtherSource},
    {"position > file size", ErrorKind::kConfig, kOtherSource},
    {"position < 4", ErrorKind::kConfig, kOtherSource},
    {"more GTIDs than", ErrorKind::kConfig, kOtherSource},
    {"not in the master's binlog", ErrorKind::kConfig, kOtherSource},
    {"missing the GTID", ErrorKind::kConfig, kOtherSource},
    {"GTID_MODE", ErrorKind::kConfig,
     "Set gtid_mode=ON at the source, or start from a file and a position."},
    {"Binary log is not open", ErrorKind::kConfig, "Start the source with log_bin."},
    {"max_allowed_packet", ErrorKind::kConfig,
     "Run SET GLOBAL max_allowed_packet = 1073741824 at the source."},
    {"truncated in the middle of event", ErrorKind::kCorrupt,
     "The position is no boundary between two events, or the source's file is damaged."},
    {"bogus data", ErrorKind::kCorrupt,
     "The position is no boundary between two events, or the source's file is damaged."},
    {"event read from binlog did not pass", ErrorKind::kCorrupt,
     "The source's binlog file is damaged."},
    {"checksum", ErrorKind::kFatal, ""},
});

/// Of 2026, CR_SSL_CONNECTION_ERROR: signs of a link that broke during the handshake.
constexpr auto kBrokenHandshake = std::to_array<std::string_view>(
    {"Connection reset", "Broken pipe", "timed out", "Timeout", "unexpected eof", "Success"});

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

constexpr uint32_t kMissingPrivilege = 1227;  // ER_SPECIFIC_ACCESS_DENIED_ERROR
constexpr uint32_t kDumpFailed = 1236;
constexpr uint32_t kTlsFailed = 2026;

/// "Access denied; you need (at least one of) the SUPER, REPLICATION CLIENT privilege(s) for this
/// operation".
std::string grant_for(std::string_view text) {
  constexpr std::string_view kBefore = "(at least one of) the ";
  constexpr std::string_view kAfter = " privilege";
  std::string_view privilege;
  if (const auto begin = text.find(kBefore); begin != std::string_view::npos) {
    const auto names = text.substr(begin + kBefore.size());
    privilege = names.substr(0, names.find(kAfter));
    // Of alternatives the last is the narrowest.
    if (const auto comma = privilege.rfind(", "); comma != std::string_view::npos) {
      privilege.remove_prefix(comma + 2);
    }
  }
  const bool replicates = privilege.empty() || privilege == "REPLICATION SLAVE" ||
                          privilege == "REPLICATION CLIENT" || privilege == "BINLOG MONITOR";
  return replicates
             ? std::string(kGrantReplication)
             : "Run GRANT " + std::string(privilege) + " ON *.* TO the account of database.user.";
}

Error dump_error(std::string message, std::string_view text) {
  for (const auto& rule : kDumpRules) {
    if (contains(text, rule.part)) {
      return Error(rule.kind, std::move(message)).with_remedy(std::string(rule.remedy));
    }
  }
  return {ErrorKind::kRetry, std::move(message)};
}

Error tls_error(std::string message, std::string_view text) {
  const auto broken = [&](std::string_view sign) { return contains(text, sign); };
  if (std::ranges::any_of(kBrokenHandshake, broken)) return {ErrorKind::kRetry, std::move(message)};
  return Error(ErrorKind::kConfig, std::move(message))
      .with_remedy("Check database.ssl.mode, database.ssl.ca and the server's certificate.");
}

bool is_client_number(uint32_t number) {
  return (number >= 2000 && number < 3000) || (number >= 5000 && number < 6000);
}

}  // namespace

Error server_error(uint32_t number, std::string_view text) {
  auto message = std::string(text) + " (error " + std::to_string(number) + ")";
  if (number == kMissingPrivilege) {
    return Error(ErrorKind::kConfig, std::move(message)).with_remedy(grant_for(text));
  }
  if (number == kDumpFailed) return dump_error(std::move(message), text);
  if (number == kTlsFailed) return tls_error(std::move(message), text);
  const auto* rule = std::ranges::find(kNumberRules, number, &NumberRule::number);
  if (rule != kNumberRules.end()) {
    return Error(rule->kind, std::move(message)).with_remedy(std::string(rule->remedy));
  }
  // What the library reports is a link that failed, save for the cases above.
  return {is_client_number(number) ? ErrorKind::kRetry : ErrorKind::kFatal, std::move(message)};
}

}  // namespace rowmill::mysql
