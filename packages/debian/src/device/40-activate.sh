# ---- activate: prepare, switch, and switch back when that fails

# activate N: sees to it that generation N is being applied, and waits for the end of that. Asking twice is harmless.
activate() {
  outcome=$(story "$1")/outcome
  mkdir -p "$RUN"
  embedded || chmod 0711 "$RUN"
  if mkdir -m 0700 "$(story "$1")" 2>/dev/null; then detach "croft-apply-$1" apply "$1"; fi
  waited=0
  until [ -s "$outcome" ]; do
    sleep 0.1
    waited=$((waited + 1))
    if [ $((waited % 50)) = 0 ] && ! is_locked && [ ! -s "$outcome" ]; then
      say broken
      say "the activation of generation $1 ended without a word"
      return 0
    fi
  done
  cat "$outcome"
}

# Writes how it ended, whole or not at all.
conclude() {
  if [ ! -d "$(story "$1")" ]; then mkdir -p "$(story "$1")"; fi
  { say "$2"; cat "$(story "$1")/trouble"; } >"$(story "$1")/outcome.new"
  mv -f "$(story "$1")/outcome.new" "$(story "$1")/outcome"
}

# attempt FILE COMMAND…: runs a command of this script so that its first failure ends it, its output going to a file.
# Where a status is asked for (`if`, `||`), a shell would go on after failures instead.
attempt() {
  into=$1; shift
  set +e
  ( set -e; "$@" ) >>"$into" 2>&1
  status=$?
  set -e
}

# apply N: the whole switch. Up to `pending` nothing is touched but Debian packages.
apply() {
  number=$1
  orders=$(control "$number")
  trouble=$(story "$number")/trouble
  : >"$trouble"
  lock 30 2>>"$trouble" || { conclude "$number" failed; return 0; }
  # Leads a group of its own where `detach` started it, which is how an embedded host ends one that hangs.
  if embedded; then say $$ >"$(story "$number")/group"; fi
  if [ -e "$STATE/pending" ]; then
    say "an earlier deploy is neither confirmed nor undone" >>"$trouble"
    conclude "$number" broken
    return 0
  fi
  drop_policy
  old=$(current)
  old=${old:-0}
  attempt "$trouble" prepare
  if [ "$status" != 0 ]; then
    discard "$orders/orders"
    rm -rf "$RUN/secrets.$number" "$STATE/pending.new"
    conclude "$number" failed
    return 0
  fi
  attempt "$trouble" switch_generation
  if [ "$status" = 0 ]; then
    : >"$trouble"
    conclude "$number" activated
  else
    # The output of the way back must not hide why there had to be one.
    roll_back "$number" "$old"
    disarm "$number" limit
  fi
  rm -f "$(story "$number")/group"
}

switch_generation() {
  arm "$number" limit "$LIMIT"
  note_displaced "$orders/undo"
  carry_out "$orders/orders" "$number"
  arm "$number" confirm "$CONFIRM"
  disarm "$number" limit
}

# Up to `pending`, nothing of the state is touched: the base, packages, users, files in the way, room, secrets.
prepare() {
  read -r base <"$orders/base"
  [ "$old" = "$base" ] || fail "generation $old is current, the plan was made for $base"
  if [ -s "$orders/install" ]; then install_packages "$orders/install"; fi
  if [ -s "$orders/../sysusers.conf" ] && ! embedded; then systemd-sysusers "$orders/../sysusers.conf"; fi
  free_paths "$orders/orders"
  prepare_files "$orders/orders"
  open_secrets "$number"
  # From here on a device that is cut off knows the way back.
  say "$number $old" >"$STATE/pending.new"
  sync -f "$STATE" 2>/dev/null || :
  mv -f "$STATE/pending.new" "$STATE/pending"
}

# Files that came since the look, for instance with a package, are in the way as well.
free_paths() {
  while IFS=$TAB read -r order path _; do
    exists "$ROOT$path" || continue
    case $order in
      free) fail "in-the-way$TAB$path" ;;
      save) ! exists "$STATE/originals$path" || fail "in-the-way$TAB$path" ;;
    esac
  done <"$1"
}

# Everything that takes room is written beside its place first: a full disk is found before anything is switched.
prepare_files() {
  while IFS=$TAB read -r order path owner group mode source; do
    case $order in
      own) own "$STATE/$source" "$owner" "$group" "$mode" ;;
      put)
        make_folder "$(dirname "$path")"
        rm -f "$ROOT$path.croft-new"
        (umask 077 && cp "$STATE/$source" "$ROOT$path.croft-new")
        own "$ROOT$path.croft-new" "$owner" "$group" "$mode"
        ;;
    esac
  done <"$1"
}

# Removes what was prepared and not put into its place.
discard() {
  while IFS=$TAB read -r order path _; do
    if [ "$order" = put ]; then rm -f "$ROOT$path.croft-new"; drop_folders "$(dirname "$path")"; fi
  done <"$1"
}

own() {
  if ! embedded; then chown -h -- "$2:$3" "$1"; fi
  chmod -- "$4" "$1"
}

# Makes a folder and those above it, and remembers which are new.
make_folder() {
  if [ -d "$ROOT$1" ]; then return 0; fi
  make_folder "$(dirname "$1")"
  mkdir "$ROOT$1"
  note_once "$STATE/folders" "$1"
}

# Removes a folder that Croft made and that is empty now, and those above it.
drop_folders() {
  below=$1
  while [ "$below" != / ] && grep -qxF -e "$below" "$STATE/folders" 2>/dev/null && rmdir "$ROOT$below" 2>/dev/null; do
    forget_line "$STATE/folders" "$below"
    below=$(dirname "$below")
  done
}
