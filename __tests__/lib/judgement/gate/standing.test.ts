/** The gate on what the real Terraform plans for an environment that stands. */
import { z } from "zod";
import type { Decision } from "../../../../lib/judgement/gate";
import { DECISION_JSON, json } from "../../../../lib/judgement/gate/json";
import { inWords } from "../../../../lib/judgement/gate/sentence";
import { markdown } from "../../../../lib/judgement/gate/summary";
import { describeWithTerraform } from "../../../support/terraform-needed";
import { temporaryFolder } from "../../terraform/sample";
import { gate, NOON, type Planned, StandingShop } from "./shop";

const folder = temporaryFolder();
const TOKEN = `ghp_${"a1B2".repeat(9)}`;
const HIDDEN = "only the auditors know";
const BUCKET = "module.documents.aws_s3_bucket.this";
const KEY = "module.spare_key.aws_kms_key.this";
const DATABASE = "module.database.aws_db_instance.this";

let unchanged: Planned;
let changed: Planned;
let secret: Planned;
let removed: Planned;
let targeted: Planned;
let byHand: Planned;
let named: Planned;

/** What was refused, or has to be approved: `stateful-kept module.documents.aws_s3_bucket.this: deleted, …`. */
const refusals = (decision: Decision) => decision.refused.map(line);
const approvals = (decision: Decision) => decision.toApprove.map((one) => `${one.approval}: ${line(one)}`);
const broken = ({ guardrails }: Decision) => guardrails.broken.map(line);
const access = (decision: Decision) => decision.access.map((sentence) => inWords(sentence));

type Row = Decision["refused"][number] | Decision["guardrails"]["broken"][number];
function line({ guardrail, address, got }: Row): string {
  return `${guardrail.id} ${address}: ${got}`;
}

function shown(decision: Decision): string {
  return `${markdown(decision, new Map())}\n${json(decision)}`;
}

