# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
#
# Programs of another Debian suite, unpacked into the cache with every library they need, the C library included,
# and run with the loader that came with them: the system itself stays as it is. Sourced after lib.sh.

triplet=$(uname -m)-linux-gnu
readonly triplet
program=()

# The mirror this machine is set up to use; only it can be assumed to be reachable.
debian_mirror() {
  local mirror
  mirror=$(
    {
      sed -n 's/^URIs:[[:space:]]*\([^[:space:]]*\).*/\1/p' /etc/apt/sources.list.d/*.sources
      sed -n 's/^deb[[:space:]]\+\(\[[^]]*\][[:space:]]*\)\?\([^[:space:]]*\).*/\2/p' \
        /etc/apt/sources.list /etc/apt/sources.list.d/*.list
    } 2>/dev/null | grep -E '/debian/?$' | head -n 1
  ) || true
  echo "${mirror:-http://deb.debian.org/debian}"
}

# unpack_suite SUITE FOLDER PACKAGE...
unpack_suite() {
  local suite=$1 folder=$2 mirror apt deb
  shift 2
  mirror=$(debian_mirror)
  apt=$folder/apt
  mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial"
  : >"$apt/status" # an empty list of installed packages makes apt fetch all they depend on
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $suite main" >"$apt/sources.list"
  # A mirror that is kept as it was at some day shows an expired list; signed it is all the same.
  local private_apt=(apt-get -q -y -o "Dir::State=$apt" -o "Dir::State::lists=$apt/lists"
    -o "Dir::State::status=$apt/status" -o "Dir::Cache=$apt/cache" -o "Dir::Etc::sourcelist=$apt/sources.list"
    -o Dir::Etc::sourceparts=- -o APT::Sandbox::User=root -o APT::Get::List-Cleanup=false
    -o APT::Keep-Downloaded-Packages=true -o Acquire::Check-Valid-Until=false -o Acquire::Retries=3
    -o Acquire::Languages=none)

  say "fetching $* of Debian $suite from $mirror (once, into $folder)"
  if ! { "${private_apt[@]}" update && "${private_apt[@]}" --no-install-recommends -d install "$@"; } \
    >"$apt/log" 2>&1; then
    tail -n 20 "$apt/log" >&2
    die "Debian $suite at $mirror gives no $*: is it a mirror with all suites, and can it be reached?"
  fi
  for deb in "$apt"/cache/archives/*.deb; do
    dpkg -x "$deb" "$folder"
  done
  rm -rf "$apt"
}

# unpacked_program ROOT PROGRAM: fills the array `program` with what runs it.
unpacked_program() {
  local root=$1 libraries=$1/usr/lib/$triplet loader
  loader=$(echo "$libraries"/ld-linux-*.so.*)
  # shellcheck disable=SC2034 # the caller reads it
  program=("$loader" --library-path "$libraries:$libraries/systemd:$root/usr/lib/mysql/private" "$root/$2")
}
