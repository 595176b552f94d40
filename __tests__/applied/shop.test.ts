/** The recorded state for the tests of the gate equals the state after an apply of the shop; otherwise record it again. */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { renderTree } from "../../lib/generator/synth/synthesize";
import { Configurations } from "../../lib/judgement/configuration";
import { asObject } from "../../lib/judgement/configuration/json";
import { withoutEmpty } from "../../lib/judgement/gate/empty";
import { ROOT, shop } from "../lib/judgement/gate/shop";
import { type Recorded, recorded } from "../lib/judgement/gate/state";
import { describeWithCloud } from "../support/cloud/needed";
import { withCloud } from "../support/cloud/server";
import { StandingRoot } from "../support/cloud/standing";

const addressesOf = (state: Recorded) =>
  state.resources.flatMap(({ mode, module, type, name, instances }) =>
    mode !== "managed"
      ? []
      : instances.map(
          ({ index_key: key }) => `${module}.${type}.${name}${key === undefined ? "" : `[${JSON.stringify(key)}]`}`,
        ),
  );

test("the recorded state has every resource of the shop, and no other", () => {
  const tree = new Configurations(new Map(renderTree([shop()]).map(({ path: file, content }) => [file, content])));
  const addresses = tree
    .root(ROOT)
    .of("*")
    .map(({ address }) => address);
  expect(addressesOf(recorded()).sort()).toEqual(addresses.sort());
});

/** Names of the attributes with a value, by address. Ids and times differ in each apply. */
const filledIn = (state: Recorded) =>
  Object.fromEntries(
    state.resources.map(({ module, type, name, instances }) => [
      `${module}.${type}.${name}`,
      instances.map(({ attributes }) => Object.keys(asObject(withoutEmpty(attributes))).sort()),
    ]),
  );

const RECORDING = path.resolve("coverage/shop.state.json");

// The test waits for a database of its own: only the nightly run includes it.
if (process.env.APPLIED_ROOTS === "all") {
  describeWithCloud("an apply of the shop to the mock of AWS", () => {
    test("leaves the recorded state; what it left is in coverage/shop.state.json", async () => {
      const root = shop();
      const state = await withCloud(root.props.accountId, [root], (cloud) =>
        StandingRoot.in(cloud, root, async (standing) => {
          await standing.apply();
          await standing.terraform("apply", "-refresh-only", "-auto-approve", "-no-color");
          return recorded(await standing.terraform("state", "pull"));
        }),
      );
      mkdirSync(path.dirname(RECORDING), { recursive: true });
      writeFileSync(RECORDING, `${JSON.stringify(state, null, 2)}\n`);
      expect(filledIn(state)).toEqual(filledIn(recorded()));
    }, 600_000);
  });
}
