/** Renames, removals and imports of existing objects: Terraform's plans, and the gate's decisions. */
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { CloudwatchLogStream } from "@cdktf/provider-aws/lib/cloudwatch-log-stream";
import type { Construct } from "constructs";
import { z } from "zod";
import { check, condition, defineModule, forget, type Ref, type Root, resource, resourceForEach, set } from "../../lib";
import type { Decision } from "../../lib/judgement/gate";
import { readPlan } from "../../lib/terraform";
import { newRoot } from "../lib/generator/support";
import { describeWithCloudNightly } from "../support/cloud/needed";
import { withCloud } from "../support/cloud/server";
import { StandingRoot } from "../support/cloud/standing";

const KEY = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const GROUP = "aws_cloudwatch_log_group";

const SERVICES = set(z.string()).describe("Services.");

function logs(build: (scope: Construct, services: Ref<z.output<typeof SERVICES>>) => void) {
  return defineModule({
    name: "logs",
    description: "Log groups.",
    inputs: { services: SERVICES },
    outputs: {},
    example: { services: ["a"] },
    build(scope, { services }) {
      build(scope, services);
      return {};
    },
  });
}

const arguments_ = (name: string) => ({ name, kmsKeyId: KEY, retentionInDays: 365 });

const Before = logs((scope, services) => {
  const group = resource(scope, CloudwatchLogGroup, "main", arguments_("/shop/main"));
  resource(scope, CloudwatchLogStream, "first", { name: "first", logGroupName: group.name });
  resource(scope, CloudwatchLogGroup, "spare", arguments_("/shop/spare"));
  resourceForEach(scope, CloudwatchLogGroup, "each", services, (name) => arguments_(`/shop/${name}`));
});

/** Another name for the call and for a resource, and a resource that Terraform forgets. */
const After = logs((scope, services) => {
  const group = resource(scope, CloudwatchLogGroup, "this", {
    ...arguments_("/shop/main"),
    renamedFrom: "main",
    lifecycle: {
      ignoreChanges: ["tags"],
      postcondition: [{ condition: condition`self.arn != ""`, errorMessage: "No ARN." }],
    },
  });
  resource(scope, CloudwatchLogStream, "first", { name: "first", logGroupName: group.name });
  forget(scope, CloudwatchLogGroup, "spare");
  resourceForEach(scope, CloudwatchLogGroup, "each", services, () => arguments_("/shop/jobs"));
  check(scope, "some", { condition: condition`length(${services}) > 0`, errorMessage: "No services." });
});

/** The forgotten resource is managed again. */
const Again = logs((scope, services) => {
  resource(scope, CloudwatchLogGroup, "this", arguments_("/shop/main"));
  resource(scope, CloudwatchLogStream, "first", { name: "first", logGroupName: "/shop/main" });
  resource(scope, CloudwatchLogGroup, "spare", arguments_("/shop/spare"));
  resourceForEach(scope, CloudwatchLogGroup, "each", services, () => arguments_("/shop/jobs"));
});

function rootWith(call: (root: Root) => void): Root {
  const root = newRoot();
  call(root);
  return root;
}

const before = () => rootWith((root) => new Before(root, "old", { services: ["jobs"] }));
const after = () => rootWith((root) => new After(root, "new", { services: ["jobs"] }, { renamedFrom: "old" }));
const again = () =>
  rootWith((root) => {
    const key = (name: string) => `${GROUP}.each["${name}"]`;
    new Again(
      root,
      "new",
      { services: ["worker"] },
      {
        renamedFrom: { [key("worker")]: `module.new.${key("jobs")}` },
        imports: { [`${GROUP}.spare`]: "/shop/spare" },
      },
    );
  });

interface Step {
  readonly actions: readonly string[];
  readonly decision: Decision;
}

describeWithCloudNightly("a root that stands, and is refactored", () => {
  let steps: readonly Step[];
  beforeAll(async () => {
    const root = before();
    steps = await withCloud(root.props.accountId, [root], (cloud) =>
      StandingRoot.in(cloud, root, async (standing) => {
        await standing.apply();
        const become = async (next: Root): Promise<Step> => {
          await standing.become(next);
          const text = await standing.plan();
          await standing.applyPlan();
          return { actions: actionsOf(text), decision: standing.gate(text) };
        };
        return [await become(after()), await become(again()), await become(again())];
      }),
    );
  }, 600_000);

  test("keeps what has another call or name, and forgets what is to stay in the account", () => {
    expect(steps[0]?.actions).toEqual([
      `forget module.new.${GROUP}.spare`,
      `move module.old.${GROUP}.each["jobs"] to module.new.${GROUP}.each["jobs"]`,
      `move module.old.${GROUP}.main to module.new.${GROUP}.this`,
      "move module.old.aws_cloudwatch_log_stream.first to module.new.aws_cloudwatch_log_stream.first",
    ]);
    const { refused, toApprove } = steps[0]?.decision ?? { refused: [], toApprove: [] };
    expect(refused).toEqual([]);
    expect(toApprove.map(({ approval, address }) => `${approval}: ${address}`)).toContain(
      `data: module.new.${GROUP}.spare`,
    );
    expect([...new Set(toApprove.map(({ address }) => address))]).toEqual([`module.new.${GROUP}.spare`]);
  });

  test("keeps what has another key, imports what exists, and has nothing to do afterwards", () => {
    expect(steps[1]?.actions).toEqual([
      `import module.new.${GROUP}.spare`,
      `move module.new.${GROUP}.each["jobs"] to module.new.${GROUP}.each["worker"]`,
    ]);
    expect(steps[1]?.decision.refused).toEqual([]);
    expect(steps[2]?.actions).toEqual([]);
  });
});

function actionsOf(text: string): string[] {
  return readPlan("plan", text)
    .resource_changes.flatMap(({ address, previous_address, change }) => {
      if (change.importing !== undefined) return [`import ${address}`];
      const action = change.actions.find((one) => one !== "no-op");
      if (action !== undefined) return [`${action} ${address}`];
      return previous_address === undefined ? [] : [`move ${previous_address} to ${address}`];
    })
    .sort();
}
