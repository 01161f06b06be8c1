// SPDX-License-Identifier: Apache-2.0
#include "mysql/server_facts.h"

#include <charconv>
#include <string_view>
#include <utility>

namespace rowmill::mysql {
namespace {

using base::Error;
using base::ErrorKind;
using base::Result;

constexpr std::string_view kVariables =
    "SHOW GLOBAL VARIABLES WHERE Variable_name IN ('server_id', 'server_uuid', 'log_bin', "
    "'binlog_format', "
    "'binlog_row_image', 'binlog_row_value_options', 'binlog_checksum', "
    "'gtid_mode', "
    "'binlog_expire_logs_seconds', 'binlog_expire_logs_auto_purge', 'expire_logs_days', "
    "'explicit_defaults_for_timestamp', 'lower_case_table_names')";

/// MySQL 8.2 brought the new statement, 8.4 dropped the old one. MariaDB keeps the old one.
constexpr ServerVersion kBinaryLogStatusSince{8, 2, 0};
/// Since then MariaDB's COLLATIONS has one row for several collations and NULL for their ids.
constexpr ServerVersion kSharedCollationsSince{10, 10, 0};
/// Since then a session chooses which collation of a charset is its default.
constexpr ServerVersion kSettableDefaultsSince{11, 2, 0};

Result<uint64_t> parse_number(std::string_view what, std::string_view text) {
  uint64_t number = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
  if (parsed.ec != std::errc{} || parsed.ptr != text.data() + text.size()) {
    return Error(ErrorKind::kFatal, "the server's " + std::string(what) + " is no number: '" +
                                        std::string(text) + "'");
  }
  return number;
}

bool is_on(std::string_view value) { return equals_ignoring_case(value, "ON") || value == "1"; }

/// A view over the answer to SHOW GLOBAL VARIABLES, which must outlive it.
class VariablesView {
 public:
  explicit VariablesView(const ResultSet& answer) : answer_(answer) {}

  /// Empty when the server does not have it.
  [[nodiscard]] std::string_view get(std::string_view name) const {
    for (size_t row = 0; row < answer_.rows().size(); ++row) {
      if (equals_ignoring_case(answer_.get(row, "Variable_name").value_or(""), name)) {
        return answer_.get(row, "Value").value_or("");
      }
    }
    return {};
  }
  /// 0 when the server does not have it.
  [[nodiscard]] Result<uint64_t> number(std::string_view name) const {
    const auto text = get(name);
    return text.empty() ? Result<uint64_t>(uint64_t{0}) : parse_number(name, text);
  }

