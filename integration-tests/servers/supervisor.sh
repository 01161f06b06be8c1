# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
#
# The life of one server in its folder: run, start, stop, kill. Sourced after lib.sh by a server script that defines
#   install_server    bring what is missing to this machine
#   prepare_server    create the data in $dir when it is not there; sets what the others need
#   compose_command   fill the array `command`; "${options[@]}" are the user's
#   server_is_ready   true once clients are served
#   describe_server   print KEY=VALUE lines for $dir/env
# and may set stop_seconds, and account=(setpriv options) to run the server under.
# They find $dir, $port, $log, $log_start.

stop_seconds=20
account=()
command=()
options=()
server_pid=

# shellcheck disable=SC2154 # server_name is lib.sh's
usage() {
  cat <<TEXT
usage: $server_name.sh install
       $server_name.sh run|start DIR [--port N] [--owner PID] [-- SERVER-OPTION...]
       $server_name.sh stop|kill DIR
run stays in the foreground; start returns when the server is ready. Either way the server ends with its
owner, by default the process that called this script. DIR/env tells how to reach the server.
TEXT
}

# Its lock is held exactly as long as the supervisor lives, however that ends.
is_supervised() {
  [[ -e $dir/lock ]] && ! flock -n "$dir/lock" true
}

wait_for_supervisor_to_end() {
  flock -w $((stop_seconds + 20)) "$dir/lock" true || die "the server in $dir does not end"
}

end_server() {
  trap '' TERM INT HUP
  if [[ -n $server_pid ]] && kill -TERM "$server_pid" 2>/dev/null; then
    # `wait` reaps it; without that it would stay visible as a zombie and look alive.
    if ! wait_until "$stop_seconds" server_has_ended; then
      say "no end after $stop_seconds s, killing it"
      kill -KILL "$server_pid" 2>/dev/null || true
    fi
    wait "$server_pid" 2>/dev/null || true
  fi
  rm -f "$dir/env" "$dir/server.pid" "$dir/supervisor.pid"
}

server_has_ended() {
  ! process_identity "$server_pid" >/dev/null
}

fail_with_log() {
  say "$1; the end of $log:"
  tail -c "+$((log_start + 1))" "$log" | tail -n 30 >&2
  exit 1
}

server_is_ready_or_hopeless() {
  [[ -n $stopping ]] || server_has_ended || ! process_is_alive "$owner" || server_is_ready
}

write_env() {
  {
    echo "SERVER=$server_name"
    echo "PORT=$port"
    echo "PID=$server_pid"
    echo "LOG=$log"
    describe_server
  } >"$dir/env.part"
  mv "$dir/env.part" "$dir/env"
}

launch_server() {
  compose_command
  # The kernel kills the server when this shell dies without a chance to do it (kill -9).
  setpriv --pdeathsig KILL "${account[@]}" -- "${command[@]}" </dev/null >>"$log" 2>&1 9>&- &
  server_pid=$!
  echo "$server_pid" >"$dir/server.pid"
}

run_server() {
  local status=0
  stopping=
  exec 9>"$dir/lock"
  flock -n 9 || die "already running in $dir"
  echo $$ >"$dir/supervisor.pid"
  rm -f "$dir/env"
  trap end_server EXIT
  trap 'stopping=yes' TERM INT HUP

  log=$dir/server.log
  touch "$log"
  log_start=$(stat -c %s "$log")
  if [[ -n $wanted_port ]]; then echo "$wanted_port" >"$dir/port"; fi
  port=$(kept_port "$dir/port")
  prepare_server 9>&-
  launch_server

  wait_until 90 server_is_ready_or_hopeless || fail_with_log "not ready after 90 s"
  if [[ -z $stopping ]] && server_has_ended; then fail_with_log "ended while starting"; fi
  write_env
  cat "$dir/env"

  while [[ -z $stopping ]] && process_is_alive "$owner" && ! server_has_ended; do
    sleep 0.5 9>&- &
    status=0
    wait -n "$server_pid" $! || status=$?
  done
  if [[ -z $stopping ]] && server_has_ended; then
    die "the server ended by itself, status $status"
  fi
}

start_server() {
  if is_supervised; then die "already running in $dir"; fi
  rm -f "$dir/env"
  # A session of its own, so that Ctrl-C at the terminal reaches the owner only, who stops its servers in order.
  setsid "$0" run "$dir" --port "$wanted_port" --owner "${owner%%:*}" -- "${options[@]}" \
    </dev/null >"$dir/supervisor.log" 2>&1 &
  local supervisor=$!
  until [[ -e $dir/env ]]; do
    if ! process_identity $supervisor >/dev/null; then
      cat "$dir/supervisor.log" >&2
      exit 1
    fi
    sleep 0.05
  done
  cat "$dir/env"
}

stop_server() {
  if ! is_supervised; then return; fi
  kill -TERM "$(cat "$dir/supervisor.pid")" 2>/dev/null || true
  wait_for_supervisor_to_end
}

kill_server() {
  if ! is_supervised; then return; fi
  if [[ -e $dir/server.pid ]]; then
    kill -KILL "$(cat "$dir/server.pid")" 2>/dev/null || true
  else
    kill -TERM "$(cat "$dir/supervisor.pid")" 2>/dev/null || true
  fi
  wait_for_supervisor_to_end
}

# Sets dir, wanted_port, owner, options from the words after the action.
parse_arguments() {
  if (($# == 0)); then
    usage >&2
    exit 2
  fi
  dir=$1
  wanted_port=
  local owner_pid=$PPID
  shift
  while (($#)); do
    case $1 in
      --port) wanted_port=$2 ;;
      --owner) owner_pid=$2 ;;
      --)
        shift
        options=("$@")
        break
        ;;
      *) die "unknown option '$1'" ;;
    esac
    shift 2
  done
  owner=$(process_identity "$owner_pid") || owner=$owner_pid:gone
}

main() {
  local action=${1:-}
  shift || true
  case $action in
    install) install_server ;;
    run | start)
      parse_arguments "$@"
      process_is_alive "$owner" || die "the owner, process ${owner%%:*}, is gone"
      install_server
      mkdir -p "$dir"
      dir=$(cd "$dir" && pwd)
      "${action}_server"
      exit # bash reads a script as it goes, and it may have been replaced while the server ran
      ;;
    stop | kill)
      parse_arguments "$@"
      "${action}_server"
      ;;
    *)
      usage >&2
      exit 2
      ;;
  esac
}
