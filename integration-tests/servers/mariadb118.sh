#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# MariaDB 11.8, of Debian 13, beside Debian 12's 10.11. See README.md.

# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=supervisor.sh
. "$servers_folder/supervisor.sh"
# shellcheck source=unpack.sh
. "$servers_folder/unpack.sh"
# shellcheck source=mariadb_server.sh
. "$servers_folder/mariadb_server.sh"

fill_cache() {
  unpack_suite trixie "$1" mariadb-server
}

install_server() {
  once mariadb-11.8 fill_cache
  need_package mariadb # the client
  create_database_account
}

mariadbd_program() {
  local root
  root=$(cached mariadb-11.8)
  unpacked_program "$root" usr/sbin/mariadbd
  program+=(--no-defaults "--lc-messages-dir=$root/usr/share/mariadb" "--plugin-dir=$root/usr/lib/mysql/plugin"
    "--character-sets-dir=$root/usr/share/mariadb/charsets" --innodb-use-native-aio=OFF)
}

# What mariadb-install-db feeds to the server; the script itself would run programs without their loader.
fill_data_folder() {
  local share
  share=$(cached mariadb-11.8)/usr/share/mariadb
  mariadbd_program
  {
    echo "CREATE DATABASE mysql;"
    echo "USE mysql;"
    echo "SET @auth_root_socket=NULL;"
    cat "$share"/mariadb_{system_tables,performance_tables,system_tables_data}.sql "$servers_folder/mariadb-users.sql"
  } | as_database_account "${program[@]}" --bootstrap "--datadir=$dir/data.new" "--tmpdir=$dir/tmp" \
    "${common_options[@]}" --log-warnings=0 --max-allowed-packet=8M --net-buffer-length=16K
}

case ${1:-} in
  client) run_client "${@:2}" ;;
  *) main "$@" ;;
esac
