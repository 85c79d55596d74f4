# ---- secrets: ciphertext on disk, plaintext in memory

# open_secrets N: decrypts the secrets of generation N into memory, beside those that are in use.
open_secrets() {
  from=$(control "$1")/secrets
  into=$RUN/secrets.$1
  if [ ! -s "$from/mounts" ]; then return 0; fi
  mkdir -p "$RUN"
  embedded || chmod 0711 "$RUN"
  case $(stat -f -c %T "$RUN") in tmpfs | ramfs) ;; *) fail "\`$RUN\` is not in memory: no secret is written there" ;; esac
  rm -rf "$into"
  (umask 077 && mkdir "$into")
  while IFS=$TAB read -r mount _; do (umask 066 && mkdir -p "$(dirname "$into/$mount")"); done <"$from/mounts"
  if [ -n "${CROFT_DECRYPT:-}" ]; then (umask 077 && sh "$CROFT_DECRYPT" "$from" "$into"); else decrypt_all; fi
  while IFS=$TAB read -r mount owner group mode; do own "$into/$mount" "$owner" "$group" "$mode"; done <"$from/mounts"
  chmod 0711 "$into"
}

decrypt_all() {
  while IFS=$TAB read -r mount _; do
    (umask 077 && age -d -i "$ETC_KEY" -o "$into/$mount" "$from/$mount.age") ||
      fail "secret \`$mount\` cannot be decrypted with the key of this host"
  done <"$from/mounts"
}

# Whether generation N's secrets lie where services look for them.
secrets_in_place() {
  if [ ! -s "$(control "$1")/secrets/mounts" ]; then return 0; fi
  [ -L "$RUN/secrets" ] && [ "$(readlink "$RUN/secrets")" = "secrets.$1" ] && [ -d "$RUN/secrets.$1" ]
}

# secrets: puts the secrets of the current generation in place, as after a boot.
secrets() {
  drop_policy
  number=$(current)
  if [ -z "$number" ] || secrets_in_place "$number"; then return 0; fi
  open_secrets "$number"
  switch_to "$number"
}
