/** Access that nobody's source explains, in states as Terraform reads them. */
import fc from "fast-check";
import { ACCESS_ARGUMENTS } from "../../../../lib/judgement/gate/access-arguments";
import type { HclValue } from "../../../../lib/judgement/hcl";
import { ACCOUNT, document, found, type Standing, type Values } from "./standing-access";

const GROUP = { id: "sg-1", arn: `arn:aws:ec2:eu-central-1:${ACCOUNT}:security-group/sg-1` };
const rule = (more: Values): Values => ({
  cidr_blocks: [],
  description: "",
  from_port: 443,
  ipv6_cidr_blocks: [],
  prefix_list_ids: [],
  protocol: "tcp",
  security_groups: [],
  self: false,
  to_port: 443,
  ...more,
});
const ownRule = (direction: "ingress" | "egress", more: Values): Standing => ({
  type: `aws_vpc_security_group_${direction}_rule`,
  values: { security_group_id: "sg-1", ip_protocol: "tcp", from_port: 443, to_port: 443, ...more },
});

describe("rules of a security group", () => {
  test.each<[string, Values, Standing]>([
    ["a range", { cidr_blocks: ["10.0.0.0/8"] }, ownRule("ingress", { cidr_ipv4: "10.0.0.0/8" })],
    ["an IPv6 range", { ipv6_cidr_blocks: ["fd00::/8"] }, ownRule("ingress", { cidr_ipv6: "FD00::/8" })],
    ["a group", { security_groups: ["sg-2"] }, ownRule("ingress", { referenced_security_group_id: "sg-2" })],
    ["the group itself", { self: true }, ownRule("ingress", { referenced_security_group_id: "sg-1" })],
    ["a prefix list", { prefix_list_ids: ["pl-1"] }, ownRule("ingress", { prefix_list_id: "pl-1" })],
    [
      "every protocol",
      { cidr_blocks: ["10.0.0.0/8"], protocol: "-1", from_port: 0, to_port: 0 },
      ownRule("ingress", { cidr_ipv4: "10.0.0.0/8", ip_protocol: "-1", from_port: null, to_port: null }),
    ],
    [
      "a protocol by number",
      { cidr_blocks: ["10.0.0.0/8"] },
      ownRule("ingress", { cidr_ipv4: "10.0.0.0/8", ip_protocol: "6" }),
    ],
    [
      "the older type of rule",
      { cidr_blocks: ["10.0.0.0/8"] },
      {
        type: "aws_security_group_rule",
        values: { ...rule({ cidr_blocks: ["10.0.0.0/8"] }), type: "ingress", security_group_id: "sg-1" },
      },
    ],
  ])("is explained by a resource of the state: %s", (_, ingress, explanation) => {
    const group = { type: "aws_security_group", values: { ...GROUP, ingress: [rule(ingress)] } };
    expect(found([group, explanation])).toEqual([]);
    expect(found([group])).toHaveLength(1);
  });

  test.each<[string, Standing]>([
    ["the other direction", ownRule("egress", { cidr_ipv4: "0.0.0.0/0" })],
    ["another port", ownRule("ingress", { cidr_ipv4: "0.0.0.0/0", to_port: 444 })],
    ["another protocol", ownRule("ingress", { cidr_ipv4: "0.0.0.0/0", ip_protocol: "udp" })],
    ["another group", ownRule("ingress", { cidr_ipv4: "0.0.0.0/0", security_group_id: "sg-2" })],
  ])("is not explained by a rule of %s", (_, other) => {
    const ingress = [rule({ cidr_blocks: ["0.0.0.0/0"] })];
    expect(found([{ type: "aws_security_group", values: { ...GROUP, ingress } }, other])).toEqual([
      "ingress: tcp 443 from 0.0.0.0/0",
    ]);
  });

  test("each peer of a merged rule is judged separately", () => {
    const ingress = [rule({ cidr_blocks: ["10.0.0.0/8", "0.0.0.0/0"] })];
    const explanation = ownRule("ingress", { cidr_ipv4: "10.0.0.0/8" });
    expect(found([{ type: "aws_security_group", values: { ...GROUP, ingress } }, explanation])).toEqual([
      "ingress: tcp 443 from 0.0.0.0/0",
    ]);
  });
});

