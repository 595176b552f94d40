// Floor for a program on these bindings: loads CDKTF as it is, with the classes of all resources, and writes the same bytes. Synth
// loads less of CDKTF, and after the first run no classes of modules that it rendered before.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const require = createRequire(import.meta.url);
const [loaded, from, to] = process.argv.slice(2);
for (const file of JSON.parse(readFileSync(loaded, "utf8"))) require(file);
for (const entry of readdirSync(from, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile()) continue;
  const source = path.join(entry.parentPath, entry.name);
  const target = path.join(to, path.relative(from, source));
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, readFileSync(source));
}
