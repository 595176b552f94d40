/** `groundplan vendor`: copies a module from elsewhere into the source, and declares its types. */
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Command } from "commander";
import { InputError } from "../common/errors";
import { copyFolder } from "../generator/module/vendored-copy";
import { isVendoredDeclaration, vendoredDeclaration } from "../generator/module/vendored-declaration";
import { fetchModule } from "../terraform";

export function add(program: Command): void {
  program
    .command("vendor")
    .description(
      "copy a module of a registry or Git repository into modules/, with a typed declaration of its variables",
    )
    .argument("<source>", "source of a module block: <namespace>/<name>/<provider>, or git::<address>, without ref")
    .argument("<version>", "exact version in the registry, or tag or commit in Git")
    .option("--name <name>", "folder in modules/; default: the last name in the source")
    .action(vendor);
}

async function vendor(source: string, version: string, { name = nameIn(source) }: { readonly name?: string }) {
  requireWord("version", version, /^[a-z0-9][\w.-]*$/i, "an exact version, a tag or a commit, without slashes");
  requireWord("name", name, /^[a-z][a-z0-9-]*$/, "lower-case letters, digits and hyphens; add --name");
  const declaration = path.join("modules", name, "index.ts");
  if (existsSync(declaration) && !isVendoredDeclaration(readFileSync(declaration, "utf8"))) {
    throw new InputError(declaration, [
      "got a module that this command did not write; allowed: another name; add --name",
    ]);
  }
  await fetchModule(source, version, ({ copy, folder, calls }) => {
    const library = existsSync("lib/index.ts") ? "../../lib" : "groundplan";
    const text = vendoredDeclaration(name, copy, { source, version, folder, calls }, library);
    rmSync(copyFolder(name), { recursive: true, force: true });
    mkdirSync(path.dirname(declaration), { recursive: true });
    cpSync(copy, copyFolder(name), { recursive: true });
    writeFileSync(declaration, text);
  });
  console.log(`${declaration}: declares ${source} ${version}; check the types of its outputs, then format the file`);
}

/** `sqs` of `terraform-aws-modules/sqs/aws`, `queue` of `git::https://example.com/queue.git`, `fifo` of `…//modules/fifo`. */
function nameIn(source: string): string {
  const [address = "", inner] = source.replace(/^git::[a-z+]+:\/\/|\?.*$/g, "").split("//");
  const parts = (inner ?? address).split(/[/:]/);
  const isRegistry = inner === undefined && !source.includes(":") && !address.startsWith("github.com/");
  return (parts.at(isRegistry ? -2 : -1) ?? "").replace(/\.git$/, "");
}

function requireWord(place: string, got: string, form: RegExp, allowed: string): void {
  if (!form.test(got)) throw new InputError(place, [`got "${got}"; allowed: ${allowed}`]);
}
