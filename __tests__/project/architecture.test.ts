/** The map in docs/architecture.md, and imports without circles. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const project = path.resolve(__dirname, "../..");
const page = readFileSync(path.join(project, "docs/architecture.md"), "utf8");

/** Folders that the tables of the map name, each in the first cell of a row. */
const named = [...page.matchAll(/^\| `([\w./-]+\/)` +\|/gm)].map(([, folder = ""]) => folder);

function foldersIn(folder: string): string[] {
  return readdirSync(path.join(project, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && holdsSource(path.join(folder, entry.name)))
    .map(({ name }) => `${folder}/${name}/`);
}

function holdsSource(folder: string): boolean {
  return readdirSync(path.join(project, folder), { recursive: true, encoding: "utf8" }).some((file) =>
    /\.(ts|mjs|cjs|grit)$/.test(file),
  );
}

test("the map lists exactly the folders of lib/ and .ci/, and those of generator, judgement and pipeline", () => {
  const folders = ["lib", "lib/generator", "lib/judgement", "lib/pipeline", ".ci"].flatMap(foldersIn);
  expect(named.filter((folder) => /^(lib|\.ci)\/./.test(folder)).sort()).toEqual(folders.sort());
  expect(named.filter((folder) => !existsSync(path.join(project, folder)))).toEqual([]);
});

const IMPORT = /(?:from|import\(|require\()\s*"(\.[^"]*)"/g;

const sources = [
  "main.ts",
  ...["lib", "modules", "environments", ".ci"].flatMap((folder) =>
    readdirSync(path.join(project, folder), { recursive: true, encoding: "utf8" }).map((file) =>
      path.join(folder, file),
    ),
  ),
].filter((file) => /\.(ts|mjs|cjs)$/.test(file));

function importsOf(file: string): string[] {
  const text = readFileSync(path.join(project, file), "utf8");
  return Array.from(text.matchAll(IMPORT), ([, imported = ""]) => path.join(path.dirname(file), imported)).flatMap(
    (target) => [target, `${target}.ts`, `${target}/index.ts`].find((one) => sources.includes(one)) ?? [],
  );
}

test("imports, including those of types, have no cycle", () => {
  const left = new Map(sources.map((file) => [file, importsOf(file)]));
  for (let ends: string[] = [""]; ends.length > 0; ) {
    ends = [...left].filter(([, imports]) => !imports.some((one) => left.has(one))).map(([file]) => file);
    for (const file of ends) left.delete(file);
  }
  expect([...left.keys()]).toEqual([]);
  expect(sources.length).toBeGreaterThan(300);
});
