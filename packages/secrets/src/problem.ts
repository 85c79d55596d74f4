import { CroftError, nameHint } from "@croft/evaluator";

// Everything that this package can refuse, worded in one place.

/** Names that would leave the store, or that a shell or a file system would trip over. */
export const badName = (kind: string, name: string): CroftError =>
  new CroftError("bad-secret-name", `${kind} has the name ${JSON.stringify(name)}, which cannot be a path`, {
    hint: "use letters, digits and `._@+=,-`, beginning with a letter or a digit, in parts separated by `/`",
  });

export const noMethod = (secret: string): CroftError =>
  new CroftError("secret-method", `secret \`${secret}\` has no method`, {
    hint: "give it `random` or `template`",
  });

export const bothMethods = (secret: string): CroftError =>
  new CroftError("secret-method", `secret \`${secret}\` has two methods, \`random\` and \`template\``, {
    hint: "keep one of them",
  });

export const badLength = (secret: string, length: number): CroftError =>
  new CroftError("secret-length", `secret \`${secret}\` has a length of ${length}`, {
    hint: "a length is a whole number from 1 to 4096",
  });

export const noCharacters = (secret: string): CroftError =>
  new CroftError("secret-characters", `secret \`${secret}\` has no characters to draw from`, {
    hint: "switch on `lowercase`, `uppercase`, `numbers` or `special`",
  });

export const drawChanged = (secret: string, draw: string, kept: string, wanted: string): CroftError =>
  new CroftError(
    "draw-changed",
    `draw \`${draw}\` of secret \`${secret}\` is ${kept}, but ${wanted} are wanted`,
    {
      hint: `\`npx croft secrets update --rotate ${secret}\` draws it anew, or undo the change`,
    },
  );

export const drawRepeated = (secret: string, draw: string): CroftError =>
  new CroftError("draw-repeated", `secret \`${secret}\` makes the draw \`${draw}\` twice`, {
    hint: 'give each its own name, such as `draw=(fmt "salt/%s" @key)`',
  });

export const drawUnspellable = (secret: string, draw: string): CroftError =>
  new CroftError(
    "ledger-unreadable",
    `draw \`${draw}\` of secret \`${secret}\` holds bytes that were never drawn`,
    {
      hint: `restore the ledger from git, or \`npx croft secrets update --rotate ${secret}\``,
    },
  );

export const badLedger = (secret: string, file: string, detail: string): CroftError =>
  new CroftError("ledger-unreadable", `ledger of secret \`${secret}\` cannot be read: ${detail}`, {
    at: [file],
    hint: "restore the file; a ledger that cannot be read is never taken for an empty one",
  });

export const ledgerLost = (secret: string, value: string, ledger: string): CroftError =>
  new CroftError("ledger-missing", `secret \`${secret}\` has a value but no ledger`, {
    at: [value],
    hint: `restore \`${ledger}\`, or delete the value to have the secret made anew`,
  });

export const unknownRead = (secret: string, read: string, names: Iterable<string>): CroftError =>
  new CroftError("unknown-secret", `secret \`${secret}\` reads secret \`${read}\`, which does not exist`, {
    hint: nameHint(read, names),
  });

export const failedRead = (secret: string, read: string): CroftError =>
  new CroftError("secret-read-failed", `secret \`${secret}\` reads secret \`${read}\`, which failed`);

export const cycle = (chain: readonly string[]): CroftError =>
  new CroftError(
    "secret-cycle",
    chain.length === 2
      ? `secret \`${chain[0]}\` reads itself`
      : `secrets read one another in a circle: ${chain.map((name) => `\`${name}\``).join(" → ")}`,
  );

export const replayDiffers = (secret: string): CroftError =>
  new CroftError(
    "ledger-unreadable",
    `ledger of secret \`${secret}\` does not give the value that it describes`,
    {
      hint: `restore the ledger, or \`npx croft secrets update --rotate ${secret}\``,
    },
  );

export const unknownMounted = (mount: string, secret: string, names: Iterable<string>): CroftError =>
  new CroftError("unknown-secret", `mount \`${mount}\` is of secret \`${secret}\`, which does not exist`, {
    hint: nameHint(secret, names),
  });

export const unknownHost = (mount: string, host: string, names: Iterable<string>): CroftError =>
  new CroftError("unknown-host", `mount \`${mount}\` is on host \`${host}\`, which does not exist`, {
    hint: nameHint(host, names),
  });

