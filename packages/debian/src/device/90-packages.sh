# ---- Debian packages

install_packages() {
  policy=/usr/sbin/policy-rc.d
  # One that a killed deploy left behind is ours, too.
  if ! exists "$policy" || grep -q "^# croft:" "$policy"; then
    # Services of packages start after their files are in place, not before: what they ask for is noted.
    printf '%s\n' '#!/bin/sh' '# croft: until this deploy is done' \
      "[ \"\$2\" = start ] || [ \"\$2\" = restart ] && echo \"\$1\" >>$STATE/denied" 'exit 101' >"$policy"
    chmod 0755 "$policy"
    trap 'rm -f /usr/sbin/policy-rc.d' EXIT
  fi
  rm -f "$STATE/denied"
  # shellcheck disable=SC2046 # names of packages hold no spaces
  set -- $(cat "$1")
  if ! try_install "$@"; then
    say "apt-get could not install $*"
    tail -n 10 "$STATE/apt.log" | sed 's/^/  | /'
    return 1
  fi
  for name in "$@"; do note_once "$STATE/packages" "$name"; done
}

# The lists may be old or missing: they are fetched only when a package is not found without.
try_install() {
  if apt_get -y install "$@" >"$STATE/apt.log" 2>&1; then return 0; fi
  if ! apt_get update >"$STATE/apt.log" 2>&1; then return 1; fi
  apt_get -y install "$@" >>"$STATE/apt.log" 2>&1
}

# uninstall N: those packages that an earlier deploy installed and that nothing wants any more.
uninstall() {
  # shellcheck disable=SC2046 # names of packages hold no spaces
  set -- $(cat "$(control "$1")/uninstall")
  apt_get -y remove "$@" >"$STATE/apt.log" 2>&1
  for name in "$@"; do forget_line "$STATE/packages" "$name"; done
}

apt_get() {
  DEBIAN_FRONTEND=noninteractive apt-get -q -o Dpkg::Options::=--force-confold -o DPkg::Lock::Timeout=60 "$@" </dev/null
}

# Starts the services that packages brought along and that were held back while they were installed.
start_denied() {
  [ -s "$STATE/denied" ] || return 0
  sort -u "$STATE/denied" | while read -r name; do
    if systemctl is-enabled --quiet "$name" 2>/dev/null; then systemctl start "$name" || :; fi
  done
  rm -f "$STATE/denied"
}
