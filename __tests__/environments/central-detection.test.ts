/** An account whose organization records and detects centrally: what its root has then, and what it says. */
import { type AccountRoot, account } from "../../environments/accounts/account";
import type { Detector } from "../../environments/accounts/detection";
import { accountRoots } from "../../environments/accounts/roots";
import { renderTree } from "../../lib/generator/synth/synthesize";
import { Configurations } from "../../lib/judgement/configuration";

const CENTRAL = { central: "The organization does it" };
const TYPES = {
  trail: "aws_cloudtrail",
  threats: "aws_guardduty_detector",
  configuration: "aws_config_configuration_recorder",
};

/** Types of the detectors in an account's root, and its outputs. */
function composed(one: AccountRoot, central: readonly (keyof typeof TYPES)[]) {
  const chosen = (name: keyof typeof TYPES): Detector => (central.includes(name) ? CENTRAL : "own");
  const detectors = {
    ...one.detectors,
    trail: chosen("trail"),
    threats: chosen("threats"),
    configuration: chosen("configuration"),
  };
  const root = account({ ...one, detectors });
  const files = new Map(renderTree([root]).map(({ path, content }) => [path, content]));
  const configuration = new Configurations(files).root(root.address);
  return {
    types: Object.values(TYPES).map((type) => configuration.of(type).length),
    outputs: Object.keys(JSON.parse(files.get(`${root.address}/outputs.tf.json`) ?? "{}").output ?? {}),
    outputsText: files.get(`${root.address}/outputs.tf.json`) ?? "",
  };
}

describe.each(accountRoots)("$account.name", (one) => {
  const regions = 1 + (one.standby === null ? 0 : 1) + (one.otherRegions ?? []).length;

  test("has all of its own, and says nothing of the organization", () => {
    const { types, outputs } = composed(one, []);
    expect(types).toEqual([1, regions, regions]);
    expect(outputs.filter((name) => name.startsWith("central_"))).toEqual([]);
  });

  test("has none where the organization does all, and says why", () => {
    const { types, outputs, outputsText } = composed(one, ["trail", "threats", "configuration"]);
    expect(types).toEqual([0, 0, 0]);
    expect(outputs).toEqual(expect.arrayContaining(["central_configuration", "central_threats", "central_trail"]));
    expect(outputsText).toContain(CENTRAL.central);
  });

  test.each([
    ["trail", [0, regions, regions]],
    ["threats", [1, 0, regions]],
    ["configuration", [1, regions, 0]],
  ] as const)("leaves out the %s alone where that is central", (name, types) => {
    expect(composed(one, [name]).types).toEqual(types);
  });
});
