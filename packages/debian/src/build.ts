import { CroftError } from "@croft/evaluator";
import { units } from "@croft/linux";
import { type Artifact, type BuildInput, defineArtifact, sha256 } from "@croft/plan";
import { bootUnits, recoverUnitName } from "./boot-units.ts";
import { accountFiles, type Built, declaredFiles, unitFiles } from "./entries.ts";
import { embedded, encodeGeneration, type Generation, generationFile } from "./generation.ts";
import { programSource, unitEntry } from "./unit-entries.ts";

/** Builds the artifact of a Debian host: pure, so the same bytes on any machine. */
export async function buildDebian({ host, config, read, bundle }: BuildInput): Promise<Artifact> {
  const { linux, debian } = config;
  const declared = units(linux);
  const isEmbedded = debian.address === embedded;
  // An embedded host boots with its supervisor, and needs nothing that Debian packages.
  const all = isEmbedded ? declared : [...bootUnits, ...declared];
  const programs = await Promise.all(
    declared.flatMap(({ name, program }) =>
      program === undefined
        ? []
        : [bundle(program.file).then((content) => ({ path: programSource(name), content }))],
    ),
  );
  const needed = isEmbedded ? [] : neededPackages(programs.length > 0);
  const built = [...declaredFiles(linux, read), ...unitFiles(all), ...accountFiles(linux)];
  const entries = sortedEntries(built);
  const hashes = new Map(programs.map(({ path, content }) => [path, sha256(content)]));
  const generation: Generation = {
    version: 1,
    host,
    address: debian.address,
    entries,
    units: all
      .filter(({ name }) => name !== recoverUnitName)
      .map((unit) => unitEntry(unit, { entries, programs: hashes })),
    directories: Object.keys(linux.directories).toSorted(),
    users: Object.keys(linux.users).toSorted(),
    packages: [...new Set([...linux.packages, ...needed])].toSorted(),
  };
  const description = {
    path: generationFile,
    content: new TextEncoder().encode(encodeGeneration(generation)),
  };
  const files = built.flatMap(({ file }) => (file === undefined ? [] : [file]));
  return defineArtifact(host, "debian", [description, ...files, ...programs]);
}

/** What our own mechanics need on a host. */
const neededPackages = (runsNode: boolean): readonly string[] => (runsNode ? ["age", "nodejs"] : ["age"]);

function sortedEntries(built: readonly Built[]): Generation["entries"] {
  const entries = built.map(({ entry }) => entry).toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const twice = entries.find(({ path }, index) => entries[index + 1]?.path === path);
  if (twice === undefined) return entries;
  throw new CroftError(
    "file-twice",
    `\`${twice.path}\` is declared as a file, and made from another option too`,
    {
      hint: "leave it to `linux.services`, `linux.users` and their like",
    },
  );
}
