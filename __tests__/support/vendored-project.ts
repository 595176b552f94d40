/** A project with a module from a local Git repository, which calls a module of another repository. */
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";

const samples = path.resolve(__dirname, "../lib/generator/module/from-elsewhere");

/** Creates the repositories `queue` (tag `v1.2.0`) and `topic` (`v2.0.0`). @returns source of the module `queue` */
export function makeRepositories(folder: string): string {
  const topic = makeRepository(folder, "topic", "v2.0.0", (text) => text);
  return makeRepository(folder, "queue", "v1.2.0", (text) => text.replace("git::TOPIC", topic));
}

function makeRepository(folder: string, name: string, tag: string, change: (text: string) => string): string {
  const repository = path.join(folder, name);
  cpSync(path.join(samples, name), repository, { recursive: true });
  const main = path.join(repository, "main.tf");
  writeFileSync(main, change(readFileSync(main, "utf8")));
  const git = (...args: string[]) => execFileSync("git", ["-C", repository, ...args]);
  git("init", "--quiet");
  git("add", "--all");
  git("-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "--quiet", "--message=first");
  git("tag", tag);
  return `git::file://${repository}`;
}

/** Turns the folder into a project that uses the library of this repository. */
export function makeProject(folder: string): void {
  mkdirSync(path.join(folder, "lib"));
  const repository = path.resolve(__dirname, "../..");
  writeFileSync(path.join(folder, "lib/index.ts"), `export * from ${JSON.stringify(`${repository}/lib`)};\n`);
  writeFileSync(path.join(folder, "package.json"), JSON.stringify({ name: "shop", version: "0.0.0" }));
  symlinkSync(path.join(repository, "node_modules"), path.join(folder, "node_modules"));
  const options = { extends: `${repository}/tsconfig.json`, compilerOptions: { rootDir: "/" }, include: ["*.ts"] };
  writeFileSync(path.join(folder, "tsconfig.json"), JSON.stringify(options));
}
