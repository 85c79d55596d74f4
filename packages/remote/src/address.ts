import { CroftError } from "@croft/evaluator";

/** Where the OpenSSH client connects to; what is left out comes from the user's `~/.ssh/config`. */
export interface Address {
  readonly user?: string;
  readonly host: string;
  readonly port?: number;
}

const form =
  /^(?:(?<user>[a-z_][a-z0-9_-]*\$?)@)?(?:\[(?<v6>[0-9a-fA-F:.]+(?:%[\w.-]+)?)\]|(?<host>[A-Za-z0-9_.-]+))(?::(?<port>\d{1,5}))?$/;

/** Reads `user@host`, `user@host:port` or `user@[2001:db8::1]:port`; anything else is a `CroftError`. */
export function parseAddress(text: string): Address {
  const groups = form.exec(text)?.groups;
  const host = groups?.["v6"] ?? groups?.["host"];
  const port = groups?.["port"] === undefined ? undefined : Number(groups["port"]);
  if (
    groups === undefined ||
    host === undefined ||
    host.startsWith("-") ||
    (port !== undefined && (port < 1 || port > 65_535))
  ) {
    throw new CroftError("address-malformed", `\`${text}\` is no address of a machine`, {
      hint: "write `user@host`, `user@host:port`, or `user@[2001:db8::1]:port`",
    });
  }
  const user = groups["user"];
  return { host, ...(user === undefined ? {} : { user }), ...(port === undefined ? {} : { port }) };
}

/** The address as people write it. */
export function showAddress({ user, host, port }: Address): string {
  const named = host.includes(":") ? `[${host}]` : host;
  return `${user === undefined ? "" : `${user}@`}${named}${port === undefined ? "" : `:${port}`}`;
}

/** What a person types to try the address by hand. */
export function sshCommand({ port, ...address }: Address): string {
  return [
    "ssh",
    ...(port === undefined ? [] : ["-p", port]),
    showAddress(address).replace(/[[\]]/g, ""),
  ].join(" ");
}
