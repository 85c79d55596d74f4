import { CroftError } from "@croft/evaluator";
import { units } from "@croft/linux";
import { servicesOf } from "@croft/netsrv";
import { type Artifact, type BuildInput, defineArtifact, sha256 } from "@croft/plan";
import { bootUnits } from "./boot-units.ts";
import { accountFiles, type Built, declaredFiles, unitFiles } from "./entries.ts";
import { embedded, encodeGeneration, type Generation, generationFile, type MountEntry } from "./generation.ts";
import { programSource, unitEntry } from "./unit-entries.ts";

/** Builds the artifact of a Debian host: pure, so the same bytes on any machine. */
export async function buildDebian({ host, config, global, read, bundle }: BuildInput): Promise<Artifact> {
  const { linux, debian } = config;
  const mounts = mountsOf(host, global);
  const declared = units(linux);
  const readers = declared.filter(({ text }) => text.includes("/run/croft/secrets/")).map(({ name }) => name);
  const isEmbedded = debian.address === embedded;
  // An embedded host boots with its supervisor, and needs nothing that Debian packages.
  const all = isEmbedded ? declared : [...bootUnits(mounts, readers), ...declared];
  const needed = isEmbedded ? [] : neededPackages(declared.some(({ program }) => program !== undefined), mounts.length > 0);
  const programs = await Promise.all(
    declared.flatMap(({ name, program }) =>
      program === undefined ? [] : [bundle(program.file).then((content) => ({ path: programSource(name), content }))],
    ),
  );
  const built = [...declaredFiles(linux, read), ...unitFiles(all), ...accountFiles(linux)];
  const entries = sortedEntries(built);
  const hashes = new Map(programs.map(({ path, content }) => [path, sha256(content)]));
  const generation: Generation = {
    version: 1,
    host,
    address: debian.address,
    entries,
    units: all.map((unit) => unitEntry(unit, { entries, mounts, programs: hashes })),
    directories: Object.keys(linux.directories).length > 0,
    users: Object.keys(linux.users).toSorted(),
    packages: [...new Set([...linux.packages, ...needed])].toSorted(),
    mounts,
    ports: portsOf(host, global),
  };
  const description = { path: generationFile, content: new TextEncoder().encode(encodeGeneration(generation)) };
  const files = built.flatMap(({ file }) => (file === undefined ? [] : [file]));
  return defineArtifact(host, "debian", [description, ...files, ...programs]);
}

/** What our own mechanics need on a host. */
const neededPackages = (runsNode: boolean, hasSecrets: boolean): readonly string[] => [
  ...(runsNode ? ["nodejs"] : []),
  ...(hasSecrets ? ["age"] : []),
];

function sortedEntries(built: readonly Built[]): Generation["entries"] {
  const entries = built.map(({ entry }) => entry).toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const twice = entries.find(({ path }, index) => entries[index + 1]?.path === path);
  if (twice === undefined) return entries;
  throw new CroftError("file-twice", `\`${twice.path}\` is declared as a file, and made from another option too`, {
    hint: "leave it to `linux.services`, `linux.users` and their like",
  });
}

type Global = BuildInput["global"];

function mountsOf(host: string, global: Global): MountEntry[] {
  const mounts = global.secrets?.mounts ?? {};
  return Object.keys(mounts).toSorted().flatMap((name) => {
    const mount = mounts[name];
    if (mount === undefined || mount.host !== host) return [];
    const { owner, group, mode, restart, path } = mount;
    if (path !== `/run/croft/secrets/${name}`) {
      throw new CroftError("mount-path", `mount \`${name}\` lies at \`${path}\`, which this platform cannot serve`, {
        hint: `leave it at \`/run/croft/secrets/${name}\``,
      });
    }
    return [{ mount: name, owner, group, mode, restart: [...restart].toSorted() }];
  });
}

function portsOf(host: string, global: Global): Generation["ports"] {
  const services = servicesOf(global.netsrv);
  return Object.keys(services).toSorted().flatMap((name) => {
    const service = services[name];
    if (service === undefined || service.host !== host) return [];
    return Object.keys(service.ports).toSorted().flatMap((key) => {
      const port = service.ports[key];
      return port === undefined ? [] : [{ service: name, port: port.port, protocol: port.protocol }];
    });
  });
}
