# Opens the secrets of a generation of an embedded host: `decrypt.sh <from> <into>`.
exec "$CROFT_NODE" "$CROFT_DECRYPT_PROGRAM" "$CROFT_CLONE" "$CROFT_HOST" "$1" "$2"
