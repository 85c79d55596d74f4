// Runs inside the lab's network: what connects to a mirror's address there is handed on to a Unix socket, whose
// other end is outside. Arguments: for each mirror, `address:port=socket`; sockets are relative to the lab's folder.
import { createConnection, createServer } from "node:net";
import { joinStreams } from "./relay-streams.ts";

for (const route of process.argv.slice(2)) {
  const [, address, port, socket = ""] = /^([\d.]+):(\d+)=(.+)$/.exec(route) ?? [];
  createServer({ allowHalfOpen: true }, (host) => {
    joinStreams(host, createConnection({ path: socket, allowHalfOpen: true }));
  }).listen(Number(port), address);
}
