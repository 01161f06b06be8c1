#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The Debian packages that Rowmill is built, tested and linted with, in one place.
set -euo pipefail

readonly groups=(build test lint servers)

packages_of() {
  case $1 in
    build)
      echo g++ cmake ninja-build pkg-config \
        librdkafka-dev libmariadb-dev libmariadb3 rapidjson-dev libboost-program-options-dev \
        libspdlog-dev libfmt-dev libgtest-dev libgmock-dev libbenchmark-dev libzstd-dev zlib1g-dev libssl-dev
      ;;
    test) # libclang-rt carries libFuzzer
      echo clang libclang-rt-14-dev \
        python3 python3-pytest python3-confluent-kafka python3-pymysql python3-cryptography \
        python3-jsonschema
      ;;
    lint)
      echo clang-format-14 clang-tidy-14
      ;;
    servers) # maven fetches Kafka; MySQL is unpacked beside the system, see integration-tests/servers
      echo mariadb-server zookeeper default-jre-headless maven
      ;;
    *)
      echo "packages.sh: unknown group '$1' (known: ${groups[*]})" >&2
      return 2
      ;;
  esac
}

usage() {
  cat <<TEXT
usage: packages.sh install GROUP...   install what is missing (as root, or through sudo)
       packages.sh missing GROUP...   print what is missing
       packages.sh list GROUP...      print the packages of the groups
groups: ${groups[*]}
TEXT
}

# One call of dpkg-query for all: asking once per package takes seconds.
missing_among() {
  local -A installed=()
  local state name
  while read -r state name; do
    if [[ $state == ii ]]; then installed[$name]=1; fi
  done < <(dpkg-query -W -f '${db:Status-Abbrev} ${Package}\n' "$@" 2>/dev/null || true)
  for name in "$@"; do
    if [[ -z ${installed[$name]:-} ]]; then echo "$name"; fi
  done
}

# Runs the rest as root: directly, or through sudo, or says what somebody else has to run.
become_root() {
  if ((EUID == 0)); then return; fi
  if command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [[ -t 0 ]]; }; then
    exec sudo -- "$BASH" "$0" install "${wanted_groups[@]}"
  fi
  echo "packages.sh: neither root nor allowed to use sudo; somebody who is has to run:" >&2
  echo "  apt-get update && apt-get install --no-install-recommends $*" >&2
  exit 1
}

# Packages that bring a daemon must not start it: the tests run servers of their own.
# invoke-rc.d and deb-systemd-invoke both ask this file; a file that is there already is not ours.
forbid_services() {
  local policy=/usr/sbin/policy-rc.d
  if [[ -e $policy ]]; then return; fi
  trap 'rm -f /usr/sbin/policy-rc.d' EXIT
  printf '#!/bin/sh\nexit 101\n' >$policy
  chmod 755 $policy
}

# On a machine with systemd the package would otherwise start its server at the next boot.
keep_disabled() {
  local service
  for service in "$@"; do
    if [[ -d /run/systemd/system ]]; then
      systemctl --quiet disable "$service.service" || true
    fi
  done
}

install_packages() {
  export DEBIAN_FRONTEND=noninteractive
  # Nobody who runs this in a bare system has set up locales; Perl would warn at every package.
  export LC_ALL=C.UTF-8
  apt-get -q update || { sleep 3 && apt-get -q update; } ||
    echo "packages.sh: apt-get update failed; trying with the package lists at hand" >&2
  apt-get -q -y -o Dpkg::Use-Pty=0 --no-install-recommends install "$@"
}

main() {
  local action=${1:-}
  if (($# < 2)); then
    usage >&2
    exit 2
  fi
  shift
  wanted_groups=("$@")

  local group packages=() missing=()
  for group in "$@"; do
    local names
    names=$(packages_of "$group")
    read -ra names <<<"$names"
    packages+=("${names[@]}")
  done

  mapfile -t missing < <(missing_among "${packages[@]}")
  case $action in
    list) printf '%s\n' "${packages[@]}" ;;
    missing) if ((${#missing[@]})); then printf '%s\n' "${missing[@]}"; fi ;;
    install)
      if ((${#missing[@]} == 0)); then
        echo "packages.sh: all packages for $* are installed"
        return
      fi
      echo "packages.sh: installing for $*: ${missing[*]}"
      become_root "${missing[@]}"
      forbid_services
      install_packages "${missing[@]}"
      if [[ " ${missing[*]} " == *" mariadb-server "* ]]; then keep_disabled mariadb; fi
      echo "packages.sh: done"
      ;;
    *)
      usage >&2
      exit 2
      ;;
  esac
}

main "$@"
