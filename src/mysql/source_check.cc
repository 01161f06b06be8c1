// SPDX-License-Identifier: Apache-2.0
#include "mysql/source_check.h"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <optional>
#include <string>
#include <utility>

#include "mysql/dump_commands.h"

namespace rowmill::mysql {
namespace {

using base::Error;
using base::ErrorKind;
using base::Result;

constexpr ServerVersion kPersistSince{8, 0, 0};
constexpr ServerVersion kShowReplicasSince{8, 0, 22};
constexpr std::chrono::hours kShortExpiry{24};

SourceProblem problem(std::string message, std::string remedy) {
  return {Error(ErrorKind::kConfig, std::move(message)).with_remedy(std::move(remedy))};
}

/// How `assignment` is made for good; sessions that are open keep the old value.
std::string set_statement(const ServerFacts& facts, const std::string& assignment) {
  if (facts.flavor == Flavor::kMysql && facts.version >= kPersistSince) {
    return "Run SET PERSIST " + assignment + " at the source and let its clients reconnect.";
  }
  return "Run SET GLOBAL " + assignment +
         " at the source, let its clients reconnect, and put it in the server's configuration "
         "file.";
}

void require_value(const ServerFacts& facts, std::string_view name, std::string_view actual,
                   std::string_view wanted, std::vector<SourceProblem>& problems) {
  if (equals_ignoring_case(actual, wanted)) return;
  problems.push_back(
      problem(std::string(name) + " is " + std::string(actual) + " at the source, not " +
                  std::string(wanted),
              set_statement(facts, std::string(name) + " = '" + std::string(wanted) + "'")));
}

/// Rows without some of their columns can be delivered, only not whole.
void check_row_image(const ServerFacts& facts, std::vector<SourceProblem>& problems) {
  const std::string& image = facts.variables.binlog_row_image;
  if (equals_ignoring_case(image, "FULL") || equals_ignoring_case(image, "FULL_NODUP")) return;
  const bool partial_json = !facts.variables.binlog_row_value_options.empty();
  auto found = problem("binlog_row_image is " + image +
                           " at the source: records will lack the fields that are not in its log" +
                           (partial_json ? ", and of JSON documents all but what changed" : ""),
                       set_statement(facts, "binlog_row_image = 'FULL'"));
  found.warning = true;
  problems.push_back(std::move(found));
}

void check_expiry(const ServerFacts& facts, std::vector<SourceProblem>& problems) {
  const auto expires = facts.variables.binlog_expires;
  if (!expires || *expires >= kShortExpiry) return;
  auto found = problem("the source deletes its binlog after " + std::to_string(expires->count()) +
                           " s: a longer pause of ours would lose changes",
                       set_statement(facts, "binlog_expire_logs_seconds = 604800"));
  found.warning = true;
  problems.push_back(std::move(found));
}

/// "rowmill@%" as GRANT wants it: the host begins behind the last @.
std::string quote_account(std::string_view account) {
  const auto at = account.rfind('@');
  if (at == std::string_view::npos) return "'" + std::string(account) + "'";
  return "'" + std::string(account.substr(0, at)) + "'@'" + std::string(account.substr(at + 1)) +
         "'";
}

void append(std::vector<SourceProblem>& to, std::vector<SourceProblem> more) {
  std::ranges::move(more, std::back_inserter(to));
}

/// Nothing when our account may not see it (MariaDB asks for REPLICATION MASTER ADMIN): the source
/// itself then tells of a duplicate, once we dump.
Result<std::optional<ResultSet>> read_replicas(const ServerFacts& facts, Connection& connection) {
  const bool renamed = facts.flavor == Flavor::kMysql && facts.version >= kShowReplicasSince;
  auto answer = connection.query(renamed ? "SHOW REPLICAS" : "SHOW SLAVE HOSTS");
  if (answer.ok()) return std::optional<ResultSet>(std::move(answer).value());
  if (answer.error().kind() == ErrorKind::kConfig) return std::optional<ResultSet>();
  return std::move(answer).error();
}

}  // namespace

std::vector<SourceProblem> check_variables(const ServerFacts& facts, uint32_t our_server_id) {
  const ServerVariables& variables = facts.variables;
  std::vector<SourceProblem> problems;
  if (!variables.log_bin) {
    problems.push_back(
        problem("the source writes no binlog",
                "Put log_bin and server_id in the server's configuration file and restart it."));
  }
  require_value(facts, "binlog_format", variables.binlog_format, "ROW", problems);
  check_row_image(facts, problems);
  if (variables.server_id == our_server_id) {
    problems.push_back(problem(
        "database.server.id is " + std::to_string(our_server_id) + ", the id of the source itself",
        "Give database.server.id a value that no server around the source has."));
  }
  check_expiry(facts, problems);
  return problems;
}

std::vector<SourceProblem> check_privileges(const Privileges& privileges, Flavor flavor,
                                            std::string_view account) {
  std::string missing;
  if (!privileges.has("REPLICATION SLAVE")) missing = "REPLICATION SLAVE";
  // MariaDB 10.5 calls the same privilege by another name, and takes the old one in GRANT.
  const bool sees_binlog = privileges.has("REPLICATION CLIENT") || privileges.has("SUPER") ||
                           (flavor == Flavor::kMariadb && privileges.has("BINLOG MONITOR"));
  if (!sees_binlog) missing += missing.empty() ? "REPLICATION CLIENT" : ", REPLICATION CLIENT";
  std::vector<SourceProblem> problems;
  if (!missing.empty()) {
    problems.push_back(problem(
        "the account " + quote_account(account) + " lacks " + missing,
        "Run GRANT " + missing + " ON *.* TO " + quote_account(account) + " at the source."));
  }
  return problems;
}

std::vector<SourceProblem> check_replicas(const ResultSet& replicas, uint32_t our_server_id,
                                          std::string_view our_reported_host) {
  std::vector<SourceProblem> problems;
  const std::string our_id = std::to_string(our_server_id);
  for (size_t row = 0; row < replicas.rows().size(); ++row) {
    const auto host = replicas.get(row, "Host").value_or("");
    if (replicas.get(row, "Server_Id") != our_id || host == reported_host(our_reported_host))
      continue;
    // Not kConfig: the other one may be about to end.
    problems.push_back(
        {Error(ErrorKind::kRetry, "another replica of the source, '" + std::string(host) +
                                      "', has our server id " + our_id)
             .with_remedy("Give each connector a database.server.id of its own.")});
  }
  return problems;
}

Result<std::vector<SourceProblem>> check_source(const ServerFacts& facts, Connection& connection,
                                                uint32_t our_server_id,
                                                std::string_view our_reported_host) {
  auto problems = check_variables(facts, our_server_id);
  ROWMILL_ASSIGN(const auto privileges, read_privileges(connection));
  ROWMILL_ASSIGN(const auto account, connection.query("SELECT CURRENT_USER() AS account"));
  append(problems,
         check_privileges(privileges, facts.flavor, account.get(0, "account").value_or("")));
  ROWMILL_ASSIGN(const auto replicas, read_replicas(facts, connection));
  if (replicas) append(problems, check_replicas(*replicas, our_server_id, our_reported_host));
  return problems;
}

}  // namespace rowmill::mysql
