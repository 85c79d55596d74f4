# ---- units

stop_unit() {
  manage stop "$1" 2>/dev/null || :
  manage reset-failed "$1" 2>/dev/null || :
}

# A unit that kept dying before must not be counted as dying now, nor be refused for having started too often.
start_anew() {
  manage reset-failed "$2" 2>/dev/null || :
  manage "$1" "$2" || unit_failed "$2" "did not start"
}

# The units of an order list that it stops.
stopped_by() { sed -n "s/^stop$TAB//p" "$1" | cut -f1; }

# A unit of ours may take the place of a package's that runs, as `ssh.service` would: what ran is noted, once.
note_displaced() {
  for unit in $(stopped_by "$1"); do
    if [ "$(manage is-active "$unit" 2>/dev/null)" = active ]; then note_once "$STATE/displaced" "$unit"; fi
  done
}

# Where ours is taken away again, the package's own unit has its place back, and runs as it did.
start_displaced() {
  for unit in $(stopped_by "$1"); do
    if grep -qxF -e "$unit" "$STATE/displaced" 2>/dev/null; then manage start "$unit" || :; fi
  done
}

unit_failed() {
  say "unit \`$1\` $2"
  unit_log "$1"
  return 1
}

unit_log() {
  if embedded; then tail -n 10 "$ROOT/var/log/${1%.service}.log" 2>/dev/null || :
  else journalctl -q -u "$1" --since "@$began" -n 10 --no-pager -o cat 2>/dev/null || :
  fi | sed 's/^/  | /'
}

# Units that were started must stay up for a moment: one that dies at once would otherwise look well.
settle() {
  units=$(sed -n "s/^check$TAB//p" "$1" | cut -f1)
  # While the host boots nothing is waited for: ordinary services start after this.
  if [ -z "$units" ] || booting; then return 0; fi
  left=$SETTLE
  while :; do
    for unit in $units; do is_up "$unit" || unit_failed "$unit" "did not stay up" || return 1; done
    [ "$left" -gt 0 ] || return 0
    left=$((left - 2))
    sleep 0.2
  done
}

is_up() {
  shown=$(manage show -p ActiveState -p SubState -p NRestarts "$1")
  case $shown in *SubState=auto-restart*) return 1 ;; esac
  case $shown in *ActiveState=active* | *ActiveState=activating* | *ActiveState=reloading*) ;; *) return 1 ;; esac
  case $shown in *NRestarts=[1-9]*) return 1 ;; esac
}
