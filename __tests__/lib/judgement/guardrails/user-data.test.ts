/** User data scripts in a real plan. */
import { Instance } from "@cdktf/provider-aws/lib/instance";
import { z } from "zod";
import { defineModule, resource } from "../../../../lib";
import { renderTree } from "../../../../lib/generator/synth/synthesize";
import { writeTree } from "../../../../lib/generator/synth/write";
import { Configurations, planned, type RootConfiguration, readTree } from "../../../../lib/judgement/configuration";
import { judgeRoot } from "../../../../lib/judgement/guardrails/judge";
import { inOfflineCopy } from "../../../../lib/terraform";
import { testedPlans } from "../../../support/stand-ins";
import { describeWithTerraform } from "../../../support/terraform-needed";
import { withVerifiedProvider } from "../../../support/verified-provider";
import { newRoot } from "../../generator/support";
import { temporaryFolder } from "../../terraform/sample";
import { TODAY } from "./rows";

const Machine = defineModule({
  name: "machine",
  description: "A machine.",
  inputs: { script: z.string().describe("Starts it.") },
  outputs: { id: z.string().describe("Id.") },
  example: { script: "echo" },
  build(scope, input) {
    const props = { ami: "ami-0123456789abcdef0", instanceType: "t3.micro", userData: input.script };
    return { id: resource(scope, Instance, "this", props).id };
  },
});

const folder = temporaryFolder();
const ROOT = "environments/shop/dev";

/** Findings by call. */
function findingsIn(root: RootConfiguration): Record<string, string> {
  const { broken, unknown } = judgeRoot(root, [], TODAY);
  const own = [...broken, ...unknown].filter(({ guardrail }) => guardrail.id === "no-secrets-in-user-data");
  return Object.fromEntries(
    own.map(({ address, outcome, got }) => [root.at(address)?.call ?? address, `${outcome}: ${got}`]),
  );
}

describeWithTerraform("in a real plan", () => {
  test("a secret in a script is found, although the provider shows only the script's hash", async () => {
    const root = newRoot();
    const scripts = { safe: "echo hello", password: "export DB_PASSWORD=swordfish", cloud: "password: swordfish\n" };
    for (const [name, script] of Object.entries(scripts)) new Machine(root, name, { script });
    writeTree(folder, renderTree([root]));
    const source = new Configurations(readTree(folder)).root(ROOT);
    const [changes = []] = await inOfflineCopy(folder, ROOT, async (copy) =>
      testedPlans(await withVerifiedProvider(copy), [{}]),
    );
    expect(JSON.stringify(changes)).not.toContain("swordfish");
    expect(findingsIn(planned(source, changes))).toEqual({
      cloud: "broken: user_data holds a value of password",
      password: "broken: user_data sets DB_PASSWORD",
    });
    const HASHED = "unknown: user_data is only known by its hash";
    expect(findingsIn(planned({ ...source, at: () => undefined }, changes))).toEqual({
      cloud: HASHED,
      password: HASHED,
      safe: HASHED,
    });
  }, 120_000);
});
