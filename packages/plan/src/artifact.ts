/** One file of an artifact. */
export interface ArtifactFile {
  /** Relative, with forward slashes, without `.` and `..`. */
  readonly path: string;
  readonly content: Uint8Array;
}

/** The pure result of building a host: a tree of files, the same bytes on any machine. */
export interface Artifact {
  readonly host: string;
  readonly platform: string;
  /** One hash over all files, in hexadecimal. */
  readonly hash: string;
  readonly files: readonly ArtifactFile[];
}

/** The content of one file of an artifact as text; a file that is not there is a defect of the caller. */
export function textOf(artifact: Artifact, path: string): string {
  const file = artifact.files.find((candidate) => candidate.path === path);
  if (file === undefined) throw new Error(`artifact of ${artifact.host} has no file ${path}`);
  return new TextDecoder().decode(file.content);
}