const READ = { Effect: "Allow", Principal: { AWS: ACCOUNT }, Action: "s3:GetObject", Resource: "arn:aws:s3:::b/*" };
const SPELT_OTHERWISE = {
  Resource: ["arn:aws:s3:::b/*"],
  Action: ["S3:getobject"],
  Principal: { AWS: [`arn:aws:iam::${ACCOUNT}:root`] },
  Effect: "Allow",
};
const EVERYBODY = { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "arn:aws:s3:::b/*" };

test("policies are compared by the meaning of their statements", () => {
  const bucket = (...statements: readonly object[]): Standing => ({
    type: "aws_s3_bucket",
    values: { id: "b", bucket: "b", policy: document(...statements) },
  });
  const policy = { type: "aws_s3_bucket_policy", values: { bucket: "b", policy: document(READ) } };
  expect(found([bucket(SPELT_OTHERWISE), policy])).toEqual([]);
  expect(found([bucket(READ, EVERYBODY), policy])).toEqual(["policy: Allow s3:GetObject on arn:aws:s3:::b/* to *"]);
  expect(found([{ type: "aws_s3_bucket", values: { id: "b", policy: "no JSON" } }])).toEqual([
    "policy: a policy that cannot be read",
  ]);
});

test("statements with another condition, resource or principal differ", () => {
  const variants = [
    { ...READ, Condition: { Bool: { "aws:SecureTransport": "true" } } },
    { ...READ, Resource: "arn:aws:s3:::B/*" },
    { ...READ, Principal: { AWS: "999999999999" } },
    { ...READ, Effect: "Deny" },
    { ...READ, Action: undefined, NotAction: "s3:GetObject" },
  ];
  const policy = { type: "aws_s3_bucket_policy", values: { bucket: "b", policy: document(READ) } };
  for (const variant of variants) {
    const bucket = { type: "aws_s3_bucket", values: { id: "b", policy: document(variant) } };
    expect(found([bucket, policy])).toHaveLength(1);
  }
});

const ROLE = { id: "r", name: "r", arn: `arn:aws:iam::${ACCOUNT}:role/r` };
const ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";

test("policies of a role are explained by resources of the state", () => {
  const policy = document({ Effect: "Allow", Action: "*", Resource: "*" });
  const role = {
    type: "aws_iam_role",
    values: { ...ROLE, inline_policy: [{ name: "p", policy }], managed_policy_arns: [ADMINISTRATOR] },
  };
  const inline = { type: "aws_iam_role_policy", values: { role: "r", name: "p", policy } };
  const attached = { type: "aws_iam_role_policy_attachment", values: { role: "r", policy_arn: ADMINISTRATOR } };
  expect(found([role, inline, attached])).toEqual([]);
  expect(found([role])).toEqual(['inline_policy: "p": Allow * on *', `managed_policy_arns: ${ADMINISTRATOR}`]);
  expect(found([role, { ...inline, values: { ...inline.values, role: "s" } }, attached])).toHaveLength(1);
  const roles = { type: "aws_iam_policy_attachment", values: { roles: ["q", "r"], policy_arn: ADMINISTRATOR } };
  expect(found([role, inline, roles])).toEqual([]);
});

test("routes and rules of network ACLs are explained by resources of the state", () => {
  const table = {
    type: "aws_route_table",
    values: { id: "rtb-1", route: [{ cidr_block: "0.0.0.0/0", gateway_id: "igw-1", nat_gateway_id: "" }] },
  };
  const route = (gateway_id: string): Standing => ({
    type: "aws_route",
    values: { route_table_id: "rtb-1", destination_cidr_block: "0.0.0.0/0", gateway_id, origin: "CreateRoute" },
  });
  expect(found([table, route("igw-1")])).toEqual([]);
  expect(found([table, route("igw-2")])).toEqual(["route: 0.0.0.0/0 by igw-1"]);
  const entry = { rule_no: 100, action: "allow", protocol: "6", from_port: 22, to_port: 22, cidr_block: "0.0.0.0/0" };
  const acl = { type: "aws_network_acl", values: { id: "acl-1", ingress: [entry] } };
  const aclRule = (egress: boolean): Standing => ({
    type: "aws_network_acl_rule",
    values: { ...entry, network_acl_id: "acl-1", egress, rule_number: 100, rule_action: "allow", protocol: "tcp" },
  });
  expect(found([acl, aclRule(false)])).toEqual([]);
  expect(found([acl, aclRule(true)])).toEqual(["ingress: 100 allow tcp 22 0.0.0.0/0"]);
});

