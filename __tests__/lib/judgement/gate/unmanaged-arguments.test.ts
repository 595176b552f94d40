/** Access in arguments that the table does not have: nested, ignored, taken away, or explained by another resource. */
import { EncodedJson, type HclValue, Reference } from "../../../../lib/judgement/hcl";
import { document, found, type Standing, type Values } from "./standing-access";

const EVERYTHING = document({ Effect: "Allow", Action: "*", Resource: "*" });

describe("an argument that AWS computes inside a block of the source", () => {
  const cluster = (...cidrs: readonly string[]): Values => ({
    id: "c",
    vpc_config: [{ subnet_ids: ["subnet-1"], endpoint_private_access: false, public_access_cidrs: cidrs }],
  });
  const opened: Standing = {
    type: "aws_eks_cluster",
    values: cluster("10.0.0.0/8", "0.0.0.0/0"),
    applied: cluster("10.0.0.0/8"),
    source: { vpc_config: { subnet_ids: ["subnet-1"] } },
  };
  const OPEN = ['vpc_config.public_access_cidrs: "0.0.0.0/0"'];

  test("is unmanaged access, because no apply reverts it", () => {
    expect(found([opened])).toEqual(OPEN);
    expect(found([{ ...opened, source: { vpc_config: { public_access_cidrs: ["10.0.0.0/8"] } } }])).toEqual([]);
  });

  const update = (after: Values, more: object = {}) => ({
    address: "module.call.aws_eks_cluster.this",
    mode: "managed",
    type: "aws_eks_cluster",
    name: "this",
    change: { actions: ["update"], before: opened.values, after },
    ...more,
  });

  test("stays unmanaged access in a plan that changes another argument of the block", () => {
    const [block] = [opened.values.vpc_config].flat();
    expect(
      found([opened], [update({ ...opened.values, vpc_config: [Object.assign({}, block, { subnet_ids: [] })] })]),
    ).toEqual(OPEN);
    expect(found([opened], [update(cluster("10.0.0.0/8"))])).toEqual([]);
  });

  test("is removed even if a deposed object has the same address", () => {
    const deposed = { deposed: "d1", change: { actions: ["delete"], before: opened.values, after: null } };
    expect(found([opened], [update(cluster("10.0.0.0/8")), update({}, deposed)])).toEqual([]);
    expect(found([opened], [update({}, deposed)])).toEqual(OPEN);
  });
});

describe("a resource explains only access that it grants", () => {
  const companion: Standing = {
    type: "aws_iam_role_policy",
    values: { id: "backend:backend", role: "backend", name: "backend", policy: EVERYTHING },
    applied: { id: "backend:backend", role: "backend", name: "backend", policy: document() },
    source: { role: "backend", policy: document() },
    ignored: ["policy"],
  };

  test("not if its argument only shows the same change", () => {
    const inline = (policy: string): Values => ({ name: "backend", inline_policy: [{ name: "backend", policy }] });
    const role = { type: "aws_iam_role", values: inline(EVERYTHING), applied: inline(document()) };
    expect(found([role, companion])).toEqual([
      'inline_policy: "backend": Allow * on *',
      `policy: ${JSON.stringify(EVERYTHING)}`,
    ]);
  });

  test("not after an apply has saved a change of an ignored argument in the state", () => {
    const role = {
      type: "aws_iam_role",
      values: { name: "backend", inline_policy: [{ name: "backend", policy: EVERYTHING }] },
    };
    const { applied: _, ...accepted } = companion;
    expect(found([role, accepted])).toEqual(['inline_policy: "backend": Allow * on *']);
    expect(found([role, { ...accepted, source: { policy: EVERYTHING } }])).toEqual([]);
  });

  test("not if it has the same name", () => {
    const service = (...groups: readonly string[]): Values => ({ id: "s", name: "shop", security_group_ids: groups });
    const opened = { type: "aws_elasticache_cluster", values: service("sg-9"), applied: service() };
    const group = { type: "aws_security_group", values: { id: "sg-9", name: "shop" } };
    expect(found([opened, group])).toEqual(['security_group_ids: "sg-9"']);
  });
});

test("a sensitive policy of its own resource explains the same policy in another resource", () => {
  const role = { type: "aws_iam_role", values: { name: "r", inline_policy: [{ name: "p", policy: EVERYTHING }] } };
  const companion = { type: "aws_iam_role_policy", values: { role: "r", name: "p", policy: EVERYTHING } };
  expect(found([role, { ...companion, sensitive: { policy: true } }])).toEqual([]);
});

