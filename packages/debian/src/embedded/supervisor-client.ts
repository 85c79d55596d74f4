import { connect } from "node:net";
import { join } from "node:path";

/** Asks the supervisor of an embedded host to do something: `ok`, its complaint, or `undefined` where none runs. */
export function askSupervisor(run: string, verb: string, unit = ""): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect(join(run, "control"), () => socket.write(`${verb} ${unit}\n`));
    let answer = "";
    socket.setEncoding("utf8");
    socket.on("data", (text: string) => (answer += text));
    socket.on("end", () => resolve(answer.trim()));
    socket.on("error", () => resolve(undefined));
    socket.on("close", () => resolve(answer.trim() === "" ? undefined : answer.trim()));
  });
}
