/** Plans in the form of AWS provider 6, which gives nearly each resource an argument `region`. */
import { approvals, entry, gate } from "./second-day-plan";

const OWN = "eu-central-1";
const OTHER = "us-west-2";

const ALARM = "aws_cloudwatch_metric_alarm";
const RULE = "aws_vpc_security_group_ingress_rule";
const BUCKET = "aws_s3_bucket";

/** A resource of each kind that the gate judges by its own rules. */
const VALUES: Readonly<Record<string, object>> = {
  [ALARM]: { id: "shop", alarm_name: "shop" },
  [RULE]: {
    id: "sgr-1",
    security_group_id: "sg-1",
    cidr_ipv4: "10.0.0.0/8",
    ip_protocol: "tcp",
    from_port: 1,
    to_port: 1,
  },
  [BUCKET]: { id: "shop", bucket: "shop" },
  aws_sns_topic_policy: { id: "shop", arn: "arn:aws:sns:eu-central-1:111122223333:shop", policy: "{}" },
};

const types = Object.keys(VALUES);

const inRegion = (type: string, region?: string | null) => ({
  ...VALUES[type],
  ...(region !== undefined && { region }),
});

describe.each([
  ["null", null],
  ["absent", undefined],
])("a region that was %s and becomes the one of the root", (_, before) => {
  test.each(types)("is no drift of %s", (type) => {
    const [was, is] = [inRegion(type, before), inRegion(type, OWN)];
    const decision = gate({
      resource_changes: [entry({ actions: ["no-op"], before: is, after: is }, {}, type)],
      resource_drift: [entry({ actions: ["update"], before: was, after: is }, {}, type)],
    });
    expect(decision.drift).toEqual([]);
    expect(approvals(decision)).toEqual([]);
  });

  test.each(types)("is no change of %s", (type) => {
    const change = { actions: ["update"], before: inRegion(type, before), after: inRegion(type, OWN) };
    expect(approvals(gate({ resource_changes: [entry(change, {}, type)] }))).toEqual([]);
  });

  test.each(types)("is no drift of %s that a refresh-only plan accepts", (type) => {
    const [was, is] = [inRegion(type, before), inRegion(type, OWN)];
    const drift = entry({ actions: ["update"], before: was, after: is }, {}, type);
    const values = { root_module: { child_modules: [{ address: "module.shop", resources: [stateOf(type, is)] }] } };
    expect(approvals(gate({ resource_changes: [], resource_drift: [drift], prior_state: { values } }))).toEqual([]);
  });
});

function stateOf(type: string, values: object): object {
  return { address: `module.shop.${type}.this`, mode: "managed", type, name: "this", values };
}

describe("a move to another region", () => {
  const moved = (type: string, before: string | null) =>
    gate({
      resource_changes: [
        entry(
          {
            actions: ["delete", "create"],
            before: inRegion(type, before),
            after: inRegion(type, OTHER),
            replace_paths: [["region"]],
          },
          {},
          type,
        ),
      ],
    });

  test.each([
    [ALARM, `security module.shop.${ALARM}.this: changed region (unknown)`],
    [RULE, `security module.shop.${RULE}.this: replaced network paths`],
    ["aws_sns_topic_policy", "security module.shop.aws_sns_topic_policy.this: replaced permissions"],
  ])("of %s needs an approval", (type, approval) => {
    expect(approvals(moved(type, OWN))).toContain(approval);
    expect(approvals(moved(type, null))).toContain(approval);
  });

  test("of a bucket is refused without a backup", () => {
    expect(moved(BUCKET, OWN).refused.map(({ got }) => got)).toEqual([
      "replaced, with objects and their versions; no backup is named",
    ]);
  });

  test("by hand is drift", () => {
    const [own, other] = [inRegion(ALARM, OWN), inRegion(ALARM, OTHER)];
    const decision = gate({
      resource_changes: [entry({ actions: ["update"], before: other, after: own }, {}, ALARM)],
      resource_drift: [entry({ actions: ["update"], before: own, after: other }, {}, ALARM)],
    });
    expect(approvals(decision)).toContain(`drift module.shop.${ALARM}.this: changed without Terraform: region`);
  });
});
