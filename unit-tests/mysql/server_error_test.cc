// SPDX-License-Identifier: Apache-2.0
#include "mysql/server_error.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace rowmill::mysql {
namespace {

using base::ErrorKind;
using testing::HasSubstr;

struct ErrorCase {
  const char* name;
  uint32_t number;
  const char* text;
  ErrorKind kind;
  const char* remedy;
};

void PrintTo(const ErrorCase& value, std::ostream* out) { *out << value.name; }

class ServerErrors : public testing::TestWithParam<ErrorCase> {};

TEST_P(ServerErrors, GetTheKindAndARemedyThatNamesWhatToDo) {
  const auto error = server_error(GetParam().number, GetParam().text);
  EXPECT_EQ(error.kind(), GetParam().kind) << error.text();
  EXPECT_THAT(error.remedy(), HasSubstr(GetParam().remedy));
  EXPECT_THAT(error.message(), HasSubstr(GetParam().text));
  EXPECT_THAT(error.message(), HasSubstr(std::to_string(GetParam().number)));
}

std::string case_name(const testing::TestParamInfo<ErrorCase>& info) { return info.param.name; }

INSTANTIATE_TEST_SUITE_P(
    Connecting, ServerErrors,
    testing::Values(
        ErrorCase{"WrongPassword", 1045,
                  "Access denied for user 'rowmill'@'127.0.0.1' (using password: YES)",
                  ErrorKind::kConfig, "database.password"},
        ErrorCase{"HostNotAllowed", 1130, "Host 'h' is not allowed to connect", ErrorKind::kConfig,
                  "host that Rowmill runs on"},
        ErrorCase{"UnknownDatabase", 1049, "Unknown database 'x'", ErrorKind::kConfig, "database"},
        ErrorCase{"TlsRequired", 3159, "Connections using insecure transport are prohibited",
                  ErrorKind::kConfig, "database.ssl.mode"},
        ErrorCase{"Certificate", 2026,
                  "TLS/SSL error: self-signed certificate in certificate chain", ErrorKind::kConfig,
                  "database.ssl.ca"},
        ErrorCase{"BrokenTlsHandshake", 2026, "TLS/SSL error: Connection reset by peer (104)",
                  ErrorKind::kRetry, ""},
        ErrorCase{"PluginRefused", 5010,
                  "Authentication plugin 'mysql_clear_password' couldn't be found",
                  ErrorKind::kConfig, "caching_sha2_password"},
        ErrorCase{"Refused", 2002, "Can't connect to server on 'db' (115)", ErrorKind::kRetry,
                  "database.hostname"},
        ErrorCase{"UnknownHost", 2005, "Unknown server host 'db' (-2)", ErrorKind::kRetry,
                  "database.hostname"},
        ErrorCase{"GoneAway", 2006, "Server has gone away", ErrorKind::kRetry, ""},
        ErrorCase{"Lost", 2013, "Lost connection to server during query", ErrorKind::kRetry, ""},
        ErrorCase{"Shutdown", 1053, "Server shutdown in progress", ErrorKind::kRetry, ""},
        ErrorCase{"TooManyConnections", 1040, "Too many connections", ErrorKind::kRetry,
                  "max_connections"},
        ErrorCase{"OurOwnSyntax", 1064, "You have an error in your SQL syntax", ErrorKind::kFatal,
                  ""}),
    case_name);

INSTANTIATE_TEST_SUITE_P(
    Privileges, ServerErrors,
    testing::Values(
        ErrorCase{"OneOfTwo", 1227,
                  "Access denied; you need (at least one of) the SUPER, REPLICATION CLIENT "
                  "privilege(s) for this "
                  "operation",
                  ErrorKind::kConfig, "GRANT REPLICATION SLAVE, REPLICATION CLIENT ON *.*"},
        ErrorCase{"MariadbName", 1227,
                  "Access denied; you need (at least one of) the SUPER, BINLOG MONITOR "
                  "privilege(s) for this "
                  "operation",
                  ErrorKind::kConfig, "GRANT REPLICATION SLAVE, REPLICATION CLIENT ON *.*"},
        ErrorCase{
            "Another", 1227,
            "Access denied; you need (at least one of) the PROCESS privilege(s) for this operation",
            ErrorKind::kConfig, "GRANT PROCESS ON *.*"},
        ErrorCase{"Table", 1142, "SELECT command denied to user", ErrorKind::kConfig, "SELECT"}),
    case_name);

INSTANTIATE_TEST_SUITE_P(
    Dump, ServerErrors,
    testing::Values(
        ErrorCase{"FileGone", 1236, "Could not find first log file name in binary log index file",
                  ErrorKind::kConfig, "rowmill offsets"},
        ErrorCase{"GtidsPurgedMysql", 1236,
                  "Cannot replicate because the source purged required binary logs. Replicate the "
                  "missing",
                  ErrorKind::kConfig, "binlog_expire_logs_seconds"},
        ErrorCase{"GtidsPurgedMariadb", 1236,
                  "Could not find GTID state requested by slave in any binlog files.",
                  ErrorKind::kConfig, "binlog_expire_logs_seconds"},
        ErrorCase{"BeyondEndMysql", 1236,
                  "Client requested source to start replication from position > file size",
                  ErrorKind::kConfig, "start.position"},
        ErrorCase{"BeyondEndMariadb", 1236,
                  "Client requested master to start replication from impossible position",
                  ErrorKind::kConfig, "start.position"},
        ErrorCase{"AheadMysql", 1236, "Replica has more GTIDs than the source has",
                  ErrorKind::kConfig, "restored or replaced"},
        ErrorCase{
            "AheadMariadb", 1236,
            "Error: connecting slave requested to start from GTID 0-1-5000, which is not in the "
            "master's binlog",
            ErrorKind::kConfig, "restored or replaced"},
        ErrorCase{"HoleMariadb", 1951, "The binlog on the master is missing the GTID 0-1-5",
                  ErrorKind::kConfig, "restored or replaced"},
        ErrorCase{
            "GtidModeOff", 1236,
            "The replication sender thread cannot start in AUTO_POSITION mode: this server has "
            "GTID_MODE = OFF instead of ON.",
            ErrorKind::kConfig, "gtid_mode=ON"},
        ErrorCase{"NoBinlog", 1236, "Binary log is not open", ErrorKind::kConfig, "log_bin"},
        ErrorCase{"DuplicateIdMysql", 1236,
                  "A replica with the same server_uuid/server_id as this replica has connected to "
                  "the source",
                  ErrorKind::kRetry, "database.server.id"},
        ErrorCase{"DuplicateIdMariadb", 4052,
                  "A slave with the same server_uuid/server_id is already connected",
                  ErrorKind::kRetry, "database.server.id"},
        ErrorCase{"InsideEventMysql", 1236,
                  "binlog truncated in the middle of event; consider out of disk space on source",
                  ErrorKind::kCorrupt, "boundary"},
        ErrorCase{"InsideEventMariadb", 1236, "bogus data in log event; the first event",
                  ErrorKind::kCorrupt, "boundary"},
        ErrorCase{
            "PacketLimit", 1236,
            "log event entry exceeded max_allowed_packet; Increase max_allowed_packet on master",
            ErrorKind::kConfig, "max_allowed_packet"},
        ErrorCase{"Unknown", 1236, "something new", ErrorKind::kRetry, ""}),
    case_name);

}  // namespace
}  // namespace rowmill::mysql
