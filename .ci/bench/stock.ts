/** The same program in the setup of CDKTF's templates: ts-node, and the root import of each provider. */
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";

/** Rewrites the imports of the TypeScript below a folder, and the options of the compiler for ts-node. */
export function arrangeAsStock(folder: string): void {
  const sources = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
  for (const file of sources) {
    const source = path.join(folder, file);
    writeFileSync(source, withRootImports(readFileSync(source, "utf8"), namespaceOf));
  }
  const file = path.join(folder, "tsconfig.json");
  writeFileSync(file, JSON.stringify(configurationForStock(readFileSync(file, "utf8"))));
}

const CONFIGURATION = z.object({ compilerOptions: z.record(z.string(), z.unknown()) });

/** Removes the options of TypeScript 7. They affect the speed of the check, not its result. */
export function configurationForStock(text: string) {
  const { checkers: _, singleThreaded: __, ...options } = CONFIGURATION.parse(JSON.parse(text)).compilerOptions;
  return { compilerOptions: { ...options, resolveJsonModule: true } };
}

/** ts-node without `npx`, which would add to its time. @param packages see {@link installStock} */
export function stockArguments(packages: string): string[] {
  const compiler = path.join(packages, "typescript");
  return [path.join(packages, "ts-node/dist/bin.js"), "--compiler", compiler, ".ci/bench/synth.ts"];
}

/** The TypeScript that CDKTF 0.21 is compiled with: ts-node needs the compiler's API, which TypeScript 7 lacks. */
const STOCK = { "ts-node": "10.9.2", typescript: "5.8.3" };

/** Installs ts-node and its compiler beside the project's own packages, which need neither. @returns folder of both */
export function installStock(project: string): string {
  const folder = path.join(project, "node_modules/.cache/stock");
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, "package.json"), JSON.stringify({ private: true, dependencies: STOCK }));
  execFileSync("npm", ["install", "--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: folder,
    stdio: ["ignore", "ignore", "inherit"],
  });
  return path.join(folder, "node_modules");
}

/** Namespace of a folder in the root of a provider package: `s3Bucket` for `s3-bucket`. */
type NamespaceOf = (provider: string, folder: string) => string;

const DEEP_IMPORT = /^import (?:type )?\{([^}]*)\} from "(@cdktf\/provider-[^/"]+)\/lib\/([^"]+)";$/gm;

/** `import { Vpc } from "…/lib/vpc"` becomes an import of `vpc` from the root, and `import Vpc = aws_vpc.Vpc`, line for line. */
export function withRootImports(source: string, namespace: NamespaceOf): string {
  return source.replace(DEEP_IMPORT, (_, names: string, provider: string, folder: string) => {
    const name = namespace(provider, folder);
    // Two providers can have a namespace of the same name.
    const local = `${provider.replace("@cdktf/provider-", "").replaceAll("-", "_")}_${name}`;
    const aliases = names
      .split(",")
      .map((imported) => imported.trim().replace(/^type /, ""))
      .filter((imported) => imported !== "")
      .map((imported) => imported.split(" as "))
      .map(([theirs = "", ours = theirs]) => `import ${ours} = ${local}.${theirs};`);
    return [`import { ${name} as ${local} } from "${provider}";`, ...aliases].join(" ");
  });
}

const declarations = new Map<string, string>();

function namespaceOf(provider: string, folder: string): string {
  const declared = declarations.get(provider) ?? readFileSync(path.join(folderOf(provider), "lib/index.d.ts"), "utf8");
  declarations.set(provider, declared);
  const name = declared
    .split("\n")
    .map((line) => /^export \* as (\w+) from '\.\/(.+)';$/.exec(line))
    .find((match) => match?.[2] === folder)?.[1];
  if (name === undefined) throw new Error(`${provider}: its root exports nothing from ${folder}`);
  return name;
}

function folderOf(provider: string): string {
  return path.dirname(require.resolve(`${provider}/package.json`));
}
