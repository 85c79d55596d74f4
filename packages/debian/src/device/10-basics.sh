#!/bin/sh
# Croft's side of a deploy, on the device: the one script of Croft's that stays there.
# It looks, stages, switches, confirms and rolls back; what to do is decided elsewhere and handed to it as orders.
#
#   observe HASH SECRETS · receive N · activate N · confirm N · commit N     what a deploy asks for, in this order
#   apply N · undo N · uninstall N · recover · secrets                      what the device asks itself for
#
# An embedded host runs the same script below a folder of its own (CROFT_ROOT), with its own service manager
# (CROFT_SYSTEMCTL) and its own way to open secrets (CROFT_DECRYPT).
set -eu
umask 022
export LC_ALL=C

ROOT=${CROFT_ROOT:-}
STATE=$ROOT/var/lib/croft
RUN=${CROFT_RUN:-$ROOT/run/croft}
ETC_KEY=$ROOT/etc/ssh/ssh_host_ed25519_key
LIMIT=${CROFT_LIMIT:-300}        # seconds until an activation that hangs is undone
CONFIRM=${CROFT_CONFIRM:-30}     # seconds until one that nobody confirms is undone
SETTLE=${CROFT_SETTLE:-15}       # tenths of a second that a started unit has to stay up
KEEP=5                           # generations that stay
TAB=$(printf '\t')
began=$(date +%s)                # when units were last well, for what they have said since


say() { printf '%s\n' "$*"; }
fail() { say "$*" >&2; return 1; }
booting() { [ -n "${CROFT_BOOT:-}" ]; }
embedded() { [ -n "$ROOT" ]; }
manage() {
  if embedded; then sh "$CROFT_SYSTEMCTL" "$@" 9>&-
  else systemctl ${CROFT_BOOT:+--no-block} "$@"
  fi
}
control() { say "$STATE/generations/$1/.croft"; }
# How the deploy of a generation goes, in memory: it has to be told on a full disk too.
story() { say "$RUN/deploy.$1"; }
exists() { [ -e "$1" ] || [ -L "$1" ]; }

# The number of the generation that is current; nothing before the first.
current() {
  [ -L "$STATE/current" ] || return 0
  link=$(readlink "$STATE/current")
  say "${link#generations/}"
}

# Appends a line to a file unless it is there.
note_once() { grep -qxF -e "$2" "$1" 2>/dev/null || printf '%s\n' "$2" >>"$1"; }

# Drops a line from a file.
forget_line() {
  [ -f "$1" ] || return 0
  grep -vxF -e "$2" "$1" >"$1.new" || :
  mv -f "$1.new" "$1"
}

# One deploy at a time: the lock ends with this process.
lock() {
  exec 9>"$STATE/lock"
  flock -w "${1:-0}" 9 || fail "another deploy of this host is running"
}

# Whether a deploy is at work.
is_locked() { [ -e "$STATE/lock" ] && ! (exec 9<"$STATE/lock" && flock -n 9); }

# Starts a command of this script that does not depend on the connection or process that asked for it.
detach() {
  unit=$1; shift
  if embedded; then
    setsid sh "$STATE/croft.sh" "$@" </dev/null >/dev/null 2>&1 9>&- &
  else
    systemd-run --quiet --collect --unit="$unit" /bin/sh "$STATE/croft.sh" "$@" 9>&-
  fi
}
