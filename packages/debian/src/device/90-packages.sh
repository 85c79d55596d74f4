# ---- Debian packages

POLICY=$ROOT/usr/sbin/policy-rc.d

# Removes the policy that a killed deploy left behind: with it, no package starts its services.
drop_policy() { if grep -qs "^# croft:" "$POLICY"; then rm -f "$POLICY"; fi; }

install_packages() {
  if ! exists "$POLICY"; then
    # Services of packages start after their files are in place, not before: what they ask for is noted.
    printf '%s\n' '#!/bin/sh' '# croft: until this deploy is done' \
      "[ \"\$2\" = start ] || [ \"\$2\" = restart ] && echo \"\$1\" >>$STATE/denied" 'exit 101' >"$POLICY"
    chmod 0755 "$POLICY"
    trap drop_policy EXIT
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

# uninstall N: those packages that an earlier deploy installed and that nothing wants any more. One that would take
# others along, which the owner installed, is left, and `left` names them.
uninstall() {
  unwanted=$(control "$1")/uninstall
  : >"$(control "$1")/left"
  # shellcheck disable=SC2013 # names of packages hold no spaces
  for name in $(cat "$unwanted"); do
    others=$(apt_get -s remove "$name" | sed -n 's/^Remv \([^ ]*\).*/\1/p' | grep -vxF -f "$unwanted" | paste -sd ' ')
    if [ -n "$others" ]; then say "left$TAB$name$TAB$others" >>"$(control "$1")/left"; continue; fi
    apt_get -y remove "$name" >"$STATE/apt.log" 2>&1
    forget_line "$STATE/packages" "$name"
  done
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
