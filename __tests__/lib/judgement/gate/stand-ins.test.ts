import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { DataAwsKmsKey } from "@cdktf/provider-aws/lib/data-aws-kms-key";
import { z } from "zod";
import { defineModule, resource } from "../../../../lib";
import { renderTree } from "../../../../lib/generator/synth/synthesize";
import { writeTree } from "../../../../lib/generator/synth/write";
import { Configurations, readTree } from "../../../../lib/judgement/configuration";
import { decide } from "../../../../lib/judgement/gate";
import { inOfflineCopy, planJson, readPlan } from "../../../../lib/terraform";
import { describeWithTerraform } from "../../../support/terraform-needed";
import { withVerifiedProvider } from "../../../support/verified-provider";
import { newRoot } from "../../generator/support";
import { temporaryFolder } from "../../terraform/sample";

const Logs = defineModule({
  name: "logs",
  description: "A log group with a key that another team made.",
  inputs: { name: z.string().describe("Name."), alias: z.string().describe("Alias of the key.") },
  outputs: {},
  example: { name: "shop", alias: "alias/logs" },
  build(scope, input) {
    const key = resource(
      scope,
      DataAwsKmsKey,
      "this",
      { keyId: input.alias },
      { arn: "arn:aws:kms:eu-central-1:111122223333:key/5e9a1b1c-0000-4000-8000-000000000000" },
    );
    resource(scope, CloudwatchLogGroup, "this", { name: input.name, retentionInDays: 365, kmsKeyId: key.arn });
    return {};
  },
});

const folder = temporaryFolder();
const ADDRESS = "module.logs.aws_cloudwatch_log_group.this";

describeWithTerraform("an offline plan with a stand-in", () => {
  test("is the reviewed configuration, and what rests on the stand-in is unknown and counted", async () => {
    const root = newRoot();
    new Logs(root, "logs", { name: "shop", alias: "alias/logs" });
    writeTree(folder, renderTree([root]));
    const text = await inOfflineCopy(folder, root.address, async (copy) => planJson(await withVerifiedProvider(copy)));
    const tree = new Configurations(readTree(folder));
    const more = { production: true, exceptions: [], approved: [], backups: [], judged: [], now: new Date() };
    const decision = decide({ tree, root: root.address, plan: readPlan("plan", text), ...more });
    expect(decision.refused).toEqual([]);
    const undecided = decision.guardrails.unknown.map(({ address, got }) => ({ address, got }));
    expect(undecided).toContainEqual({ address: ADDRESS, got: "kms_key_id = (known after apply)" });
    expect(decision.guardrails.counts.unknown).toBe(undecided.length);
    expect(decision.decision).toBe("refused");
  }, 120_000);
});
