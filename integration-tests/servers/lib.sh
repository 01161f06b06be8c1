# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
#
# What the server scripts beside this file have in common. Sourced, never run.

set -euo pipefail

servers_folder=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
readonly servers_folder
readonly packages_script=$servers_folder/../../.ci/packages.sh
server_name=$(basename "$0" .sh)

# Of the server at hand: its folder, its port, its log and how long that was before this start.
dir=
port=
log=
log_start=0

say() {
  echo "$server_name: $*" >&2
}

die() {
  say "$*"
  exit 1
}

# Root's own cache cannot be ~/.cache: mysqld runs as the user mysql, who may not enter /root.
cache_folder() {
  local cache
  if [[ -n ${ROWMILL_CACHE:-} ]]; then
    cache=$ROWMILL_CACHE
  elif ((EUID == 0)); then
    cache=/var/cache/rowmill
  else
    cache=${XDG_CACHE_HOME:-${HOME:-/tmp/rowmill-$EUID}/.cache}/rowmill
  fi
  mkdir -p "$cache"
  (cd "$cache" && pwd)
}

# once NAME FUNCTION: the folder NAME in the cache is either absent or complete. FUNCTION fills the folder it is
# given; two scripts that need it at once do the work once. Prints nothing; the folder is `cached NAME`.
once() {
  local name=$1 fill=$2 cache
  cache=$(cache_folder)
  if [[ -d $cache/$name ]]; then return; fi
  exec 8>"$cache/$name.lock"
  flock 8
  if [[ ! -d $cache/$name ]]; then
    rm -rf "$cache/$name.part"
    mkdir "$cache/$name.part"
    "$fill" "$cache/$name.part"
    mv "$cache/$name.part" "$cache/$name"
  fi
  exec 8>&-
}

cached() {
  echo "$(cache_folder)/$1"
}

# need_package COMMAND-OR-FILE: a Debian package of the group `servers` brings it.
need_package() {
  if [[ -e $1 ]] || command -v "$1" >/dev/null; then return; fi
  "$packages_script" install servers >&2
  hash -r
}

# Below the range the kernel hands to outgoing connections, which could otherwise take the port of a server
# while a test has it stopped.
free_port() {
  local port
  while true; do
    port=$((20000 + RANDOM % 12000))
    if ! (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
      echo $port
      return
    fi
  done
}

# kept_port FILE: a server that is started again in its folder comes back at the same port.
kept_port() {
  if [[ ! -s $1 ]]; then free_port >"$1"; fi
  cat "$1"
}

# wait_until SECONDS COMMAND...: true as soon as COMMAND is, false after SECONDS.
wait_until() {
  local deadline=$((SECONDS + $1))
  shift
  until "$@"; do
    if ((SECONDS >= deadline)); then return 1; fi
    sleep 0.1
  done
}

# Of a process: its id and its start time, which together name it even after the id has been used again.
# Fails for a process that is gone or only waits to be reaped.
process_identity() {
  local stat fields
  stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
  read -ra fields <<<"${stat##*) }" # the name before it may hold anything
  if [[ ${fields[0]} == Z ]]; then return 1; fi
  echo "$1:${fields[19]}"
}

process_is_alive() {
  [[ $(process_identity "${1%%:*}") == "$1" ]]
}

# logged_since_start PATTERN: the log is kept over restarts; only what this run wrote counts.
logged_since_start() {
  # No -q: grep would leave tail with a broken pipe, and pipefail would make a failure of a match.
  tail -c "+$((log_start + 1))" "$log" | grep -E -- "$1" >/dev/null
}

# The account that database servers run under: mysqld refuses root, and a test server with an open root login
# should not own the machine.
database_account=()
if ((EUID == 0)); then
  database_account=(--reuid mysql --regid mysql --clear-groups)
fi

as_database_account() {
  setpriv "${database_account[@]}" -- "$@"
}

create_database_account() {
  if ((EUID == 0)) && ! getent passwd mysql >/dev/null; then
    useradd --system --user-group --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin mysql
  fi
}

# make_database_folders: data.new, tmp and run under $dir, writable for the account.
make_database_folders() {
  rm -rf "$dir/data.new"
  mkdir -p "$dir/data.new" "$dir/tmp" "$dir/run"
  if ((EUID == 0)); then
    chmod go+x "$dir"
    chown mysql: "$dir/data.new" "$dir/tmp" "$dir/run"
  fi
  as_database_account test -w "$dir/data.new" ||
    die "the user mysql cannot enter $dir: a folder above it needs chmod o+x"
}

# A socket's path may have 107 characters; the folders of test frameworks are longer at times.
database_socket() {
  local socket=$dir/run/server.sock
  if ((${#socket} > 100)); then socket=/tmp/rowmill-$port.sock; fi
  echo "$socket"
}

logged_version() {
  tail -c "+$((log_start + 1))" "$log" | sed -n "s/.*Version: '\([^' ]*\).*/\1/p" | tail -n 1
}

describe_database() {
  cat <<TEXT
HOST=127.0.0.1
USER=rowmill
PASSWORD=rowmill
ROOT_USER=root
ROOT_PASSWORD=
SOCKET=$(database_socket)
DATADIR=$dir/data
VERSION=$(logged_version)
TEXT
}