test("AWS's default policy is explained, and any addition to it is not", () => {
  const root = { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: "kms:*", Resource: "*" };
  const key = (...statements: readonly object[]) => ({
    type: "aws_kms_key",
    values: { policy: document(...statements) },
  });
  expect(found([key(root)])).toEqual([]);
  expect(found([key(root, { ...root, Principal: { AWS: "999999999999" } })])).toHaveLength(1);
});

test("a change that the apply reverts is drift and not unmanaged access", () => {
  const policy = document(EVERYBODY);
  const key = { type: "aws_kms_key", values: { policy }, source: { policy: document(READ) } };
  expect(found([key])).toEqual([]);
  expect(found([{ ...key, ignored: ["policy"] }])).toHaveLength(1);
  const emptied = { type: "aws_default_security_group", values: { ...GROUP, ingress: [rule({ self: true })] } };
  const address = "module.call.aws_default_security_group.this";
  const change = { actions: ["update"], before: emptied.values, after: { ...GROUP, ingress: [] } };
  const undone = { address, mode: "managed", type: emptied.type, name: "this", change };
  expect(found([emptied])).toHaveLength(1);
  expect(found([emptied], [undone])).toEqual([]);
});

describe("arguments that are not in the table", () => {
  const instance = (groups: readonly string[], applied: readonly string[]): Standing => ({
    type: "aws_elasticache_cluster",
    values: { id: "c", security_group_ids: groups },
    applied: { id: "c", security_group_ids: applied },
  });

  test("are compared with their values after the last apply", () => {
    expect(found([instance(["sg-1", "sg-9"], ["sg-1"])])).toEqual(['security_group_ids: "sg-9"']);
    expect(found([instance(["sg-1"], ["sg-1", "sg-9"])])).toEqual([]);
    expect(found([{ ...instance(["sg-9"], []), source: { security_group_ids: ["sg-1"] } }])).toEqual([]);
  });

  test("are explained by a resource that names both", () => {
    const association = { type: "aws_some_association", values: { cluster: "c", group: "sg-9" } };
    expect(found([instance(["sg-9"], []), association])).toEqual([]);
    expect(found([instance(["sg-9"], []), { ...association, values: { group: "sg-9" } }])).toHaveLength(1);
  });

  test("count in nested blocks, and if the source ignores them", () => {
    const service = (groups: readonly string[]): Values => ({
      id: "s",
      network_configuration: [{ security_groups: groups, assign_public_ip: false }],
    });
    expect(
      found([
        {
          type: "aws_ecs_service",
          values: { ...service(["sg-1", "sg-9"]), desired_count: 4 },
          applied: { ...service(["sg-1"]), desired_count: 2 },
          source: service(["sg-1"]),
          ignored: ["network_configuration", "desired_count"],
        },
      ]),
    ).toEqual(['network_configuration.security_groups: "sg-9"']);
  });

  test("count as switches that grant access", () => {
    const database = (now: boolean, before: boolean): Standing => ({
      type: "aws_rds_cluster_instance",
      values: { publicly_accessible: now },
      applied: { publicly_accessible: before },
    });
    expect(found([database(true, false)])).toEqual(["publicly_accessible: true"]);
    expect(found([database(false, true)])).toEqual([]);
  });

  test("pass if the first refresh only changes null to an empty value", () => {
    const empty = fc.constantFrom<HclValue>(null, "", [], {});
    fc.assert(
      fc.property(empty, empty, (before, now) => {
        expect(found([{ type: "aws_x", values: { role_policy: now }, applied: { role_policy: before } }])).toEqual([]);
      }),
    );
  });
});

describe("every argument of the table", () => {
  const policy = document(EVERYBODY);
  const ENTRIES = [rule({ cidr_blocks: ["0.0.0.0/0"], name: "p", policy })];
  const pairs = Object.entries(ACCESS_ARGUMENTS).flatMap(([type, all]) =>
    all.map(({ argument }): [string, string] => [type, argument]),
  );

  test.each(pairs)("is judged in each state that contains it: %s.%s", (type, argument) => {
    const value: HclValue = /polic(y|ies)$/.test(argument) && argument !== "inline_policy" ? policy : ENTRIES;
    expect(found([{ type, values: { id: "x", [argument]: value } }])).toHaveLength(1);
    expect(found([{ type, values: { id: "x", [argument]: value }, source: { [argument]: value } }])).toEqual([]);
  });
});
