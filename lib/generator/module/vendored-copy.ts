/** The copy of a module from elsewhere in the source: `modules/<name>/source`. */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { InputError } from "../../common/errors";
import { isReadByTerraform } from "../synth/foreign-files";

/** Folder of the copy, below the project. */
export function copyFolder(name: string): string {
  return `modules/${name}/source`;
}

/** Files of the copy, below its folder, in the order of their paths. @throws InputError for a file that synth does not convert */
export function filesOfCopy(folder: string): string[] {
  const names = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: "utf8" }) : [];
  const read = names
    .map((name) => name.split(path.sep).join("/"))
    .filter((name) => isReadByTerraform(path.basename(name)))
    .sort();
  const others = read.filter((name) => !name.endsWith(".tf") || /(?:^|[_/])override\.tf$/.test(name));
  if (others.length === 0) return read;
  throw new InputError(
    folder,
    others.map((name) => `got ${name}; allowed: *.tf, without override files`),
  );
}

/** SHA-256 of what `sha256sum --zero` prints of the files. */
export function checksumOf(folder: string, files: readonly string[]): string {
  const lines = files.map((file) => `${sha256Of(readFileSync(path.join(folder, file)))}  ${file}\0`);
  return sha256Of(lines.join(""));
}

function sha256Of(content: string | Buffer): string {
  return createHash("sha256").update(content).digest("hex");
}
