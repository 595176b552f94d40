/** Files of a module's folder that Terraform reads when it runs, such as a Helm chart. */
import { existsSync, readFileSync } from "node:fs";
import { InputError } from "../../common/errors";
import { mistake } from "../expression/source";
import { isReadByTerraform } from "../synth/foreign-files";
import type { GeneratedFile } from "../synth/tree";
import { moduleFolder } from "./folder";
import type { Specification } from "./specification";

/** A path in a subfolder, without hidden files and without `..`. */
const CARRIED = /^[a-z0-9][\w-]*(?:\/[\w-][\w.-]*)+$/i;

/** @param place the module, for messages */
export function refusePaths(place: string, files: readonly string[]): void {
  const wrong = files.find((file) => !CARRIED.test(file) || isReadByTerraform(file.split("/").at(-1) ?? ""));
  if (wrong === undefined) return;
  throw mistake(
    `files: got ${JSON.stringify(wrong)}; allowed: files in a subfolder that are no Terraform, such as chart/Chart.yaml`,
    place,
  );
}

/** The files as they are in the source. @throws InputError if one of them is missing */
export function carriedFiles(specification: Specification): GeneratedFile[] {
  const folder = moduleFolder(specification);
  const { files = [] } = specification;
  const missing = files.filter((file) => !existsSync(`${folder}/${file}`));
  if (missing.length > 0) {
    throw new InputError(folder, [`files: got ${missing.join(", ")}; allowed: files that are in the folder`]);
  }
  return files.map((file) => ({ path: `${folder}/${file}`, content: readFileSync(`${folder}/${file}`, "utf8") }));
}
