/** Which changes are changes of access: of resources that give it, and of arguments that hold it. */
import { accessInWords, isAccess, isNetworkAccess } from "../../../../lib/judgement/gate/access";
import type { Change } from "../../../../lib/judgement/gate/change";
import { Names } from "../../../../lib/judgement/gate/names";
import { inWords } from "../../../../lib/judgement/gate/sentence";
import { type HclValue, type Mapping, Reference } from "../../../../lib/judgement/hcl";

type Values = Mapping | undefined;

function change(type: string, before: Values, after: Values, changed: readonly string[] = []): Change {
  const action = before === undefined ? "create" : after === undefined ? "delete" : "update";
  return { address: `module.orders.${type}.this`, type, action, before, after, changed, replacedFor: [] };
}

const names = new Names({ resource_changes: [] });
const inSentences = (...changes: readonly Change[]) => accessInWords(changes, names).map((one) => inWords(one));

test.each([
  ["aws_ecr_registry_policy"],
  ["aws_elasticsearch_domain_policy"],
  ["aws_lambda_layer_version_permission"],
  ["aws_lambda_function_url"],
  ["aws_ram_principal_association"],
  ["aws_rds_cluster_role_association"],
  ["aws_vpc_endpoint_service_allowed_principal"],
])("a resource that grants access to another resource is access: %s", (type) => {
  expect(isAccess(change(type, undefined, {}))).toBe(true);
});

test("a resource that grants no access is no access, even if its type ends in policy", () => {
  for (const type of ["aws_ecr_lifecycle_policy", "aws_appautoscaling_policy", "aws_sqs_queue_redrive_policy"]) {
    expect(isAccess(change(type, undefined, { policy: "{}" }, ["policy"]))).toBe(false);
  }
});

test("the route table of a subnet is a network path", () => {
  expect(isNetworkAccess(change("aws_route_table_association", {}, {}, ["route_table_id"]))).toBe(true);
  expect(isNetworkAccess(change("aws_vpc_endpoint_route_table_association", undefined, {}))).toBe(true);
});

describe("an access argument of another resource", () => {
  const table = (route: HclValue): Mapping => ({ vpc_id: "vpc-1", route });
  const open = table([{ cidr_block: "0.0.0.0/0", gateway_id: "igw-1" }]);
  const queue = (policy: HclValue): Mapping => ({ name: "orders", policy, redrive_policy: "{}" });

  test("is access if the plan changes it", () => {
    expect(isNetworkAccess(change("aws_route_table", undefined, open, ["route", "vpc_id"]))).toBe(true);
    expect(isNetworkAccess(change("aws_route_table", table([]), open, ["route"]))).toBe(true);
    expect(isAccess(change("aws_sqs_queue", queue(""), queue("{}"), ["policy"]))).toBe(true);
    expect(inSentences(change("aws_route_table", table([]), open, ["route"]))).toEqual([
      "orders (aws_route_table) changes route",
    ]);
  });

  test("is access if the plan imports it", () => {
    const imported = { ...change("aws_sqs_queue", undefined, queue("{}")), action: "import" as const };
    expect(isAccess(imported)).toBe(true);
    expect(isAccess({ ...imported, after: queue("") })).toBe(false);
  });

  test("is no access if the plan changes another argument, or removes the resource", () => {
    expect(isNetworkAccess(change("aws_route_table", undefined, table([]), ["vpc_id"]))).toBe(false);
    expect(isNetworkAccess(change("aws_route_table", open, open, ["tags"]))).toBe(false);
    expect(isNetworkAccess(change("aws_route_table", open, undefined, ["route"]))).toBe(false);
    expect(isAccess(change("aws_sqs_queue", queue(""), queue(""), ["redrive_policy"]))).toBe(false);
  });
});

describe("the role and the security groups of a resource", () => {
  const service = (groups: HclValue, account = "shop"): Mapping => ({
    network_configuration: [{ security_groups: groups, subnets: ["subnet-1"] }],
    spec: [{ template: [{ spec: [{ service_account_name: account }] }] }],
  });
  const update = (before: Mapping, after: Mapping, ...changed: readonly string[]) =>
    change("aws_ecs_service", before, after, changed);

  test("a changed role is access", () => {
    const task = (role: HclValue): Mapping => ({ task_role_arn: role, cpu: 256 });
    expect(isAccess(update(task("a"), task("b"), "task_role_arn"))).toBe(true);
    expect(isAccess(update(task("a"), task(new Reference("module.x.aws_iam_role.this", "arn")), "task_role_arn"))).toBe(
      true,
    );
    expect(isAccess(update(task("a"), { ...task("a"), cpu: 512 }, "cpu"))).toBe(false);
    expect(isAccess(update(service([]), service([], "admin"), "spec"))).toBe(true);
    expect(isAccess(update(service([]), service(["sg-1"]), "network_configuration"))).toBe(false);
  });

  test("changed security groups are a network path, also in nested blocks", () => {
    expect(isNetworkAccess(update(service(["sg-1"]), service(["sg-1", "sg-2"]), "network_configuration"))).toBe(true);
    expect(isNetworkAccess(update({}, service(["sg-1"]), "network_configuration"))).toBe(true);
    expect(isNetworkAccess(update(service(["sg-1"]), service(["sg-1"], "admin"), "spec"))).toBe(false);
    expect(inSentences(update(service(["sg-1"]), service(["sg-2"]), "network_configuration"))).toEqual([
      "orders (aws_ecs_service) changes network_configuration",
    ]);
  });

  test("are no access of a new or removed resource, because the role and the groups have changes of their own", () => {
    expect(isNetworkAccess(change("aws_ecs_service", undefined, service(["sg-1"]), ["network_configuration"]))).toBe(
      false,
    );
    expect(isNetworkAccess(change("aws_ecs_service", service(["sg-1"]), undefined, ["network_configuration"]))).toBe(
      false,
    );
  });
});

test("a manifest is judged by the kind of its object", () => {
  const manifest = (kind: string) => change("kubernetes_manifest", undefined, { manifest: { kind } }, ["manifest"]);
  expect(isAccess(manifest("ClusterRoleBinding"))).toBe(true);
  expect(isAccess(manifest("Deployment"))).toBe(false);
  expect(isNetworkAccess(manifest("NetworkPolicy"))).toBe(true);
});
