/** The API of Vitality on App Runner and on Fargate: one word changes where it runs, and nothing else notices. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { z } from "zod";
import type { Compute } from "../../../environments/vitality/api/compute";
import { vitalityApi } from "../../../environments/vitality/api/system";
import { prod } from "../../../environments/vitality/prod";
import { renderTree } from "../../../lib/generator/synth/synthesize";
import { writeTree } from "../../../lib/generator/synth/write";
import { Configurations } from "../../../lib/judgement/configuration";
import { failure } from "../../lib/generator/support";
import { PLAN_TIMEOUT, type Planned, plannedRoot } from "../../support/planned";
import { describeWithTerraform } from "../../support/terraform-needed";

const onFargate = () => vitalityApi(prod, { kind: "container-service" });
const onAppRunner = () => vitalityApi(prod);

function resourcesOf(root: ReturnType<typeof vitalityApi>) {
  const tree = new Map(renderTree([root]).map((file) => [file.path, file.content]));
  return new Configurations(tree).root(root.address).resources;
}

test("both publish the same parameters, which those who read the contract rely on", () => {
  const parameters = (root: ReturnType<typeof vitalityApi>) =>
    resourcesOf(root).flatMap(({ mode, type, values }) =>
      mode === "managed" && type === "aws_ssm_parameter" ? [String(values.name)] : [],
    );
  expect(parameters(onFargate())).toEqual(parameters(onAppRunner()));
  expect(parameters(onAppRunner())).toContain("/vitality/prod/api/host");
});

test("both have the alarms on errors, latency, CPU, memory, throttling and the maximum of instances", () => {
  const alarms = (root: ReturnType<typeof vitalityApi>) =>
    resourcesOf(root).flatMap(({ type, values }) =>
      type === "aws_cloudwatch_metric_alarm" ? [String(values.alarm_name)] : [],
    );
  const shared = ["4xx-rate", "5xx-rate", "cpu", "instances-at-maximum", "latency", "memory"];
  const names = shared.map((alarm) => `vitality-prod-api-${alarm}`);
  expect(alarms(onFargate()).sort()).toEqual(names);
  expect(alarms(onAppRunner()).sort()).toEqual([...names, "vitality-prod-api-log-settings"].sort());
});

test("synth refuses App Runner without the acknowledgement, and names the other word", () => {
  const compute: Compute = JSON.parse('{ "kind": "app-runner" }');
  expect(failure(() => vitalityApi(prod, compute)).message).toBe(
    'environments/vitality/prod/api\n  compute: got {"kind":"app-runner"}; allowed: accountUsesAppRunner: "This account used App Runner before 2026-04-30" if that is true, or kind: "container-service", which every account can use',
  );
});

describeWithTerraform("the API on Fargate", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "groundplan-api-"));
  let plan: Planned;
  beforeAll(async () => {
    const root = onFargate();
    writeTree(folder, renderTree([root]));
    plan = await plannedRoot(folder, root.address);
  }, PLAN_TIMEOUT);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("can be planned: under a name of its own, behind the web ACL, in the cluster of the migrations", () => {
    expect(plan.values("module.api.aws_route53_record.this")).toMatchObject({ name: "api.vitality.example" });
    expect(plan.values("module.api.aws_ecs_service.this")).toMatchObject({
      name: "vitality-prod-api",
      cluster: "vitality-prod",
    });
    expect(plan.addresses).toContain("module.web_acl.aws_wafv2_web_acl_association.this");
  });

  test("logs in to the database as its own user, without a password", () => {
    expect(plan.statements("module.api.aws_iam_role_policy.task[0]")).toEqual({
      LogInToDatabase: {
        Effect: "Allow",
        Action: ["rds-db:connect"],
        Resource: [expect.stringMatching(/^arn:aws:rds-db:eu-west-1:131313131313:dbuser:cluster-\w+\/\w+$/)],
      },
    });
    const names = z
      .array(z.object({ name: z.string() }))
      .parse(plan.container("module.api.aws_ecs_task_definition.this").environment);
    expect(names.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["DATABASE_HOST", "DATABASE_NAME", "DATABASE_USER"]),
    );
    expect(names.filter(({ name }) => /PASSWORD|SECRET/.test(name))).toEqual([]);
  });
});
