# ---- observe: one read-only look

# observe HASH SECRETS: one line when the device is as wanted, and all that a plan needs otherwise.
# Standard input holds `path`, `package` lines: what the wanted generation cares about.
observe() {
  say "croft 1"
  if [ "$(id -u)" != 0 ] && ! embedded; then say "not-root"; return 0; fi
  command -v systemctl >/dev/null || embedded || { say "no-systemd"; return 0; }
  now=$(current)
  if [ -n "$now" ] && [ ! -e "$STATE/pending" ] && is_as_wanted "$1" "$2"; then
    say "equal$TAB$now"
    return 0
  fi
  if [ -e "$STATE/pending" ]; then
    if is_locked; then say "busy"; return 0; fi
    say "pending$TAB$(cat "$STATE/pending")"
  fi
  if [ -n "$now" ]; then
    say "generation$TAB$now"
    while read -r key value; do say "$key$TAB$value"; done <"$(control "$now")/secrets/state"
    say "description$TAB$(base64 -w0 "$STATE/generations/$now/generation.json")"
    say "contents$TAB$(base64 -w0 "$(control "$now")/contents")"
    while IFS= read -r path; do observe_path "$path"; done <"$(control "$now")/paths"
    observe_units "$(control "$now")/running"
    secrets_in_place "$now" || say "secrets-missing"
  fi
  say "latest$TAB$(latest)"
  while IFS=$TAB read -r kind name; do
    case $kind in
      path) observe_path "$name" ;;
      package) observe_package "$name" ;;
    esac
  done
  if [ -f "$STATE/packages" ]; then while read -r name; do say "installed-by-croft$TAB$name"; done <"$STATE/packages"; fi
  say "room$TAB$(df -Pk "$(nearest_folder "$STATE")" | awk 'NR == 2 { print $4 }')"
  say "end"
}

is_as_wanted() {
  state=$(control "$now")/state
  grep -qxF "hash $1" "$state" && secrets_in_place "$now" || return 1
  [ "$2" = - ] || grep -qxF "secrets $2" "$(control "$now")/secrets/state" || return 1
  [ -z "$(observe_units "$(control "$now")/running")" ]
}

# The units of a list that should be running and are not.
observe_units() {
  [ -s "$1" ] || return 0
  # shellcheck disable=SC2046 # names of units hold no spaces
  (set -f && manage is-active $(cat "$1") 2>/dev/null) | paste "$1" - | while IFS=$TAB read -r name state; do
    case $state in active | reloading) ;; *) say "not-running$TAB$name$TAB${state:-unknown}" ;; esac
  done
}

observe_path() {
  path=$ROOT$1
  kept=-
  if exists "$STATE/originals$1"; then kept=original; fi
  if [ -L "$path" ]; then target=$(readlink "$path"); say "path$TAB$1${TAB}link$TAB$kept$TAB${target#"$ROOT"}"
  elif [ -d "$path" ]; then say "path$TAB$1${TAB}directory$TAB$kept$TAB-"
  elif [ -f "$path" ]; then say "path$TAB$1${TAB}file$TAB$kept$TAB$(sha256sum <"$path" | cut -c1-64)"
  elif [ -e "$path" ]; then say "path$TAB$1${TAB}other$TAB$kept$TAB-"
  elif [ "$kept" = original ]; then say "path$TAB$1${TAB}absent$TAB$kept$TAB-"
  fi
}

observe_package() {
  embedded && return 0
  case $(dpkg-query -W -f '${db:Status-Abbrev}' "$1" 2>/dev/null) in ii*) say "package$TAB$1" ;; esac
}

# The highest number that a generation has, current or not.
latest() {
  highest=0
  for folder in "$STATE"/generations/[0-9]*; do
    if [ -d "$folder" ] && [ "${folder##*/}" -gt "$highest" ]; then highest=${folder##*/}; fi
  done
  say "$highest"
}

nearest_folder() {
  folder=$1
  while [ ! -d "$folder" ]; do folder=$(dirname "$folder"); done
  say "$folder"
}
