import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { checkedProviders } from "../../lib/generator/synth/project-providers";
import { renderTree } from "../../lib/generator/synth/synthesize";
import { Configurations, readTree } from "../../lib/judgement/configuration";
import { providers, roots } from "../../main";
import { overlaps } from "../../modules/vpc/plan";

const tree = path.join(__dirname, "../../terraform");

test("a fresh synth is the committed tree, byte for byte, and nothing is left over", () => {
  const files = renderTree(roots, checkedProviders(providers));
  const different = files.filter((file) => readFileSync(path.join(tree, file.path), "utf8") !== file.content);
  expect(different.map((file) => file.path)).toEqual([]);
  const there = readdirSync(tree, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(tree, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, "/"))
    .filter((file) => !file.includes(".terraform/"));
  expect(there.sort()).toEqual(files.map((file) => file.path).sort());
});

test("no two networks share an address, so that they can be connected one day", () => {
  const configurations = new Configurations(readTree(tree));
  const blocks = roots.flatMap(({ address }) =>
    configurations
      .root(address)
      .calls.filter(({ module }) => module === "modules/vpc")
      .map(({ inputs }) => ({ address, cidr: z.string().parse(inputs.cidr) })),
  );
  expect(blocks.length).toBeGreaterThanOrEqual(6);
  const shared = blocks.flatMap((one, i) =>
    blocks.slice(i + 1).flatMap((other) => (overlaps(one.cidr, other.cidr) ? [[one.address, other.address]] : [])),
  );
  expect(shared).toEqual([]);
});
