/**
 * Reads the schema of a provider from the package of its bindings, for the tool that generates the table of types: the
 * provider itself may not be installed.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { type Schemas, type TypeTable, typeTable } from "./schema";

type Block = Schemas["provider_schemas"][string]["resource_schemas"][string]["block"];

/** The types of both providers of clusters. Only their names say what they hold. @param project folder of package.json */
export function tableOfClusters(project: string): TypeTable {
  const packages = ["provider-helm", "provider-kubernetes"].map((name) =>
    path.join(project, "node_modules/@cdktf", name),
  );
  return Object.assign({}, ...packages.map((folder) => typeTable(schemaOfBindings(folder), () => undefined)));
}

/** @param folder of the package: `node_modules/@cdktf/provider-helm` */
function schemaOfBindings(folder: string): Schemas {
  const library = path.join(folder, "lib");
  const types = readdirSync(library, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith("data-") && entry.name !== "provider")
    .map(({ name }) => typeIn(path.join(library, name)));
  return { provider_schemas: { [path.basename(folder)]: { resource_schemas: Object.fromEntries(types) } } };
}

function typeIn(folder: string): [type: string, schema: { block: Block }] {
  const code = sourceIn(folder);
  const [, type = ""] = /\.tfResourceType = "(\w+)"/.exec(code) ?? [];
  const structs = new Map(
    Array.from(
      code.matchAll(/^function (\w+ToHclTerraform)\(struct\) \{$([\s\S]*?)^\}$/gm),
      ([, name = "", body = ""]) => [name, body],
    ),
  );
  const [, own = ""] = /^ {4}synthesizeHclAttributes\(\) \{$([\s\S]*?)^ {4}\}$/m.exec(code) ?? [];
  return [type, { block: blockIn(own, structs) }];
}

/** Nested blocks have functions of their own. Those of blocks that contain themselves are not followed again. */
function blockIn(code: string, structs: ReadonlyMap<string, string>, outer: readonly string[] = []): Block {
  const block: Block = { attributes: {}, block_types: {} };
  for (const [, name = "", value = ""] of code.matchAll(ATTRIBUTE)) {
    const struct = /\w+ToHclTerraform\b/.exec(value.replaceAll(/cdktf\.\w+/g, ""))?.[0];
    const body = struct === undefined ? undefined : structs.get(struct);
    if (struct === undefined || body === undefined) block.attributes[name] = { optional: true };
    else if (!outer.includes(struct)) block.block_types[name] = { block: blockIn(body, structs, [...outer, struct]) };
  }
  return block;
}

const ATTRIBUTE = /^ +(\w+): \{\n +value: (.+),\n +isBlock: /gm;

/** The code of the resource and of its blocks, without the source maps. */
function sourceIn(folder: string): string {
  const structs = path.join(folder, "index-structs");
  const files = [
    path.join(folder, "index.js"),
    ...(existsSync(structs) ? readdirSync(structs).map((name) => path.join(structs, name)) : []),
  ];
  return files
    .filter((file) => file.endsWith(".js"))
    .map((file) => readFileSync(file, "utf8").replace(/^\/\/# sourceMappingURL.*/m, ""))
    .join("\n");
}
