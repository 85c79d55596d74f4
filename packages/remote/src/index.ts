export * from "./address.ts";
export * from "./connection.ts";
export * from "./host-key.ts";
export * from "./local.ts";
export * from "./quote.ts";
export * from "./ssh.ts";
export * from "./ssh-problem.ts";
export * from "./known-hosts.ts";
