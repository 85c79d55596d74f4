/** One port of one service, as the fleet declares it. */
export interface Target {
  readonly service: string;
  readonly host: string;
  readonly title: string;
  /** The port's name, such as `http`. */
  readonly port: string;
  readonly protocol: "tcp" | "udp";
  readonly scheme?: string;
  readonly address: string;
  readonly number: number;
  readonly url?: string;
}

/** Reads `targets.json`; throws an error that names the first field that is wrong. */
export function parseTargets(json: string): readonly Target[] {
  const root = parse(json);
  const list = isRecord(root) ? root["targets"] : undefined;
  if (!Array.isArray(list)) throw new Error("`targets` is not a list");
  return list.map((entry: unknown, index) => targetOf(entry, `targets[${index}]`));
}

/** Tells targets apart, over every reading of the file. */
export function keyOf(target: Target): string {
  return JSON.stringify([
    target.host,
    target.service,
    target.port,
    target.protocol,
    target.address,
    target.number,
  ]);
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new Error("this is not JSON");
  }
}

function targetOf(entry: unknown, place: string): Target {
  if (!isRecord(entry)) throw new Error(`\`${place}\` is no target`);
  const { protocol, number } = entry;
  if (protocol !== "tcp" && protocol !== "udp")
    throw new Error(`\`${place}.protocol\` is neither tcp nor udp`);
  if (typeof number !== "number" || !Number.isInteger(number) || number < 1 || number > 65_535) {
    throw new Error(`\`${place}.number\` is no port`);
  }
  return {
    service: textAt(entry, "service", place),
    host: textAt(entry, "host", place),
    title: textAt(entry, "title", place),
    port: textAt(entry, "port", place),
    protocol,
    address: textAt(entry, "address", place),
    number,
    ...(entry["scheme"] === undefined ? {} : { scheme: textAt(entry, "scheme", place) }),
    ...(entry["url"] === undefined ? {} : { url: urlAt(entry, place) }),
  };
}

function textAt(entry: Readonly<Record<string, unknown>>, field: string, place: string): string {
  const value = entry[field];
  if (typeof value === "string" && value !== "") return value;
  throw new Error(`\`${place}.${field}\` is no text`);
}

function urlAt(entry: Readonly<Record<string, unknown>>, place: string): string {
  const text = textAt(entry, "url", place);
  if (URL.canParse(text)) return text;
  throw new Error(`\`${place}.url\` is no URL`);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
