#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# All servers at once, for a developer who wants to look at Rowmill at work. Ctrl-C stops them.
#   all.sh [DIR [SERVER...]]   DIR keeps the data for the next time; without it they are gone afterwards.

# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

folder=${1:-}
servers=("${@:2}")
if ((${#servers[@]} == 0)); then servers=(mysql mariadb mariadb118 kafka zookeeper); fi
temporary=
started=()

# In the background all at once; each ends only when its server has.
stop_all() {
  trap '' INT TERM HUP
  echo "stopping"
  local server
  for server in "${started[@]}"; do
    "$servers_folder/$server.sh" stop "$folder/$server" &
  done
  wait
  if [[ -n $temporary ]]; then rm -rf "$temporary"; fi
}

describe() {
  local server=$1
  local -A env=()
  local key value
  while IFS='=' read -r key value; do env[$key]=$value; done <"$folder/$server/env"
  case $server in
    mysql | mariadb | mariadb118) echo "  $server ${env[VERSION]}: $servers_folder/$server.sh client $folder/$server" ;;
    kafka) echo "  Kafka ${env[VERSION]}: bootstrap.servers=${env[BOOTSTRAP]}" ;;
    zookeeper) echo "  ZooKeeper ${env[VERSION]}: ${env[CONNECT]}" ;;
  esac
}

if [[ -z $folder ]]; then
  temporary=$(mktemp -d /tmp/rowmill-servers.XXXXXX)
  chmod go+x "$temporary" # for the account of the databases
  folder=$temporary
fi
trap stop_all EXIT
trap 'exit 130' INT TERM HUP

for server in "${servers[@]}"; do
  started+=("$server")
  echo "starting $server"
  "$servers_folder/$server.sh" start "$folder/$server" --owner $$ >/dev/null
done
echo "running, in $folder (each has its env and its server.log there):"
for server in "${servers[@]}"; do describe "$server"; done
echo "user rowmill, password rowmill; Ctrl-C stops all"

while true; do
  for server in "${servers[@]}"; do
    if [[ ! -e $folder/$server/env ]]; then die "$server has ended, see $folder/$server/server.log"; fi
  done
  sleep 1 &
  wait $!
done
