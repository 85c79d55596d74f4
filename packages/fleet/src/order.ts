import { CroftError, nameHint } from "@croft/evaluator";

/** Each host with the selected hosts that it waits for. */
export type Order = ReadonlyMap<string, readonly string[]>;

/**
 * Checks an order of hosts: every name exists, and none waits for itself in the end.
 *
 * @throws CroftError `unknown-host`, `order-cycle`
 */
export function checkOrder(order: Order, known: readonly string[]): void {
  for (const [host, waits] of order) {
    for (const name of waits) {
      if (known.includes(name)) continue;
      throw new CroftError("unknown-host", `host \`${host}\` waits for host \`${name}\`, which does not exist`, {
        hint: nameHint(name, known),
      });
    }
  }
  for (const host of order.keys()) {
    const cycle = findCycle(order, [host]);
    if (cycle === undefined) continue;
    throw new CroftError("order-cycle", `hosts wait for each other: ${cycle.map((name) => `\`${name}\``).join(" → ")}`, {
      hint: "take one name out of one of their `deploy.after`",
    });
  }
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

/** Does work for all hosts at once, each after those that it waits for; a host learns how those ended. */
export async function inOrder<T>(
  order: Order,
  work: (host: string, before: ReadonlyMap<string, T>) => Promise<T>,
): Promise<readonly T[]> {
  const running = new Map<string, Promise<T>>();
  const run = (host: string): Promise<T> => {
    const known = running.get(host);
    if (known !== undefined) return known;
    const waits = (order.get(host) ?? []).filter((name) => order.has(name));
    const result = Promise.all(waits.map(async (name): Promise<[string, T]> => [name, await run(name)])).then((ends) =>
      work(host, new Map(ends)),
    );
    running.set(host, result);
    return result;
  };
  return Promise.all([...order.keys()].map(run));
}