export const noHostRecipient = (host: string, file: string): CroftError =>
  new CroftError("recipient-missing", `host \`${host}\` has no public key to encrypt secrets to`, {
    at: [file],
    hint: `\`npx croft host add ${host} <user@address>\` reads it from the host`,
  });

/** The text is not shown: a private key may have been put there by mistake. */
export const badRecipient = (source: string): CroftError =>
  new CroftError("recipient-format", "this is no public key that secrets can be encrypted to", {
    at: [source],
    hint: "it is `age1…` from `age-keygen`, or `ssh-ed25519 …`",
  });

export const unknownRotated = (secret: string, names: Iterable<string>): CroftError =>
  new CroftError("unknown-secret", `secret \`${secret}\` does not exist`, { hint: nameHint(secret, names) });

export const unknownValue = (secret: string, file: string, hint: string): CroftError =>
  new CroftError("value-missing", `the store has no value of secret \`${secret}\``, { at: [file], hint });

export const missingValue = (secret: string, file: string): CroftError =>
  new CroftError("value-missing", `secret \`${secret}\` has no value yet`, {
    at: [file],
    hint: "`npx nx secrets` makes it",
  });

export const notAddressed = (secret: string, host: string, file: string): CroftError =>
  new CroftError("value-stale", `secret \`${secret}\` is not encrypted to host \`${host}\``, {
    at: [file],
    hint: "`npx nx secrets` brings it up to date",
  });

export const unreadableValue = (secret: string, file: string, reader: string): CroftError =>
  new CroftError("value-unreadable", `secret \`${secret}\` cannot be decrypted by ${reader}`, {
    at: [file],
    hint: "`npx nx secrets` encrypts it anew",
  });

export const missingIdentity = (owners: string, file: string): CroftError =>
  new CroftError("identity-missing", "the owner's identity was not found", {
    at: [`${owners} (the store has an owner already, so no new identity is made)`],
    hint: `put it into \`${file}\`, or set \`CROFT_IDENTITY\` to its file, or to \`-\` for standard input`,
  });

export const wrongIdentity = (source: string, owners: string): CroftError =>
  new CroftError("identity-wrong", `the identity in ${source} is not an owner of this store`, {
    at: [owners],
    hint: "set `CROFT_IDENTITY` to the file that holds an owner's identity",
  });

export const namedIdentityUnreadable = (file: string): CroftError =>
  new CroftError("identity-missing", `\`CROFT_IDENTITY\` names \`${file}\`, which cannot be read`, {
    hint: "correct the path, or unset it",
  });

export const userIdentityUnreadable = (file: string): CroftError =>
  new CroftError("identity-missing", `the identity file \`${file}\` cannot be read`, {
    hint: "it must be a file that you may read",
  });

export const badIdentity = (source: string): CroftError =>
  new CroftError("identity-format", `${source} holds no identity`, {
    hint: "an identity is `AGE-SECRET-KEY-1…` from `age-keygen`, or an OpenSSH ed25519 key without passphrase",
  });

export const ownersLost = (owners: string): CroftError =>
  new CroftError("owners-missing", "the store holds secrets but names no owner", {
    at: [owners],
    hint: "restore the file, for instance with `git checkout`",
  });

export const embeddedOwnerLost = (file: string, folder: string): CroftError =>
  new CroftError("identity-missing", "the owner's identity of the embedded store was not found", {
    at: [file],
    hint: `delete \`${folder}\` to begin it anew, with new secrets`,
  });

export const locked = (file: string, holder: string): CroftError =>
  new CroftError("store-locked", `another process (${holder}) is updating the store`, {
    at: [file],
    hint: "wait for it; if no such process of Croft is running, delete the file",
  });

/** The system's own words, such as `ENOSPC: no space left on device`; they name no content. */
export const storeFailed = (store: string, problem: Error): CroftError =>
  new CroftError("store-failed", `the store \`${store}\` cannot be brought up to date: ${problem.message}`, {
    hint: "what stands in it is whole; put right what is wrong and run it again",
    cause: problem,
  });

export const outdatedSecret = (name: string): CroftError =>
  new CroftError("secret-outdated", `secret \`${name}\` is older than its specification`, {
    hint: "run `npx nx secrets`",
  });