describeWithTerraform("the gate, on a shop that stands", () => {
  beforeAll(async () => {
    await StandingShop.in(folder, async (shop) => {
      unchanged = await shop.plan({});
      changed = await shop.plan({
        actions: ["sqs:ReceiveMessage", "sqs:SendMessage"],
        connections: { back: { from: "database", to: "tasks", port: 443, description: "Callbacks" } },
        logRetentionDays: 30,
        instanceClass: "db.t4g.medium",
        secretsName: "shop-two",
        note: HIDDEN,
      });
      secret = await shop.plan({ environment: { GREETING: TOKEN } });
      removed = await shop.plan(
        { without: ["documents", "spare_key"] },
        {
          state: {
            "module.alerts.aws_sns_topic.this": {
              arn: "arn:aws:sns:eu-central-1:999999999999:alerts",
              display_name: "x",
            },
          },
        },
      );
      named = await shop.plan({}, { state: { [DATABASE]: { final_snapshot_identifier: "shop-final" } } });
      targeted = await shop.plan({ logRetentionDays: 30 }, { args: ["-target=module.backend"] });
      byHand = await shop.planWith("modules/rds/main.tf.json", (content) =>
        content.replace('"publicly_accessible": false', '"publicly_accessible": true'),
      );
    });
  }, 300_000);

  test("a plan without changes passes", () => {
    const decision = gate(unchanged, { production: true });
    expect(decision).toMatchObject({
      decision: "pass",
      refused: [],
      toApprove: [],
      missing: [],
      changes: [],
      access: [],
    });
    expect(markdown(decision, new Map())).toBe("## shop/dev ✅ passes\n\nNothing to change.\n");
  });

  test("a new name of the final snapshot needs no approval", () => {
    const { decision, changes } = gate(named, { production: true });
    expect(decision).toBe("pass");
    expect(changes).toMatchObject([{ address: DATABASE, action: "update", before: { identifier: "shop" } }]);
  });

  test("added and removed permissions are listed with their holder", () => {
    const decision = gate(changed);
    expect(decision).toMatchObject({ decision: "approval needed", missing: ["security", "data"], refused: [] });
    expect(access(decision)).toEqual(
      expect.arrayContaining([
        "backend.task may now also call sqs:ReceiveMessage on arn:aws:sqs:eu-central-1:111122223333:orders",
        "backend.task may no longer call sqs:PurgeQueue on arn:aws:sqs:eu-central-1:111122223333:orders",
        'groups["database"] may reach groups["tasks"] on tcp 443',
      ]),
    );
    expect(access(decision)).toHaveLength(3);
    expect(approvals(decision)).toEqual(
      expect.arrayContaining([
        "security: access-approved module.backend.aws_iam_role_policy.task[0]: changed permissions",
        'security: network-access-approved module.groups.aws_vpc_security_group_ingress_rule.this["back"]: new network paths',
      ]),
    );
  });

  test("a replaced resource is listed with the argument that forces it and with the lost data", () => {
    const decision = gate(changed);
    const address = 'module.secrets.aws_secretsmanager_secret.this["payment"]';
    expect(decision.changes.find((change) => change.address === address)).toMatchObject({
      action: "replace",
      replacedFor: ["name"],
    });
    expect(approvals(decision)).toContain(
      `data: stateful-kept ${address}: replaced, with a secret that people set by hand`,
    );
    expect(refusals(gate(changed, { production: true }))).toEqual([
      `stateful-kept ${address}: replaced, with a secret that people set by hand; no backup is named`,
    ]);
    expect(markdown(decision, new Map())).toContain(`- replace \`${address}\`, because of \`name\``);
  });

  test("effects that the plan does not show are listed", () => {
    expect(gate(changed).effects).toEqual([
      {
        address: "module.backend.aws_cloudwatch_log_group.this",
        effect: "log events older than 30 days are deleted permanently",
      },
      {
        address: "module.database.aws_db_instance.this",
        effect: "instance_class: changed in the maintenance window sun:08:00-sun:09:00, not during the apply",
      },
    ]);
  });

  test("the plan passes with the needed approvals", () => {
    expect(gate(changed, { approved: ["security"] })).toMatchObject({ decision: "approval needed", missing: ["data"] });
    const decision = gate(changed, { approved: ["security", "data"] });
    expect(decision).toMatchObject({ decision: "pass", missing: [] });
    expect(markdown(decision, new Map())).toContain("- **security**, given: changed permissions");
  });

  test("sensitive values, old and new, are shown nowhere", () => {
    expect(gate(changed).changes).toContainEqual(
      expect.objectContaining({ address: "module.note.aws_ssm_parameter.this", changed: ["description"] }),
    );
    expect(changed.text).toContain(HIDDEN);
    expect(shown(gate(changed))).not.toContain(HIDDEN);
    expect(shown(gate(changed))).not.toContain("as it was");
  });

  test("a secret is refused and not quoted", () => {
    const decision = gate(secret);
    expect(decision.decision).toBe("refused");
    expect(decision.effects).toEqual([
      {
        address: "module.backend.aws_ecs_task_definition.this",
        effect: "running tasks keep their revision until the next deployment",
      },
    ]);
    expect(refusals(decision)).toEqual([
      "plan-without-secrets module.backend.aws_ecs_task_definition.this: container_definitions holds a GitHub token",
    ]);
    expect(secret.text).toContain(TOKEN);
    expect(shown(decision)).not.toContain(TOKEN);
    expect(shown(decision)).not.toContain(TOKEN.replaceAll("_", "\\_"));
  });

  const lost = `stateful-kept ${BUCKET}: deleted, with objects and their versions`;

  test("outside of production, resources that hold data are deleted with an approval", () => {
    const decision = gate(removed, { production: false });
    expect(approvals(decision)).toContain(`data: ${lost}`);
    expect(refusals(decision).filter((text) => text.startsWith(`stateful-kept ${BUCKET}`))).toEqual([]);
  });

  test.each([
    ["no backup", [], "no backup is named"],
    [
      "an old backup",
      [{ address: BUCKET, name: "recovery-1", time: new Date("2026-11-21T11:59:59Z") }],
      "its backup recovery-1 is older than 24 hours: 2026-11-21T11:59:59.000Z",
    ],
    [
      "a backup from the future",
      [{ address: BUCKET, name: "recovery-1", time: new Date("2026-11-22T12:00:01Z") }],
      "its backup recovery-1 is from the future: 2026-11-22T12:00:01.000Z",
    ],
    ["a backup of something else", [{ address: `${BUCKET}2`, name: "recovery-1", time: NOON }], "no backup is named"],
  ])("in production, the deletion is refused with %s", (_, backups, problem) => {
    expect(refusals(gate(removed, { production: true, backups }))).toContain(`${lost}; ${problem}`);
  });

  test("in production, the deletion needs an approval with a backup of the last 24 hours", () => {
    const backups = [{ address: BUCKET, name: "recovery-1", time: new Date("2026-11-21T12:00:00Z") }];
    const decision = gate(removed, { production: true, backups });
    expect(approvals(decision)).toContain(`data: ${lost}; its backup is recovery-1`);
    expect(refusals(decision).filter((text) => text.includes(BUCKET))).toEqual([]);
  });

  test.each([true, false])("the deletion of a key is refused with any backup (production: %s)", (production) => {
    const backups = [{ address: KEY, name: "recovery-1", time: NOON }];
    expect(refusals(gate(removed, { production, backups }))).toContain(
      `stateful-kept ${KEY}: deleted, with the key to all data that it encrypted, which no backup restores; allowed: forget it, with forget() of the root`,
    );
    expect(gate(removed).effects).toContainEqual({
      address: KEY,
      effect: "unusable immediately, deleted after 30 days",
    });
  });

  test("a policy that is lost with its resource is listed", () => {
    expect(access(gate(removed))).toContain("account 111122223333 may no longer call kms:* on spare_key");
    expect(access(gate(removed))).toContain(
      "everybody is no longer denied s3:* on documents, documents/* where aws:SecureTransport = false",
    );
  });

  test("a resource of another account is refused", () => {
    expect(refusals(gate(removed))).toContain(
      "plan-for-own-account module.alerts.aws_sns_topic.this: a resource of account 999999999999",
    );
  });

  test("a plan with -target, and a plan that failed, are refused", () => {
    expect(refusals(gate(targeted))).toEqual(["plan-complete environments/shop/dev: an incomplete plan"]);
    const errored = edited(unchanged, (plan) => ({ ...plan, errored: true }));
    expect(refusals(gate(errored))).toEqual(["plan-complete environments/shop/dev: a plan that ended with an error"]);
  });

  test("a module that was changed by hand is refused with the argument, and with the broken guardrail", () => {
    const decision = gate(byHand);
    expect(refusals(decision)).toEqual([
      "plan-of-reviewed-tree module.database: managed aws_db_instance.this: publicly_accessible: a difference from the committed tree",
    ]);
    expect(broken(decision)).toEqual([
      "rds-not-public module.database.aws_db_instance.this: publicly_accessible = true",
    ]);
    expect(markdown(decision, new Map())).toContain("rds-not-public (critical)");
  });

  test("a provider for another account or another region is refused", () => {
    const aws = {
      name: "aws",
      full_name: "registry.terraform.io/hashicorp/aws",
      version_constraint: "5.100.0",
      expressions: {
        region: { constant_value: "eu-west-1" },
        allowed_account_ids: { constant_value: ["999999999999"] },
        default_tags: [
          { tags: { constant_value: { App: "shop", CostCenter: "4711", Env: "dev", Owner: "platform" } } },
        ],
      },
    };
    const elsewhere = edited(unchanged, ({ configuration, ...plan }) => ({
      ...plan,
      configuration: { ...OBJECT.parse(configuration), provider_config: { aws } },
    }));
    expect(refusals(gate(elsewhere)).sort()).toEqual([
      'plan-for-own-account environments/shop/dev: aws: allowed_account_ids = ["999999999999"]; the root declares 111122223333',
      "plan-of-reviewed-tree provider.aws: allowed_account_ids: a difference from the committed tree",
      "plan-of-reviewed-tree provider.aws: region: a difference from the committed tree",
    ]);
  });

  test("a change by hand needs an approval if the apply reverts it", () => {
    const [log] = z
      .object({
        resource_changes: z.array(
          z.looseObject({ type: z.string(), change: z.looseObject({ before: z.unknown(), after: z.unknown() }) }),
        ),
      })
      .parse(JSON.parse(changed.text))
      .resource_changes.filter(({ type }) => type === "aws_cloudwatch_log_group");
    const byHand = { ...log, change: { ...log?.change, before: log?.change.after, after: log?.change.before } };
    const drifted = (planned: Planned) => edited(planned, (plan) => ({ ...plan, resource_drift: [byHand] }));
    expect(gate(drifted(changed)).missing).toContain("drift");
    expect(approvals(gate(drifted(changed)))).toContain(
      "drift: drift-approved module.backend.aws_cloudwatch_log_group.this: changed without Terraform: retention_in_days",
    );
    expect(gate(drifted(unchanged))).toMatchObject({ decision: "pass", drift: [] });
  });

  test("the JSON has the documented form", () => {
    for (const planned of [unchanged, changed, secret, removed, targeted, byHand]) {
      const decision = DECISION_JSON.parse(JSON.parse(json(gate(planned))));
      expect(decision).toMatchObject({ format: 1, root: "environments/shop/dev" });
    }
  });
});

const OBJECT = z.record(z.string(), z.unknown());

function edited(planned: Planned, edit: (plan: z.infer<typeof OBJECT>) => object): Planned {
  return { ...planned, text: JSON.stringify(edit(OBJECT.parse(JSON.parse(planned.text)))) };
}
