# ---- stage: bring what is missing, and check it

# receive N: standard input is a tar of this script, the orders and those contents that the device lacks.
# It becomes generation N, complete and checked; nothing that runs is touched.
receive() {
  number=$1
  mkdir -p "$STATE/generations"
  lock
  incoming=$STATE/generations/incoming
  trap 'rm -rf "$incoming"' EXIT
  rm -rf "$incoming"
  mkdir -m 0700 "$incoming"
  tar -xf - -C "$incoming"
  stage_generation "$number"
  trap - EXIT
}

stage_generation() {
  now=$(current)
  # What the device has already is copied, not linked: an edit through one generation must not reach another.
  while IFS=$TAB read -r path from; do
    mkdir -p "$(dirname "$incoming/$path")"
    cp "$STATE/generations/$from" "$incoming/$path"
  done <"$incoming/.croft/reused"
  (cd "$incoming" && sha256sum --quiet --strict -c .croft/contents) >&2 || fail "staged files do not have the wanted content"
  if [ ! -e "$incoming/.croft/secrets/state" ]; then keep_secrets; fi
  # Whatever a file's mode was, in an earlier generation too: nobody reads it until the orders say who may.
  find "$incoming" -type f -exec chmod 0600 {} +
  chmod 0700 "$incoming/.croft"
  chmod 0755 "$incoming"
  cp "$incoming/.croft/croft.sh" "$STATE/croft.sh.new"
  mv -f "$STATE/croft.sh.new" "$STATE/croft.sh"
  rm -f "$incoming/.croft/croft.sh"
  [ ! -e "$STATE/generations/$1" ] || fail "generation $1 is there already: another deploy came between"
  # A story of that number may be left of a state that is gone.
  rm -rf "$(story "$1")"
  mv "$incoming" "$STATE/generations/$1"
  sync -f "$STATE" 2>/dev/null || :
}

# The secrets of the current generation, for a new one that brings none.
keep_secrets() {
  mkdir "$incoming/.croft/secrets"
  if [ -n "$now" ]; then cp -R "$(control "$now")/secrets/." "$incoming/.croft/secrets"; return; fi
  echo "secrets -" >"$incoming/.croft/secrets/state"
  : >"$incoming/.croft/secrets/mounts"
}
