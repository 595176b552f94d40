import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import fc from "fast-check";
import { z } from "zod";
import { defineModule, type Root, resource, resourceForEach } from "../../../../lib";
import { renderTree, synthesize } from "../../../../lib/generator/synth/synthesize";
import { jsonOf, newRoot } from "../support";

/** A module whose parts are defined in the given order, which must not affect the output. */
const bucketsIn = (order: readonly string[]) =>
  defineModule({
    name: "buckets",
    description: "Buckets.",
    inputs: {
      prefix: z.string().describe("Prefix."),
      more: z
        .record(z.string(), z.object({ days: z.int().optional() }))
        .default({})
        .describe("More buckets."),
    },
    outputs: { arns: z.record(z.string(), z.string()).describe("ARNs.") },
    example: { prefix: "orders" },
    build(scope, input) {
      const make: Readonly<Record<string, () => void>> = {
        logs: () => resource(scope, S3Bucket, "logs", { bucket: `${input.prefix}-logs`, tags: { a: "1", b: "2" } }),
        data: () => resource(scope, S3Bucket, "data", { forceDestroy: false, bucket: `${input.prefix}-data` }),
        more: () =>
          resourceForEach(scope, S3Bucket, "more", input.more, (_, key) => ({
            bucketPrefix: `${input.prefix}-${key}`,
          })),
      };
      for (const part of order) make[part]?.();
      return { arns: { prefix: input.prefix } };
    },
  });

const PARTS = ["logs", "data", "more"];
const ENVIRONMENTS = ["dev", "stage", "prod"];
const CALLS = ["one", "two", "three"];

function program(parts = PARTS, environments = ENVIRONMENTS, calls = CALLS): Root[] {
  const Buckets = bucketsIn(parts);
  return environments.map((environment) => {
    const root = newRoot({ path: `environments/shop/${environment}`, source: `environments/shop/${environment}.ts` });
    for (const call of calls) new Buckets(root, call, { prefix: call, more: { a: { days: 1 }, b: {} } });
    for (const call of calls)
      root.output(`${call}Arns`, new Buckets(root, `${call}_again`, { prefix: "x" }).arns, "ARNs.");
    return root;
  });
}

const folders: string[] = [];
function scratch(): string {
  const folder = mkdtempSync(path.join(tmpdir(), "groundplan-synthesize-"));
  folders.push(folder);
  return folder;
}
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** Every file below a folder with its content. */
function contents(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files
      .map((entry) => path.join(entry.parentPath, entry.name))
      .sort()
      .map((file) => [path.relative(folder, file), readFileSync(file, "utf8")]),
  );
}

test("the tree has a folder for each root and each called module, and the manifest", () => {
  const folder = scratch();
  const { written } = synthesize(program(), folder);
  const names = ["main.tf.json", "outputs.tf.json", "versions.tf.json"];
  const roots = ENVIRONMENTS.flatMap((name) =>
    [...names, "providers.tf.json", ".terraform.lock.hcl"].map((file) => `environments/shop/${name}/${file}`),
  );
  const modules = [...names, "variables.tf.json", "README.md"].map((file) => `modules/buckets/${file}`);
  expect(Object.keys(contents(folder)).sort()).toEqual(["manifest.json", ...modules, ...roots].sort());
  expect([...written].sort()).toEqual(Object.keys(contents(folder)).sort());
});

test("the output in two folders is byte-identical, and a second run writes nothing", () => {
  const [one, two] = [scratch(), path.join(scratch(), "a/deeper/folder")];
  synthesize(program(), one);
  synthesize(program(), two);
  expect(contents(one)).toEqual(contents(two));
  const files = Object.keys(contents(one)).length;
  expect(synthesize(program(), one)).toEqual({ written: [], removed: [], unchanged: files });
});

test("the order of definitions does not affect the output", () => {
  const reference = Object.fromEntries(renderTree(program()).map((file) => [file.path, file.content]));
  const order = (names: string[]) => fc.shuffledSubarray(names, { minLength: names.length });
  fc.assert(
    fc.property(order(PARTS), order(ENVIRONMENTS), order(CALLS), (parts, environments, calls) => {
      const files = renderTree(program(parts, environments, calls));
      expect(Object.fromEntries(files.map((file) => [file.path, file.content]))).toEqual(reference);
    }),
    { numRuns: 15 },
  );
});

test("the tree contains no path, no date and no metadata of CDKTF", () => {
  const files = renderTree(program()).filter((file) => file.path !== "manifest.json");
  for (const { content, path: name } of files) {
    expect(content).not.toContain(process.cwd());
    expect(content).not.toMatch(/cdktf|constructs|uniqueId|\b20[2-9]\d-\d\d-\d\d/i);
    const comments = [...content.matchAll(/"\/\/": (.*)/g)].map((match) => match[1]);
    expect(comments).toHaveLength(name.endsWith(".json") ? 1 : 0);
  }
});

test("the manifest lists the folder of each root for CDKTF's command line, in alphabetical order", () => {
  const manifest = jsonOf(renderTree(program()), "manifest.json");
  expect(manifest).toMatchObject({
    stacks: {
      "shop-dev": {
        name: "shop-dev",
        workingDirectory: "environments/shop/dev",
        synthesizedStackPath: "environments/shop/dev/versions.tf.json",
        stackMetadataPath: "environments/shop/dev/metadata.json",
      },
    },
  });
  expect(Object.keys(z.object({ stacks: z.record(z.string(), z.unknown()) }).parse(manifest).stacks)).toEqual([
    "shop-dev",
    "shop-prod",
    "shop-stage",
  ]);
});

test("a module without calls is removed with its folder", () => {
  const folder = scratch();
  synthesize(program(), folder);
  const { removed } = synthesize([newRoot()], folder);
  expect(removed).toContain("modules/buckets/README.md");
  expect(existsSync(path.join(folder, "modules"))).toBe(false);
  expect(existsSync(path.join(folder, "environments/shop/prod/versions.tf.json"))).toBe(false);
});

test("a failed synth leaves the tree unchanged", () => {
  const folder = scratch();
  synthesize(program(), folder);
  const before = contents(folder);
  const roots = program(PARTS, ["dev", "test"], ["one"]);
  roots[1]?.output("stolen", new (bucketsIn(PARTS))(newRoot(), "a", { prefix: "a" }).arns, "ARNs.");
  expect(() => synthesize(roots, folder)).toThrow(
    "of environments/shop/dev; allowed: values of environments/shop/test",
  );
  expect(contents(folder)).toEqual(before);
});
