/** The gate on a real plan of text that Terraform keeps in another form than it was written in. */
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { z } from "zod";
import { defineModule, resourceForEach } from "../../../../lib";
import { renderTree } from "../../../../lib/generator/synth/synthesize";
import { writeTree } from "../../../../lib/generator/synth/write";
import { Configurations, readTree } from "../../../../lib/judgement/configuration";
import { unreviewed } from "../../../../lib/judgement/gate/reviewed";
import { offlinePlan } from "../../../../lib/terraform";
import { describeWithTerraform } from "../../../support/terraform-needed";
import { newRoot } from "../../generator/support";
import { temporaryFolder } from "../../terraform/sample";
import { ROOT } from "./shop";

const folder = temporaryFolder();
const NFD = "Cafe\u0301";

const Notes = defineModule({
  name: "notes",
  description: `Notes of a ${NFD}.`,
  inputs: {
    texts: z.record(z.string(), z.string()).describe("Texts by name."),
    greeting: z.string().default(`${NFD}!`).describe(`As a ${NFD} greets.`),
  },
  outputs: { arns: z.record(z.string(), z.string()).describe("ARNs by name.") },
  example: { texts: { note: "text" } },
  build(scope, input) {
    const notes = resourceForEach(scope, SsmParameter, "this", input.texts, (text) => ({
      name: "/shop/note",
      type: "String",
      insecureValue: `${NFD}: ${input.greeting}`,
      description: text,
      tags: { [NFD]: `${NFD} <&>` },
    }));
    return { arns: notes.all("arn") };
  },
});

/** Keys that addresses hold in another form. */
const KEYS = [
  "Cafe\u0301",
  "a\u200bb",
  "\u202e",
  "x\u00a0y",
  'q"\\',
  "n\nl",
  "${x}",
  "%{y}",
  "$z",
  "<>&",
  "\u{e0041}",
  "\u{1f600}",
];

describeWithTerraform("text that Terraform keeps in another form", () => {
  test("has no difference from the tree, and each address of the plan has its source", async () => {
    const root = newRoot();
    new Notes(root, "notes", { texts: Object.fromEntries(KEYS.map((key) => [key, `${NFD} ${key}`])) });
    writeTree(folder, renderTree([root]));
    const plan = await offlinePlan(folder, ROOT);
    const tree = new Configurations(readTree(folder));
    expect(unreviewed(tree, ROOT, plan)).toEqual([]);
    expect(plan.resource_changes).toHaveLength(KEYS.length);
    for (const { address, change } of plan.resource_changes) {
      const { description, insecure_value, tags } = tree.root(ROOT).at(address)?.values ?? {};
      expect({ address, description, insecure_value, tags }).toEqual({
        address,
        description: change.after?.description,
        insecure_value: change.after?.insecure_value,
        tags: change.after?.tags,
      });
    }
  }, 120_000);
});
