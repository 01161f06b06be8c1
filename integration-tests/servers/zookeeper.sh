#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# One ZooKeeper 3.8, Debian 12's own. Options after -- are lines of zoo.cfg, such as maxClientCnxns=10.

# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=supervisor.sh
. "$servers_folder/supervisor.sh"

readonly jar=/usr/share/java/zookeeper.jar # its manifest names the other jars

install_server() {
  need_package java
  need_package $jar
}

# Short ticks let tests ask for sessions of one second; the server refuses less than two ticks.
prepare_server() {
  mkdir -p "$dir/data"
  cat >"$dir/zoo.cfg" <<TEXT
dataDir=$dir/data
clientPort=$port
clientPortAddress=127.0.0.1
tickTime=500
minSessionTimeout=1000
maxSessionTimeout=60000
admin.enableServer=false
4lw.commands.whitelist=*
TEXT
  if ((${#options[@]})); then printf '%s\n' "${options[@]}" >>"$dir/zoo.cfg"; fi
}

compose_command() {
  command=(java -Xmx64m -XX:+UseSerialGC -Dzookeeper.root.logger="INFO,CONSOLE" -cp "$jar"
    org.apache.zookeeper.server.quorum.QuorumPeerMain "$dir/zoo.cfg")
}

four_letters() {
  local answer
  # The subshell takes the refused connection, which would end this shell.
  answer=$(exec 2>/dev/null 3<>"/dev/tcp/127.0.0.1/$port" && printf %s "$1" >&3 && cat <&3) || return 1
  echo "$answer"
}

# `ruok` answers before the server serves; `srvr` names its mode only afterwards.
server_is_ready() {
  [[ $(four_letters srvr) == *Mode:* ]]
}

describe_server() {
  cat <<TEXT
HOST=127.0.0.1
CONNECT=127.0.0.1:$port
DATADIR=$dir/data
VERSION=$(four_letters srvr | sed -n 's/^Zookeeper version: \([0-9.]*\).*/\1/p')
TEXT
}

main "$@"
