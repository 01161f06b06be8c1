#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# MariaDB 10.11, Debian 12's own, in a folder of its own: the system's data and service are never touched.

# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=supervisor.sh
. "$servers_folder/supervisor.sh"
# shellcheck source=mariadb_server.sh
. "$servers_folder/mariadb_server.sh"

install_server() {
  need_package /usr/sbin/mariadbd
  need_package /usr/lib/mysql/plugin/auth_ed25519.so
  create_database_account
}

mariadbd_program() {
  program=(/usr/sbin/mariadbd --no-defaults)
}

fill_data_folder() {
  # --force: a bare system cannot look up its own host name, and nothing here needs it.
  as_database_account mariadb-install-db --no-defaults "--datadir=$dir/data.new" "--tmpdir=$dir/tmp" --force \
    --skip-test-db --auth-root-authentication-method=normal "--extra-file=$servers_folder/mariadb-users.sql" \
    "${common_options[@]}"
}

case ${1:-} in
  client) run_client "${@:2}" ;;
  *) main "$@" ;;
esac
