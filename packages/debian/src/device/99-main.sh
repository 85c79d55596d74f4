main() {
  verb=$1; shift
  case $verb in
    observe) observe "$@" ;;
    receive) receive "$@" ;;
    activate) activate "$@" ;;
    apply) apply "$@" ;;
    confirm) confirm "$@" ;;
    commit) commit "$@" ;;
    undo) undo "$@" ;;
    uninstall) uninstall "$@" ;;
    recover) recover ;;
    secrets) secrets ;;
    *) fail "croft.sh: unknown verb $verb" ;;
  esac
}

if [ -z "${CROFT_LIBRARY:-}" ]; then main "$@"; fi
