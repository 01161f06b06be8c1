#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# MariaDB 10.11, Debian 12's own, in a folder of its own: the system's data and service are never touched.

# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=supervisor.sh
. "$servers_folder/supervisor.sh"

stop_seconds=30
account=("${database_account[@]}")
common_options=(--innodb-buffer-pool-size=64M --innodb-log-file-size=64M --plugin-load-add=auth_ed25519)

install_server() {
  need_package /usr/sbin/mariadbd
  need_package /usr/lib/mysql/plugin/auth_ed25519.so
  create_database_account
}

prepare_server() {
  # The lock beside a socket names a process; a dead one that nobody has reaped would count as running.
  rm -f "$dir"/run/*
  if [[ -d $dir/data ]]; then return; fi
  make_database_folders
  # --force: a bare system cannot look up its own host name, and nothing here needs it.
  as_database_account mariadb-install-db --no-defaults "--datadir=$dir/data.new" "--tmpdir=$dir/tmp" --force \
    --skip-test-db --auth-root-authentication-method=normal "--extra-file=$servers_folder/mariadb-users.sql" \
    "${common_options[@]}" >>"$log" 2>&1 || fail_with_log "mariadb-install-db failed"
  mv "$dir/data.new" "$dir/data"
}

compose_command() {
  command=(/usr/sbin/mariadbd --no-defaults "--datadir=$dir/data" "--tmpdir=$dir/tmp" --bind-address=127.0.0.1
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

case ${1:-} in
  client) exec mariadb --no-defaults --protocol=TCP --host=127.0.0.1 "--port=$(cat "$2/port")" --user=root "${@:3}" ;;
  *) main "$@" ;;
esac
