/** What exists before a service starts its first tasks. A task that cannot pull its image fails the first deployment. */
import { Configurations, readTree } from "../../lib/judgement/configuration";
import { Reference } from "../../lib/judgement/hcl";
import { inOfflineCopy, inParallel } from "../../lib/terraform";
import { terraform } from "../../lib/terraform/run";
import { roots } from "../../main";
import { PLAN_TIMEOUT } from "../support/planned";
import { describeWithTerraform } from "../support/terraform-needed";
import { withVerifiedProvider } from "../support/verified-provider";
import { TREE } from "./committed-tree";
import { representatives } from "./representatives";

const tree = new Configurations(readTree(TREE));
const withServices = roots
  .map(({ address }) => address)
  .filter((address) => tree.root(address).of("aws_ecs_service").length > 0);
const environments = representatives(withServices);

/** What a task reaches AWS by: interface endpoints, or NAT gateways in a network without them. */
const networkOf = (root: string) => [
  tree.root(root).calls.some(({ id }) => id === "interface_endpoints")
    ? "module.interface_endpoints.aws_vpc_endpoint.this"
    : "module.vpc.aws_route.nat",
  "module.gateway_endpoints.aws_vpc_endpoint.s3",
  "module.security_groups.aws_vpc_security_group_egress_rule.this",
  "module.security_groups.aws_vpc_security_group_ingress_rule.this",
  "module.vpc.aws_route_table_association.this",
];

/** What its execution role, its log and its code need, in the module of its task definition. */
const OF_TASK = ["aws_cloudwatch_log_group.this", "aws_iam_role_policy.execution", "aws_iam_role_policy.task"];

describeWithTerraform("services wait for what their tasks need", () => {
  let graphs: ReadonlyMap<string, readonly string[]>[];
  beforeAll(async () => {
    graphs = await inParallel(environments, (root) =>
      inOfflineCopy(TREE, root, async (copy) => edges(await terraform(["graph"], await withVerifiedProvider(copy)))),
    );
  }, PLAN_TIMEOUT);

  test.each(environments)("in %s", (root) => {
    const graph = graphs[environments.indexOf(root)] ?? new Map();
    for (const { address, values } of tree.root(root).of("aws_ecs_service")) {
      const before = reachable(graph, address);
      const task = values.task_definition instanceof Reference ? values.task_definition.address : "";
      expect(task).toMatch(/\.aws_ecs_task_definition\.this$/);
      const ofTask = OF_TASK.map((resource) => task.replace("aws_ecs_task_definition.this", resource));
      const needed = [...networkOf(root), task, ...ofTask];
      expect([address, ...needed.filter((resource) => !before.has(resource))]).toEqual([address]);
    }
  });
});

/** Resources that each resource depends on directly, from the graph as Terraform prints it. */
function edges(graph: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const [, from = "", to = ""] of graph.matchAll(/"([^"]+)" -> "([^"]+)"/g)) {
    found.set(from, [...(found.get(from) ?? []), to]);
  }
  return found;
}

function reachable(graph: ReadonlyMap<string, readonly string[]>, from: string): Set<string> {
  const found = new Set<string>();
  const waiting = [from];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const resource of graph.get(next) ?? []) {
      if (found.has(resource)) continue;
      found.add(resource);
      waiting.push(resource);
    }
  }
  return found;
}
