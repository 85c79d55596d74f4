import { CroftError, nameHint } from "@croft/evaluator";

/** Each host with the selected hosts that it waits for. */
export type Order = ReadonlyMap<string, readonly string[]>;

/** What is wrong with the place of one host in an order, if anything: `unknown-host` or `order-cycle`. */
export function orderProblem(order: Order, host: string, known: readonly string[]): CroftError | undefined {
  const stranger = order.get(host)?.find((name) => !known.includes(name));
  if (stranger !== undefined) {
    return new CroftError(
      "unknown-host",
      `host \`${host}\` waits for host \`${stranger}\`, which does not exist`,
      {
        hint: nameHint(stranger, known),
      },
    );
  }
  const cycle = findCycle(order, [host]);
  if (cycle === undefined) return undefined;
  return new CroftError(
    "order-cycle",
    `hosts wait for each other: ${cycle.map((name) => `\`${name}\``).join(" → ")}`,
    {
      hint: "take one name out of one of their `deploy.after`",
    },
  );
}

function findCycle(order: Order, path: readonly string[]): readonly string[] | undefined {
  for (const next of order.get(path.at(-1) ?? "") ?? []) {
    const start = path.indexOf(next);
    if (start !== -1) return [...path.slice(start), next];
    const found = findCycle(order, [...path, next]);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Does work for all hosts of an order without cycles at once, each after those that it waits for; a host learns how those ended. */
export async function inOrder<T>(
  order: Order,
  work: (host: string, before: ReadonlyMap<string, T>) => Promise<T>,
): Promise<readonly T[]> {
  const running = new Map<string, Promise<T>>();
  const run = (host: string): Promise<T> => {
    const known = running.get(host);
    if (known !== undefined) return known;
    const waits = (order.get(host) ?? []).filter((name) => order.has(name));
    const result = Promise.all(waits.map(async (name): Promise<[string, T]> => [name, await run(name)])).then(
      (ends) => work(host, new Map(ends)),
    );
    running.set(host, result);
    return result;
  };
  return Promise.all([...order.keys()].map(run));
}
