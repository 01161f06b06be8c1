#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Records the .binlog files of this folder: starts the servers, runs each .sql and copies the file that it wrote.
# Every script has a binlog file of its own, from its format description to the ROTATE that ends it. What NAME.select.sql
# answers afterwards goes to NAME.selected. With names as arguments it records those only.

set -euo pipefail

folder=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
readonly folder
readonly servers=$folder/../../../integration-tests/servers
work=$(mktemp -d)
chmod 755 "$work"
trap '"$servers/mysql.sh" stop "$work/mysql"; "$servers/mariadb.sh" stop "$work/mariadb"; rm -rf "$work"' EXIT

# client SERVER [OPTION...]: statements from standard input, stopping at the first that fails.
client() {
  local server=$1
  shift
  "$servers/$server.sh" client "$work/$server" --default-character-set=utf8mb4 "$@"
}

only=" $* "
# wanted NAME: whether it is to be recorded.
wanted() {
  [[ $only == "  " || $only == *" $1 "* ]]
}

# record SERVER NAME [SETUP]: the .binlog of NAME.sql, recorded after the global settings in SETUP.
record() {
  local server=$1 name=$2 setup=${3:-} file
  wanted "$name" || return 0
  client "$server" <<<"${setup:-DO 0}; FLUSH BINARY LOGS"
  file=$(client "$server" <<<'SHOW BINARY LOGS' | tail -n 1 | cut -f 1)
  client "$server" <"$folder/$name.sql" >/dev/null
  [[ ! -f $folder/$name.select.sql ]] || client "$server" --batch --raw --skip-column-names <"$folder/$name.select.sql" >"$folder/$name.selected"
  client "$server" <<<'FLUSH BINARY LOGS; DROP DATABASE IF EXISTS columns_; DROP DATABASE IF EXISTS packed; DROP DATABASE IF EXISTS bare'
  cp "$work/$server/data/$file" "$folder/$name.binlog"
  chmod 644 "$folder/$name.binlog"
}

"$servers/mariadb.sh" start "$work/mariadb"
if wanted mariadb_first; then
  cp "$work/mariadb/data/$(ls "$work/mariadb/data" | grep -m 1 '^binlog\.[0-9]')" "$folder/mariadb_first.binlog"
  chmod 644 "$folder/mariadb_first.binlog"
fi
record mariadb mariadb_types
client mariadb <<<'DROP DATABASE IF EXISTS shop'
record mariadb mariadb_columns
record mariadb mariadb_transactions
record mariadb mariadb_compressed \
  'SET GLOBAL log_bin_compress = ON, log_bin_compress_min_len = 10, binlog_row_metadata = NO_LOG'

"$servers/mysql.sh" start "$work/mysql"
record mysql mysql_types
client mysql <<<'DROP DATABASE IF EXISTS shop'
record mysql mysql_partial_json
record mysql mysql_columns
record mysql mysql_transactions
record mysql mysql_tagged_history
for mode in ON_PERMISSIVE OFF_PERMISSIVE OFF; do
  client mysql <<<"SET GLOBAL enforce_gtid_consistency = OFF" 2>/dev/null || true
  client mysql <<<"SET GLOBAL gtid_mode = $mode"
done
record mysql mysql_bare 'SET GLOBAL binlog_checksum = NONE, binlog_row_metadata = MINIMAL'
