/** Becomes root where the login is not, which a machine may allow with sudo. */
const elevate =
  'if [ "$(id -u)" = 0 ]; then exec sh -c "$0" croft.sh "$@"; else exec sudo -n sh -c "$0" croft.sh "$@"; fi';

/** The words that run a shell script as root: as it is for root's login, otherwise with a sudo that asks nothing. */
export const asRoot = (script: string, words: readonly string[] = []): readonly [string, ...string[]] => [
  "sh",
  "-c",
  elevate,
  script,
  ...words,
];
