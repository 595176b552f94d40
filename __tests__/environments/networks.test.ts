import path from "node:path";
import { z } from "zod";
import { sandbox } from "../../environments/formula/sandbox";
import { Configurations, readTree } from "../../lib/judgement/configuration";
import { roots } from "../../main";
import { overlaps } from "../../modules/vpc/plan";

const tree = path.join(__dirname, "../../terraform");

test("no two networks share an address, so that they can be connected later", () => {
  const configurations = new Configurations(readTree(tree));
  const blocks = roots
    .filter(({ props }) => props.sandboxes === undefined)
    .flatMap(({ address }) =>
      configurations
        .root(address)
        .calls.filter(({ module }) => module === "modules/vpc")
        .map(({ inputs }) => ({ address, cidr: z.string().parse(inputs.cidr) })),
    )
    .concat({ address: "sandboxes of Formula", cidr: sandbox.pool });
  expect(blocks.length).toBeGreaterThanOrEqual(6);
  const shared = blocks.flatMap((one, i) =>
    blocks.slice(i + 1).flatMap((other) => (overlaps(one.cidr, other.cidr) ? [[one.address, other.address]] : [])),
  );
  expect(shared).toEqual([]);
});
