// Runs outside the lab's network: what arrives at a Unix socket goes to that socket's mirror, and nowhere else.
// It finds mirrors and proxy by itself, so that a proxy's password is in no argument.
import { readAptSetup } from "./mirrors.ts";
import { listenForMirror } from "./relay-mirror.ts";
import { mirrorsOf } from "./relay.ts";

const setup = await readAptSetup();
const proxy = setup.proxy === undefined ? undefined : new URL(setup.proxy);
for (const { socket, origin } of mirrorsOf(setup)) listenForMirror(socket, new URL(origin), proxy);
