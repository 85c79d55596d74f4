# ---- confirm and commit

# confirm N: says over a new connection that the device still answers; there is no way back after it. Asking twice is
# harmless: the answer of the first may be lost.
confirm() {
  lock 60
  read -r number _ 2>/dev/null <"$STATE/pending" || number=
  if [ "$number" != "$1" ]; then
    cat "$(story "$1")/outcome" 2>/dev/null || say "generation $1 is not pending"
    return 0
  fi
  mkdir -p "$(story "$1")"
  if [ -e "$ROOT/run/reboot-required" ]; then say needs-reboot; fi >"$(story "$1")/trouble"
  conclude "$1" confirmed
  rm -f "$STATE/pending"
  disarm "$1" confirm
  prune "$1"
  cat "$(story "$1")/outcome"
}

prune() {
  for folder in "$STATE"/generations/[0-9]*; do
    if [ "${folder##*/}" -le $(($1 - KEEP)) ] && [ "${folder##*/}" != "$1" ]; then rm -rf "$folder"; fi
  done
  for folder in "$RUN"/secrets.* "$RUN"/deploy.*; do
    if [ "${folder##*.}" != "$1" ]; then rm -rf "$folder"; fi
  done
}

# commit N: what cannot be undone, last; like an activation it does not depend on the connection.
commit() {
  [ -s "$(control "$1")/uninstall" ] || return 0
  systemd-run --quiet --collect --wait --unit="croft-commit-$1" /bin/sh "$STATE/croft.sh" uninstall "$1"
  cat "$(control "$1")/left"
}
