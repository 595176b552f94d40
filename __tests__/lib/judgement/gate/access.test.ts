import { accessInWords, isAccess, isNetworkAccess } from "../../../../lib/judgement/gate/access";
import type { Change } from "../../../../lib/judgement/gate/change";
import { Names } from "../../../../lib/judgement/gate/names";
import { inWords } from "../../../../lib/judgement/gate/sentence";
import { EncodedJson, type HclValue, type Mapping, Reference, Unknown } from "../../../../lib/judgement/hcl";

type Values = Mapping | undefined;

function change(type: string, before: Values, after: Values, changed: readonly string[] = []): Change {
  const action = before === undefined ? "create" : after === undefined ? "delete" : "update";
  return { address: `module.orders.${type}.this`, type, action, before, after, changed, replacedFor: [] };
}

const names = new Names({
  resource_changes: [
    {
      address: 'module.groups.aws_security_group.this["web"]',
      mode: "managed",
      type: "aws_security_group",
      name: "this",
      change: { actions: ["no-op"], before: { id: "sg-1" }, after: { id: "sg-1" }, replace_paths: [] },
    },
    {
      address: "module.documents.aws_s3_bucket.this",
      mode: "managed",
      type: "aws_s3_bucket",
      name: "this",
      change: { actions: ["create"], before: null, after: { bucket: "docs" }, replace_paths: [] },
    },
  ],
});

const inSentences = (...changes: readonly Change[]) => accessInWords(changes, names).map((one) => inWords(one));
const policy = (...statements: readonly Mapping[]): Mapping => ({
  role: new Reference("module.orders.aws_iam_role.task", "id"),
  policy: new EncodedJson({ Statement: statements }),
});
const allow = (Action: HclValue, Resource: HclValue = "*"): Mapping => ({ Effect: "Allow", Action, Resource });
const rolePolicy = (before: Values, after: Values) =>
  inSentences(change("aws_iam_role_policy", before, after, ["policy"]));

test.each<readonly [string, Values, Values, readonly string[]]>([
  [
    "a new policy",
    undefined,
    policy(allow(["s3:GetObject", "s3:PutObject"], "arn:aws:s3:::docs/*")),
    ["orders.task may call s3:GetObject, s3:PutObject on documents/*"],
  ],
  [
    "the same in other words",
    policy(allow(["a:B", "a:C"])),
    policy(allow("a:C"), allow("a:B")),
    ["orders (aws_iam_role_policy) changes policy"],
  ],
  [
    "an action more, another less",
    policy(allow(["a:B", "a:C"])),
    policy(allow(["a:C", "a:D"])),
    ["orders.task may now also call a:D on *", "orders.task may no longer call a:B on *"],
  ],
  ["a policy that goes", policy(allow("a:B")), undefined, ["orders.task may no longer call a:B on *"]],
  [
    "a denial that goes",
    policy(allow("a:B"), { ...allow("a:C"), Effect: "Deny" }),
    policy(allow("a:B")),
    ["orders.task is no longer denied a:C on *"],
  ],
  ["a denial in a new policy", undefined, policy({ ...allow("a:C"), Effect: "Deny" }), []],
  [
    "everything except",
    undefined,
    policy({ Effect: "Allow", NotAction: ["iam:*", "sts:*"], NotResource: "arn:aws:s3:::docs" }),
    ["orders.task may call everything except iam:*, sts:* on everything except documents"],
  ],
  [
    "a condition",
    undefined,
    policy({
      ...allow("a:B"),
      Condition: {
        StringEquals: { "aws:SourceAccount": ["1", "2"] },
        NumericLessThan: { "aws:MultiFactorAuthAge": 60 },
      },
    }),
    ["orders.task may call a:B on * where aws:SourceAccount = 1 or 2 and aws:MultiFactorAuthAge NumericLessThan 60"],
  ],
  [
    "a condition that goes",
    policy({ ...allow("a:B"), Condition: { Bool: { "aws:SecureTransport": true } } }),
    policy(allow("a:B")),
    [
      "orders.task may now also call a:B on *",
      "orders.task may no longer call a:B on * where aws:SecureTransport = true",
    ],
  ],
  [
    "a resource that only the apply names",
    undefined,
    policy(allow("sqs:SendMessage", new Reference("module.jobs.aws_sqs_queue.this", "arn"))),
    ["orders.task may call sqs:SendMessage on jobs"],
  ],
  [
    "a document that only the apply tells",
    policy(allow("a:B")),
    { ...policy(), policy: new Unknown([new Reference("module.jobs.aws_sqs_queue.this", "arn")]) },
    ["orders.task gets permissions that are known after the apply on jobs"],
  ],
])("a role's policy, %s", (_, before, after, sentences) => {
  expect(rolePolicy(before, after)).toEqual(sentences);
});