 private:
  const ResultSet& answer_;
};

/// binlog_expire_logs_seconds (MySQL 8.0, MariaDB 10.6) wins over the older expire_logs_days; 0 is
/// never, for both. MariaDB prints days with a fraction, but has the seconds then.
Result<std::optional<std::chrono::seconds>> expiry(const VariablesView& variables) {
  using Expiry = std::optional<std::chrono::seconds>;
  if (equals_ignoring_case(variables.get("binlog_expire_logs_auto_purge"), "OFF")) return Expiry();
  ROWMILL_ASSIGN(const uint64_t seconds, variables.number("binlog_expire_logs_seconds"));
  if (seconds != 0) return Expiry(std::chrono::seconds(seconds));
  const auto days_text = variables.get("expire_logs_days");
  if (days_text.empty()) return Expiry();
  ROWMILL_ASSIGN(const uint64_t days,
                 parse_number("expire_logs_days", days_text.substr(0, days_text.find('.'))));
  return days == 0 ? Expiry() : Expiry(std::chrono::hours(24 * days));
}

Result<std::vector<BinlogFile>> read_files(Connection& connection) {
  ROWMILL_ASSIGN(const auto answer, connection.query("SHOW BINARY LOGS"));
  std::vector<BinlogFile> files;
  for (size_t row = 0; row < answer.rows().size(); ++row) {
    ROWMILL_ASSIGN(const uint64_t size,
                   parse_number("File_size", answer.get(row, "File_size").value_or("")));
    files.push_back({std::string(answer.get(row, "Log_name").value_or("")), size});
  }
  return files;
}

/// Statements of their own would give a later state than that of the position.
Result<model::GtidSet> read_mariadb_state(Connection& connection, const model::Position& at) {
  ROWMILL_ASSIGN(const auto answer,
                 connection.query("SELECT BINLOG_GTID_POS(" + connection.quote(at.file) + ", " +
                                  std::to_string(at.offset) + ") AS state"));
  const auto text = answer.get(0, "state");
  if (!text) {
    return Error(ErrorKind::kRetry, "the server has no GTID position for " + model::to_string(at));
  }
  ROWMILL_ASSIGN(auto state, model::MariadbGtidState::parse(*text));
  return model::GtidSet(std::move(state));
}

Result<model::MysqlGtidSet> read_purged(Connection& connection) {
  ROWMILL_ASSIGN(const auto answer, connection.query("SELECT @@GLOBAL.gtid_purged AS purged"));
  return model::MysqlGtidSet::parse(answer.get(0, "purged").value_or(""));
}

Result<void> read_binlog_state(Connection& connection, ServerFacts& facts) {
  ROWMILL_ASSIGN(auto end, read_binlog_end(connection));
  facts.position = std::move(end.position);
  facts.executed = std::move(end.executed);
  ROWMILL_ASSIGN(facts.files, read_files(connection));
  if (facts.flavor == Flavor::kMariadb) return {};
  ROWMILL_ASSIGN(facts.purged, read_purged(connection));
  return {};
}

}  // namespace

Result<BinlogEnd> read_binlog_end(Connection& connection) {
  const bool renamed =
      !connection.is_mariadb() && connection.server_version() >= kBinaryLogStatusSince;
  ROWMILL_ASSIGN(const auto status,
                 connection.query(renamed ? "SHOW BINARY LOG STATUS" : "SHOW MASTER STATUS"));
  if (status.empty()) {
    return Error(ErrorKind::kRetry, "the server does not say where its binlog ends");
  }
  BinlogEnd end;
  end.position.file = status.get(0, "File").value_or("");
  ROWMILL_ASSIGN(end.position.offset,
                 parse_number("Position", status.get(0, "Position").value_or("")));
  if (connection.is_mariadb()) {
    ROWMILL_ASSIGN(end.executed, read_mariadb_state(connection, end.position));
  } else {
    ROWMILL_ASSIGN(end.executed,
                   model::MysqlGtidSet::parse(status.get(0, "Executed_Gtid_Set").value_or("")));
  }
  return end;
}

Result<ServerVariables> parse_variables(Flavor flavor, const ResultSet& answer) {
  const VariablesView variables(answer);
  ServerVariables parsed;
  ROWMILL_ASSIGN(const uint64_t server_id, variables.number("server_id"));
  parsed.server_id = static_cast<uint32_t>(server_id);
  parsed.server_uuid = variables.get("server_uuid");
  parsed.log_bin = is_on(variables.get("log_bin"));
  parsed.binlog_format = variables.get("binlog_format");
  parsed.binlog_row_image = variables.get("binlog_row_image");
  parsed.binlog_row_value_options = variables.get("binlog_row_value_options");
  parsed.binlog_checksum = variables.get("binlog_checksum");
  parsed.gtids = flavor == Flavor::kMariadb || is_on(variables.get("gtid_mode"));
  ROWMILL_ASSIGN(parsed.binlog_expires, expiry(variables));
  parsed.explicit_defaults_for_timestamp = is_on(variables.get("explicit_defaults_for_timestamp"));
  ROWMILL_ASSIGN(const uint64_t lower_case, variables.number("lower_case_table_names"));
  parsed.lower_case_table_names = static_cast<uint32_t>(lower_case);
  return parsed;
}

Result<ServerFacts> read_server_facts(Connection& connection) {
  ServerFacts facts;
  facts.flavor = connection.flavor();
  facts.version = connection.server_version();
  ROWMILL_ASSIGN(const auto answer, connection.query(kVariables));
  ROWMILL_ASSIGN(facts.variables, parse_variables(facts.flavor, answer));
  if (facts.flavor == Flavor::kMariadb) facts.executed = model::MariadbGtidState();
  if (facts.variables.log_bin) ROWMILL_TRY(read_binlog_state(connection, facts));
  return facts;
}

Result<model::CollationTable> read_collations(Connection& connection) {
  const bool shared =
      connection.is_mariadb() && connection.server_version() >= kSharedCollationsSince;
  if (connection.is_mariadb() && connection.server_version() >= kSettableDefaultsSince) {
    ROWMILL_TRY(connection.execute("SET SESSION character_set_collations = ''"));
  }
  const std::string table = shared ? "COLLATION_CHARACTER_SET_APPLICABILITY" : "COLLATIONS";
  ROWMILL_ASSIGN(
      const auto answer,
      connection.query("SELECT o.ID AS id, o." +
                       std::string(shared ? "FULL_COLLATION_NAME" : "COLLATION_NAME") +
                       " AS name, o.CHARACTER_SET_NAME AS charset, o.IS_DEFAULT AS is_default, "
                       "s.MAXLEN AS longest FROM information_schema." +
                       table +
                       " o JOIN information_schema.CHARACTER_SETS s ON s.CHARACTER_SET_NAME = "
                       "o.CHARACTER_SET_NAME"));
  return parse_collations(answer);
}

Result<model::CollationTable> parse_collations(const ResultSet& answer) {
  model::CollationTable collations;
  for (size_t row = 0; row < answer.rows().size(); ++row) {
    const auto id_text = answer.get(row, "id");
    const auto charset = answer.get(row, "charset");
    if (!id_text || !charset) continue;
    ROWMILL_ASSIGN(const uint64_t id, parse_number("collation id", *id_text));
    ROWMILL_ASSIGN(const uint64_t longest,
                   parse_number("MAXLEN", answer.get(row, "longest").value_or("")));
    collations.emplace(
        static_cast<uint32_t>(id),
        model::Collation{.name = std::string(answer.get(row, "name").value_or("")),
                         .charset = std::string(*charset),
                         .is_default = answer.get(row, "is_default").value_or("") == "Yes",
                         .longest = static_cast<uint32_t>(longest)});
  }
  return collations;
}

}  // namespace rowmill::mysql
