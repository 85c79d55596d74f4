# What an embedded host has for systemctl(1), as far as Croft's script asks for it. Looks are answered from the
# supervisor's state files, so that a deploy with nothing to do starts no program of ours.
set -eu
verb=$1; shift

# The process that was the supervisor may be gone, and its number be another's by now.
supervisor_lives() {
  read -r pid started 2>/dev/null <"$CROFT_RUN/supervisor" || return 1
  read -r stat 2>/dev/null <"/proc/$pid/stat" || return 1
  # shellcheck disable=SC2086 # fields are split on purpose
  set -- ${stat##*) }
  [ "${20}" = "$started" ] && [ "$1" != Z ]
}

state_of() {
  if supervisor_lives && [ -f "$CROFT_RUN/units/$1" ]; then cat "$CROFT_RUN/units/$1"
  else printf 'ActiveState=inactive\nSubState=dead\nNRestarts=0\n'
  fi
}

case $verb in
  daemon-reload | reset-failed) ;;
  is-active) for unit in "$@"; do state_of "$unit" | sed -n 's/^ActiveState=//p'; done ;;
  show) for unit in "$@"; do :; done; state_of "$unit" ;;
  stop | try-restart) if supervisor_lives; then "$CROFT_NODE" "$CROFT_CONTROL" "$CROFT_ROOT" "$CROFT_RUN" "$verb" "$@"; fi ;;
  *) "$CROFT_NODE" "$CROFT_CONTROL" "$CROFT_ROOT" "$CROFT_RUN" "$verb" "$@" ;;
esac
