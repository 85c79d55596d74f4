import { callSite, contribute, type HostPlatform } from "@croft/evaluator";
import { linux } from "@croft/linux";
import { deploy, type Deployable } from "@croft/plan";
import { embedded } from "./generation.ts";
import { debianInterface } from "./interface.ts";

/** The names of the modules that the file of a Debian host sees without `use`. */
type Seen = "debian" | "deploy" | "linux";

/** A machine with Debian and systemd, or, at the address `embedded`, a folder of this clone. */
export function debian({ address }: { readonly address: string }): HostPlatform<Seen> & Deployable {
  return {
    name: "debian",
    uses: [debianInterface, deploy, linux],
    contributions: contribute("config", { debian: { address } }, callSite()),
    ...(address === embedded ? {} : { target: address }),
    implementation: async () => (await import("./platform.ts")).debianPlatform,
  };
}