test("a new sensitive value counts as access", () => {
  const endpoint = { type: "aws_x", values: { trusted_names: "secret" }, applied: { trusted_names: "" } };
  expect(found([{ ...endpoint, sensitive: { trusted_names: true } }])).toEqual(["trusted_names: (sensitive value)"]);
});

test("a sensitive value is no access if only another value changes", () => {
  const options = (name: string, secret: string): Values => ({ options: [{ name, role_secret: secret }] });
  const sensitive = { options: [{ role_secret: true }] };
  expect(found([{ type: "aws_x", values: options("b", "s"), applied: options("a", "s"), sensitive }])).toEqual([]);
  expect(found([{ type: "aws_x", values: options("a", "t"), applied: options("a", "s"), sensitive }])).toHaveLength(1);
});

test("the status of a Kubernetes object is no access", () => {
  const ingress = (...hosts: readonly string[]): Values => ({
    id: "shop/web",
    status: [{ load_balancer: [{ ingress: hosts.map((hostname) => ({ hostname, ip: "" })) }] }],
  });
  expect(found([{ type: "kubernetes_ingress_v1", values: ingress("lb.aws"), applied: ingress() }])).toEqual([]);
});

test("reordered blocks are no access", () => {
  const listed = (...groups: readonly string[]): Values => ({
    targets: groups.map((group) => ({ security_groups: [group] })),
  });
  const values = { ...listed("sg-2", "sg-1") };
  expect(found([{ type: "aws_x", values, applied: listed("sg-1", "sg-2") }])).toEqual([]);
  expect(found([{ type: "aws_x", values: listed("sg-9", "sg-1"), applied: listed("sg-1") }])).toEqual([
    'targets.security_groups: "sg-9"',
  ]);
});

test.each<[string, string, Values]>([
  ["aws_cognito_user_pool_client", "callback_urls", { callback_urls: ["https://attacker.example"] }],
  ["aws_cognito_user_pool_client", "explicit_auth_flows", { explicit_auth_flows: ["ALLOW_ADMIN_USER_PASSWORD_AUTH"] }],
  ["aws_iam_openid_connect_provider", "thumbprint_list", { thumbprint_list: ["00"] }],
  ["aws_opensearch_domain", "security.anonymous_auth_enabled", { security: [{ anonymous_auth_enabled: true }] }],
])("access is found in other arguments too: %s.%s", (type, argument, values) => {
  expect(found([{ type, values, applied: {} }])).toEqual([expect.stringContaining(`${argument}: `)]);
});

test("routes that a gateway propagates are explained by the resource that enables the propagation", () => {
  const table = { type: "aws_route_table", values: { id: "rtb-1", propagating_vgws: ["vgw-1"] } };
  const values = { route_table_id: "rtb-1", vpn_gateway_id: "vgw-1" };
  expect(found([table])).toEqual(["propagating_vgws: vgw-1"]);
  expect(found([table, { type: "aws_vpn_gateway_route_propagation", values }])).toEqual([]);
});

describe("a policy of the source in ignore_changes", () => {
  const role = { type: "aws_iam_role", values: { id: "r", name: "r", arn: "arn:aws:iam::111122223333:role/r" } };
  const allow = (principal: HclValue) => ({
    Effect: "Allow",
    Principal: { AWS: principal },
    Action: "kms:*",
    Resource: "*",
  });
  const deny = { Effect: "Deny", Principal: "*", Action: "kms:Decrypt", Resource: "*" };
  const key = (policy: string, ...said: readonly HclValue[]): Standing => ({
    type: "aws_kms_key",
    values: { id: "k", policy },
    source: { policy: new EncodedJson({ Statement: said }) },
    ignored: ["policy"],
  });
  const reference = new Reference("module.call.aws_iam_role.this", "arn");

  test("is compared with the state's values of its references", () => {
    const policy = document(allow(role.values.arn));
    expect(found([role, key(policy, allow(reference))])).toEqual([]);
    expect(found([role, key(document(allow("*")), allow(reference))])).toHaveLength(1);
  });

  test("grants access if a denial is missing", () => {
    expect(found([key(document(allow("a"), deny), allow("a"), deny)])).toEqual([]);
    expect(found([key(document(allow("a")), allow("a"), deny)])).toEqual([
      "policy: no longer Deny kms:Decrypt on * to *",
    ]);
    expect(found([key("", allow("a"), deny)])).toHaveLength(1);
  });
});
