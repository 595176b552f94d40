/** During an upgrade of a provider, the bindings of both major versions have to give the same tree. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { InputError } from "../common/errors";
import { bindingsOf } from "../generator/bindings";
import { type ProviderUpgrade, sameMajor } from "../generator/providers";
import type { GeneratedFile } from "../generator/synth/tree";

const ANSWER = z.object({ version: z.string(), files: z.array(z.tuple([z.string(), z.string()])) });

/** @throws InputError that names the files which differ */
export function requireSameTree(
  { provider, from, to, otherBindings }: ProviderUpgrade,
  files: readonly GeneratedFile[],
): void {
  const place = `main.ts: upgrade of provider ${provider}`;
  if (!isInstalled(otherBindings)) {
    throw new InputError(place, [
      `otherBindings: got ${otherBindings}, which is not installed; allowed: a package with bindings of the other major version; ` +
        `run: npm install --save-dev ${otherBindings}@npm:@cdktf/provider-${provider}@<version>`,
    ]);
  }
  const program = path.join(__dirname, "print-other-tree.cjs");
  const child = spawnSync(process.execPath, [program, provider, otherBindings], {
    encoding: "utf8",
    maxBuffer: 2 ** 30,
  });
  if (child.status !== 0) throw new InputError(`${place}, with ${otherBindings}`, [child.stderr.trim()]);
  const other = ANSWER.parse(JSON.parse(child.stdout));
  const own = bindingsOf(provider);
  const isPair = [from, to].every((end) => [own, other].some(({ version }) => sameMajor(version, end)));
  if (!isPair) {
    throw new InputError(place, [
      `otherBindings: got ${otherBindings} of version ${other.version} beside ${own.version}; allowed: the major versions of ${from} and ${to}`,
    ]);
  }
  const contents = new Map(other.files);
  const different = files.filter((file) => contents.get(file.path) !== file.content).map((file) => file.path);
  const missing = other.files.map(([file]) => file).filter((file) => !files.some((one) => one.path === file));
  if (different.length + missing.length === 0) return;
  throw new InputError(place, [
    `got another tree with ${otherBindings} of version ${other.version}: ${[...different, ...missing].join(", ")}; ` +
      `allowed: the same tree; set only arguments that ${from} and ${to} have alike`,
  ]);
}

function isInstalled(name: string): boolean {
  return existsSync(path.resolve("node_modules", name, "package.json"));
}
