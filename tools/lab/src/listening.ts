import { readFileSync } from "node:fs";

// The tables below /proc/<pid>/net are those of the process' own network namespace: they tell whether a host is
// ready without sending it anything. Asking by ssh too early costs seconds of repeated ARP and SYN packets.

/** Whether anything listens on a TCP port in the network of process `pid`. */
export function isListening(pid: number, port: number): boolean {
  const local = `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  return [...lines(pid, "tcp"), ...lines(pid, "tcp6")].some((line) => {
    const [, own = "", , state] = line.trim().split(/\s+/);
    return own.endsWith(local) && state === "0A"; // TCP_LISTEN
  });
}

/** Whether an address is one of those that the network of process `pid` has. */
export function hasAddress(pid: number, address: string): boolean {
  return lines(pid, "fib_trie").some((line) => line.trim().endsWith(`|-- ${address}`));
}

function lines(pid: number, table: string): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/net/${table}`, "utf8").split("\n");
  } catch {
    return []; // It ended.
  }
}
