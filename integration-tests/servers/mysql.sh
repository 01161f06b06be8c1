#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# MySQL 9.7, of Debian's unstable suite: Debian 12 has no MySQL server. See README.md.

# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=supervisor.sh
. "$servers_folder/supervisor.sh"
# shellcheck source=unpack.sh
. "$servers_folder/unpack.sh"

stop_seconds=30
account=("${database_account[@]}")

fill_cache() {
  unpack_suite sid "$1" mysql-server-core mysql-client-core
}

install_server() {
  once mysql fill_cache
  create_database_account
}

# mysql_program PATH: the array `program`, followed by what every program of the unpacked tree has to be told.
mysql_program() {
  local root
  root=$(cached mysql)
  unpacked_program "$root" "$1"
  program+=(--no-defaults "--character-sets-dir=$root/usr/share/mysql/charsets")
}

mysqld_program() {
  local root
  root=$(cached mysql)
  mysql_program usr/sbin/mysqld
  program+=("--lc-messages-dir=$root/usr/share/mysql" "--plugin-dir=$root/usr/lib/mysql/plugin"
    --performance-schema=OFF --innodb-buffer-pool-size=64M --innodb-redo-log-capacity=64M
    --innodb-use-native-aio=OFF --mysqlx=OFF "--tmpdir=$dir/tmp")
  as_database_account "${program[@]}" --version >/dev/null ||
    die "the user mysql cannot run $root/usr/sbin/mysqld; with ROWMILL_CACHE choose a folder that it can enter"
}

prepare_server() {
  # The lock beside a socket names a process; a dead one that nobody has reaped would count as running.
  rm -f "$dir"/run/*
  if [[ -d $dir/data ]]; then return; fi
  make_database_folders
  mysqld_program
  as_database_account "${program[@]}" --initialize-insecure "--datadir=$dir/data.new" \
    "--init-file=$servers_folder/mysql-users.sql" >>"$log" 2>&1 || fail_with_log "--initialize failed"
  mv "$dir/data.new" "$dir/data"
}

compose_command() {
  mysqld_program
  command=("${program[@]}" "--datadir=$dir/data" --bind-address=127.0.0.1 "--port=$port"
    "--socket=$(database_socket)" "--pid-file=$dir/run/server.pid" --skip-name-resolve --secure-file-priv=
    --server-id=1 --log-bin=binlog --binlog-format=ROW --binlog-row-image=FULL --binlog-row-metadata=FULL
    --gtid-mode=ON --enforce-gtid-consistency=ON --sync-binlog=1 --innodb-flush-log-at-trx-commit=1
    --max-binlog-size=100M "${options[@]}")
}

server_is_ready() {
  logged_since_start 'mysqld: ready for connections'
}

describe_server() {
  describe_database
  echo "TLS_CA=$dir/data/ca.pem"
}

# run_tool NAME [ARGS]: mysql, mysqldump, mysqlbinlog and so on as they were unpacked.
run_tool() {
  mysql_program "usr/bin/$1"
  shift
  exec "${program[@]}" "$@"
}

case ${1:-} in
  client) run_tool mysql --host=127.0.0.1 "--port=$(cat "$2/port")" --user=root "${@:3}" ;;
  tool) run_tool "${@:2}" ;;
  *) main "$@" ;;
esac
