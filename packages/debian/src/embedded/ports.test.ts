import assert from "node:assert/strict";
import { createServer } from "node:net";
import { test } from "node:test";
import { wanted } from "../testing.ts";
import { checkPorts } from "./ports.ts";
import { freePort, testingHost, web } from "./testing.ts";

test("a port that another clone holds names that clone, and how to stop it", async (t) => {
  const [theirs, ours, port] = [await testingHost(t), await testingHost(t), await freePort()];
  for (const { ports } of [theirs, ours]) ports.push({ service: "web", port, protocol: "tcp" });
  await theirs.deploy(wanted({}, [web(port, "theirs")]));
  await assert.rejects(ours.deploy(wanted({}, [web(port, "ours")])), {
    message: [
      `port ${port} of this machine is held by host \`barn\` of the clone in \`${theirs.clone}\``,
      "  at service `web` of host `barn`",
      `  hint: stop that clone: cd '${theirs.clone}' && npx nx run-many -t stop`,
    ].join("\n"),
  });
});

test("a port that another host of this clone holds names that host alone", async (t) => {
  const port = await freePort();
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  t.after(() => server.close());
  const mill = { clone: "/srv/croft", host: "mill", ports: [port], folder: "" };
  const subject = { clone: "/srv/croft", host: "barn", running: [mill] };
  await assert.rejects(checkPorts([{ service: "web", port, protocol: "tcp" }], subject), {
    message: [
      `port ${port} of this machine is held by host \`mill\` of this clone`,
      "  at service `web` of host `barn`",
      "  hint: `npx croft stop mill` ends what it runs",
    ].join("\n"),
  });
  await checkPorts([{ service: "web", port, protocol: "tcp" }], { ...subject, host: "mill" });
});

test("a port that a foreign program holds names the program", async (t) => {
  const host = await testingHost(t);
  const server = createServer();
  const port = await new Promise<number>((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : 0);
    });
  });
  t.after(() => server.close());
  host.ports.push({ service: "web", port, protocol: "tcp" });
  await assert.rejects(host.deploy(wanted({}, [web(port, "ours")])), {
    message: new RegExp(
      `^port ${port} of this machine is held by \`.+\` \\(process ${process.pid}\\)\n  at service \`web\` of host \`barn\`\n  hint: end that program, or give the service another port$`,
    ),
  });
});