test("permissions that several callers get are one sentence", () => {
  const of = (role: string) => change("aws_iam_role_policy", undefined, { ...policy(allow(["a:B", "a:C"])), role });
  expect(inSentences(of("one"), of("other"))).toEqual(["one, other may call a:B, a:C on *"]);
});

const rule = (values: Mapping): Mapping => ({
  security_group_id: "sg-1",
  ip_protocol: "tcp",
  from_port: 443,
  to_port: 443,
  ...values,
});
const ingress = "aws_vpc_security_group_ingress_rule";
const egress = "aws_vpc_security_group_egress_rule";

test("the rules at both ends of a path give one sentence", () => {
  const tasks = new Reference('module.groups.aws_security_group.this["tasks"]', "id");
  expect(
    inSentences(
      change(egress, undefined, rule({ referenced_security_group_id: tasks })),
      change(ingress, undefined, rule({ security_group_id: tasks, referenced_security_group_id: "sg-1" })),
    ),
  ).toEqual(['groups["web"] may reach groups["tasks"] on tcp 443']);
});

test.each<readonly [string, Change, readonly string[]]>([
  [
    "that closes",
    change(ingress, rule({ cidr_ipv4: "0.0.0.0/0" }), undefined),
    ['0.0.0.0/0 may no longer reach groups["web"] on tcp 443'],
  ],
  [
    "that moves",
    change(ingress, rule({ cidr_ipv4: "10.0.0.0/8" }), rule({ cidr_ipv4: "10.0.0.0/8", to_port: 500 }), ["to_port"]),
    [
      '10.0.0.0/8 may now reach groups["web"] on tcp 443 to 500',
      '10.0.0.0/8 may no longer reach groups["web"] on tcp 443',
    ],
  ],
  [
    "that is described anew",
    change(
      ingress,
      rule({ cidr_ipv4: "10.0.0.0/8", description: "a" }),
      rule({ cidr_ipv4: "10.0.0.0/8", description: "b" }),
      ["description"],
    ),
    [],
  ],
  [
    "for every port",
    change(egress, undefined, rule({ ip_protocol: "-1", cidr_ipv6: "::/0" })),
    ['groups["web"] may reach ::/0 on every port'],
  ],
  [
    "of the old type",
    change("aws_security_group_rule", undefined, {
      type: "egress",
      protocol: "udp",
      from_port: 53,
      to_port: 53,
      security_group_id: "sg-1",
      cidr_blocks: ["10.0.0.2/32"],
    }),
    ['groups["web"] may reach 10.0.0.2/32 on udp 53'],
  ],
])("a rule %s", (_, one, sentences) => {
  expect(inSentences(one)).toEqual(sentences);
});

test("a change without a sentence of its own is listed by its address", () => {
  const boundary = change("aws_iam_role", { assume_role_policy: "{}" }, { assume_role_policy: "{}" }, [
    "permissions_boundary",
  ]);
  const route = change("aws_route", undefined, { destination_cidr_block: "0.0.0.0/0" });
  const attachment = change("aws_iam_role_policy_attachment", undefined, {
    role: "r",
    policy_arn: "arn:aws:iam::aws:policy/AdministratorAccess",
  });
  expect(inSentences(boundary, route, attachment)).toEqual([
    "orders (aws_iam_role) changes permissions_boundary",
    "orders (aws_route) is added",
    "r gets the policy arn:aws:iam::aws:policy/AdministratorAccess",
  ]);
});

test("changed tags are no access; other changes of IAM resources, policies and rules are access", () => {
  const update = (type: string, ...changed: readonly string[]) => change(type, {}, {}, changed);
  expect(isAccess(update("aws_iam_role", "tags", "tags_all"))).toBe(false);
  expect(isAccess(update("aws_iam_role", "tags", "max_session_duration"))).toBe(true);
  expect(isAccess(update("aws_kms_key", "description"))).toBe(false);
  expect(isAccess(update("aws_kms_key", "policy"))).toBe(true);
  expect(isAccess(update("aws_s3_bucket_public_access_block", "block_public_acls"))).toBe(true);
  expect(isAccess(update("aws_sqs_queue", "name"))).toBe(false);
  expect(isNetworkAccess(update(ingress, "tags"))).toBe(false);
  expect(isNetworkAccess(update(ingress, "cidr_ipv4"))).toBe(true);
  expect(isNetworkAccess(change("aws_internet_gateway", undefined, {}))).toBe(true);
});
