# ---- orders: what the plan says, one line each

# carry_out ORDERS N: the switch itself, one order after the other. N is 0 where nothing was before.
carry_out() {
  switch_to "$2"
  while IFS=$TAB read -r order path owner group mode source; do
    case $order in
      stop) stop_unit "$path" ;;
      save) save_original "$path" ;;
      put) mv -fT "$ROOT$path.croft-new" "$ROOT$path" ;;
      link) put_link "$path" "$owner" ;;
      remove) rm -f "$ROOT$path"; drop_folders "$(dirname "$path")" ;;
      restore) restore_original "$path" ;;
      unsave) unsave "$path" ;;
      directories) make_directories "$STATE/$path" ;;
      reload-daemon) manage daemon-reload ;;
      reload) if is_due "$owner"; then manage reload-or-restart "$path" || unit_failed "$path" "did not reload"; fi ;;
      restart | try-restart) if is_due "$owner"; then start_anew "$order" "$path"; fi ;;
      check | free | own) ;;
      *) fail "order \`$order\` is not known" ;;
    esac
  done <"$1"
  start_denied
  start_displaced "$1"
  settle "$1"
}

switch_to() {
  rm -f "$STATE/current.new"
  if [ "$1" = 0 ]; then
    rm -f "$STATE/current"
  elif [ "$(current)" != "$1" ]; then
    ln -s "generations/$1" "$STATE/current.new"
    mv -fT "$STATE/current.new" "$STATE/current"
  fi
  if [ -d "$RUN/secrets.$1" ]; then
    rm -f "$RUN/secrets.new"
    ln -s "secrets.$1" "$RUN/secrets.new"
    mv -fT "$RUN/secrets.new" "$RUN/secrets"
  else
    rm -f "$RUN/secrets"
  fi
}

put_link() {
  make_folder "$(dirname "$1")"
  rm -f "$ROOT$1.croft-new"
  ln -s "$ROOT$2" "$ROOT$1.croft-new"
  mv -fT "$ROOT$1.croft-new" "$ROOT$1"
}

# Moves away what stands where a new file goes, once; what was looked at is noted, for the way back.
save_original() {
  if ! exists "$STATE/originals$1" && exists "$ROOT$1"; then
    if [ ! -d "$STATE/originals" ]; then (umask 077 && mkdir "$STATE/originals"); fi
    mkdir -p "$(dirname "$STATE/originals$1")"
    mv -T "$ROOT$1" "$STATE/originals$1"
  fi
  note_once "$(control "$number")/saved" "$1"
}

# The inverse: what stands there is ours only if the switch came as far as `save`.
unsave() {
  if ! grep -qxF -e "$1" "$(control "$number")/saved" 2>/dev/null; then return 0; fi
  if exists "$STATE/originals$1"; then restore_original "$1"; else rm -f "$ROOT$1"; drop_folders "$(dirname "$1")"; fi
}

restore_original() {
  if ! exists "$STATE/originals$1"; then return 0; fi
  mv -fT "$STATE/originals$1" "$ROOT$1"
  # Empty folders of what was kept go as well.
  (cd "$STATE/originals" && rmdir -p ".$(dirname "$1")" 2>/dev/null) || :
}

make_directories() {
  if ! embedded; then systemd-tmpfiles --create "$1"; return; fi
  # d "/srv/a path" 0750 owner group -
  while IFS= read -r line; do
    path=$ROOT$(say "$line" | sed 's/^d "//; s/" [0-7]* [^ ]* [^ ]* -$//; s/%%/%/g; s/\\\(.\)/\1/g')
    mode=$(say "$line" | sed 's/.*" \([0-7]*\) [^ ]* [^ ]* -$/\1/')
    mkdir -p "$path"
    chmod "$mode" "$path"
  done <"$1"
}

# Whether a unit has to follow: always, or only when one of these secrets has another plaintext than before.
is_due() {
  [ -n "$1" ] || return 0
  for mount in $1; do
    cmp -s "$RUN/secrets.$number/$mount" "$RUN/secrets.$old/$mount" || return 0
  done
  return 1
}
