# ---- the way back

# take_back N OLD: from wherever the switch to N stands, to OLD. Each of its orders may have been carried out already.
take_back() {
  way=$(control "$1")/undo
  discard "$(control "$1")/orders"
  prepare_files "$way"
  if [ "$2" != 0 ] && [ ! -d "$RUN/secrets.$2" ]; then open_secrets "$2"; fi
  carry_out "$way" "$2"
  rm -rf "$RUN/secrets.$1"
  rm -f "$STATE/pending"
}

arm() {
  if embedded; then
    setsid sh -c 'echo $$ >"$1"; sleep "$2"; exec sh "$3" undo "$4"' sh \
      "$(story "$1")/timer.$2" "$3" "$STATE/croft.sh" "$1" </dev/null >/dev/null 2>&1 9>&- &
  else
    systemd-run --quiet --collect --unit="croft-undo-$1-$2" --on-active="$3" --timer-property=AccuracySec=1s \
      /bin/sh "$STATE/croft.sh" undo "$1" 9>&-
  fi
}

disarm() {
  if embedded; then
    timer=$(story "$1")/timer.$2
    if [ -s "$timer" ]; then kill -- "-$(cat "$timer")" 2>/dev/null || :; rm -f "$timer"; fi
  else
    systemctl stop "croft-undo-$1-$2.timer" 2>/dev/null || :
  fi
}

# roll_back N OLD: takes back and concludes; what went wrong on the way back is told only where it failed.
roll_back() {
  attempt "$(story "$1")/trouble.undo" take_back "$1" "$2"
  if [ "$status" = 0 ]; then
    conclude "$1" rolled-back
  else
    say "and the way back failed:" >>"$(story "$1")/trouble"
    cat "$(story "$1")/trouble.undo" >>"$(story "$1")/trouble"
    conclude "$1" broken
  fi
}

# Begins the story of a generation anew: after a boot there is none.
tell() {
  mkdir -p "$(story "$1")"
  say "$2" >"$(story "$1")/trouble"
}

# undo N: what the undo timer calls. An activation that hangs is ended first.
undo() {
  if [ ! -e "$STATE/pending" ]; then return 0; fi
  if ! embedded; then systemctl kill --signal=KILL "croft-apply-$1.service" 2>/dev/null || :
  elif is_locked && [ -s "$(story "$1")/group" ]; then kill -s KILL -- "-$(cat "$(story "$1")/group")" 2>/dev/null || :
  fi
  lock 60
  read -r number old 2>/dev/null <"$STATE/pending" || return 0
  [ "$number" = "$1" ] || return 0
  tell "$number" "nobody confirmed generation $number over a new connection in time"
  roll_back "$number" "$old"
}

# recover: undoes what an earlier deploy left half done, when nobody works on it any more.
recover() {
  lock 60
  drop_policy
  read -r number old 2>/dev/null <"$STATE/pending" || return 0
  disarm "$number" limit
  disarm "$number" confirm
  tell "$number" "the deploy of generation $number was interrupted"
  roll_back "$number" "$old"
  cat "$(story "$number")/outcome"
}
