# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
#
# What the MariaDB servers have in common. Sourced, after lib.sh and supervisor.sh, by a script that defines
#   mariadbd_program   fill the array `program` with what runs its mariadbd, --no-defaults first
#   fill_data_folder   create the system tables in $dir/data.new, with the users of mariadb-users.sql
# and install_server. The client is the system's: it speaks to every version.

stop_seconds=30
# shellcheck disable=SC2154 # lib.sh has it
account=("${database_account[@]}")
common_options=(--innodb-buffer-pool-size=64M --innodb-log-file-size=64M --plugin-load-add=auth_ed25519)
program=()

prepare_server() {
  # The lock beside a socket names a process; a dead one that nobody has reaped would count as running.
  rm -f "$dir"/run/*
  if [[ -d $dir/data ]]; then return; fi
  make_database_folders
  fill_data_folder >>"$log" 2>&1 || fail_with_log "the system tables could not be made"
  mv "$dir/data.new" "$dir/data"
}

compose_command() {
  mariadbd_program
  command=("${program[@]}" "--datadir=$dir/data" "--tmpdir=$dir/tmp" --bind-address=127.0.0.1
    "--port=$port" "--socket=$(database_socket)" "--pid-file=$dir/run/server.pid" --skip-name-resolve
    "${common_options[@]}" --secure-file-priv= --server-id=1 --log-bin=binlog --log-bin-compress=OFF
    --binlog-format=ROW --binlog-row-image=FULL --binlog-row-metadata=FULL --gtid-strict-mode=ON --sync-binlog=1
    --innodb-flush-log-at-trx-commit=1 --max-binlog-size=100M "${options[@]}")
}

server_is_ready() {
  logged_since_start 'mariadbd: ready for connections'
}

describe_server() {
  describe_database
  echo "ED25519_USER=rowmill_ed25519"
}

run_client() {
  exec mariadb --no-defaults --protocol=TCP --host=127.0.0.1 "--port=$(cat "$1/port")" --user=root "${@:2}"
}
