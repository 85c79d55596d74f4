import type { Context } from "./context.ts";
import type { ConfigBody, GlobalBody, GuardedBody } from "./definition.ts";
import { contribute, contributeWhen, type Contribution } from "./definition.ts";
import { checkModules } from "./definition-check.ts";
import type { Interface } from "./interface.ts";
import type { Module } from "./module.ts";
import { CroftError } from "./problem.ts";
import type { Service } from "./service.ts";
import { callSite, type Site } from "./site.ts";

/** What a host file says of its platform: an interface with the platform's options, and its own definitions. */
export interface HostPlatform<out N> {
  /** The platform's name, such as `debian`. */
  readonly name: string;
  /** The interfaces that a host of this platform sees without `use`. */
  readonly uses: readonly Interface<N>[];
  /** What the host file's call of the platform defines, such as the address. */
  readonly contributions: readonly Contribution[];
  /** Where the OpenSSH client reaches the host; left out where it is not used. */
  readonly target?: string;
}

/** What a host is made of. `S` and `U` and `P` are the names of its services, interfaces and platform. */
export interface HostDeclaration<S, U, P> {
  readonly platform: HostPlatform<P>;
  /** What runs on this host. */
  readonly services: readonly Service<S>[];
  /** Interfaces whose options and globals the host file itself sets. */
  readonly uses?: readonly Interface<U>[];
}

/** A host whose definitions are being written. `N` names the modules that its file sees. */
export class Host<in out N> {
  declare readonly sees?: (names: N) => N;
  readonly name: string;
  readonly platform: HostPlatform<unknown>;
  readonly services: readonly Module[];
  readonly uses: readonly Module[];
  readonly contributions: readonly Contribution[];
  /** The call of `defineHost`. */
  readonly site: Site;

  constructor(host: HostParts) {
    this.name = host.name;
    this.platform = host.platform;
    this.services = host.services;
    this.uses = host.uses;
    this.contributions = host.contributions;
    this.site = host.site;
  }

  /** Sets options of this host. */
  config(body: ConfigBody<N>): Host<N> {
    return this.#with(contribute("config", body, callSite()));
  }

  /** Contributes to global options. */
  global(body: GlobalBody<N>): Host<N> {
    return this.#with(contribute("global", body, callSite()));
  }

  /** Definitions that count where the condition holds. */
  when(condition: (context: Context<N>) => boolean, guarded: GuardedBody<N>): Host<N> {
    return this.#with(contributeWhen(condition, guarded, callSite()));
  }

  #with(more: readonly Contribution[]): Host<N> {
    return new Host({ ...this, contributions: [...this.contributions, ...more] });
  }
}

/** A host whatever its file sees. */
// `any`, as what a file sees is invariant and of no matter to those who evaluate it.
// oxlint-disable-next-line no-explicit-any
export type AnyHost = Host<any>;

type HostParts = Pick<AnyHost, "name" | "platform" | "services" | "uses" | "contributions" | "site">;

const isPlatform = (value: unknown): boolean =>
  typeof value === "object" && value !== null && "uses" in value && "contributions" in value;

/** Declares a machine or a device; `name` is the name of its folder under `hosts/`. */
export function defineHost<S = never, U = never, P = never>(
  name: string,
  declaration: HostDeclaration<S, U, P>,
): Host<S | U | P> {
  const { platform, services, uses = [] } = declaration;
  const owner = `host \`${name}\``;
  checkModules(owner, "services", "service", services);
  checkModules(owner, "uses", "interface", uses);
  if (!isPlatform(platform)) {
    throw new CroftError("no-platform", `${owner} has no platform`, {
      hint: 'write `platform: debian({ address: "root@…" })`',
    });
  }
  return new Host({
    name,
    platform,
    services,
    uses,
    contributions: platform.contributions,
    site: callSite(),
  });
}
