import fc from "fast-check";
import { SecurityGroups } from "../../modules/security-groups";
import { type Connection, connections } from "../../modules/security-groups/connections";
import { emitted, failure, newRoot } from "../lib/generator/support";
import { describePlan } from "../support/planned";

const list: Connection[] = [
  { from: "web", to: "tasks", port: 8000, description: "Requests" },
  { from: "internet", to: "web", port: 443, description: "HTTPS" },
  { from: "tasks", to: "s3", port: 443, description: "Documents" },
];
const base = {
  name: "orders",
  vpcId: "vpc-0123456789abcdef0",
  groups: { web: "Load balancer", tasks: "Containers" },
  peers: { internet: { cidr: "0.0.0.0/0" }, s3: { prefixListId: "pl-0123456789abcdef0" } },
} as const;

const CLUSTER = "sg-0123456789abcdef0";

describePlan(
  "security groups",
  (root) => {
    new SecurityGroups(root, "groups", { ...base, nameTags: { tasks: "sg-orders" }, connections: connections(list) });
    new SecurityGroups(root, "beside", {
      ...base,
      peers: { cluster: { securityGroup: { id: CLUSTER } } },
      connections: connections([
        { from: "web", to: "cluster", port: 8080, description: "Requests to pods" },
        { from: "cluster", to: "tasks", port: 5432, description: "Connections of pods" },
      ]),
    });
  },
  (plan) => {
    const group = (name: string) => `module.groups.aws_security_group.this["${name}"]`;
    const rules = (direction: "ingress" | "egress", call = "groups") =>
      plan()
        .all(`aws_vpc_security_group_${direction}_rule`)
        .filter(({ address }) => address.startsWith(`module.${call}.`))
        .map(({ key, values: v }) => [
          key,
          v.security_group_id,
          v.referenced_security_group_id ?? v.cidr_ipv4 ?? v.prefix_list_id,
        ]);

    test("have the tags that are given", () => {
      expect(plan().values(group("tasks"))).toMatchObject({
        name_prefix: "orders-tasks-",
        tags: { Name: "sg-orders" },
      });
      expect(plan().values(group("web")).tags).toEqual({ Name: "orders-web" });
    });

    test("have names and descriptions, and no inline rules", () => {
      expect(plan().keys("module.groups.aws_security_group.this")).toEqual(["tasks", "web"]);
      expect(plan().values(group("web"))).toMatchObject({
        name_prefix: "orders-web-",
        description: "Load balancer",
        vpc_id: base.vpcId,
        tags: { Name: "orders-web" },
      });
    });

    test("allow ingress only for connections that end in them", () => {
      expect(rules("ingress")).toEqual([
        ["internet-to-web-443", group("web"), "0.0.0.0/0"],
        ["web-to-tasks-8000", group("tasks"), group("web")],
      ]);
    });

    test("allow egress only for connections that start in them", () => {
      expect(rules("egress")).toEqual([
        ["tasks-to-s3-443", group("tasks"), "pl-0123456789abcdef0"],
        ["web-to-tasks-8000", group("web"), group("tasks")],
      ]);
    });

    test("of other owners get ingress for connections that end in them, and no egress", () => {
      const beside = (name: string) => `module.beside.aws_security_group.this["${name}"]`;
      expect(rules("ingress", "beside")).toEqual([
        ["cluster-to-tasks-5432", beside("tasks"), CLUSTER],
        ["web-to-cluster-8080", CLUSTER, beside("web")],
      ]);
      expect(rules("egress", "beside")).toEqual([["web-to-cluster-8080", beside("web"), CLUSTER]]);
    });

    test("open one TCP port in each rule, and each has a description", () => {
      expect(plan().values('module.groups.aws_vpc_security_group_egress_rule.this["web-to-tasks-8000"]')).toMatchObject(
        {
          ip_protocol: "tcp",
          from_port: 8000,
          to_port: 8000,
          description: "Requests",
        },
      );
    });
  },
);

test("the output with the groups waits until their rules exist, and replaced groups exist until then", () => {
  expect(emitted(SecurityGroups, "outputs.tf.json")).toMatchObject({
    output: {
      ids: {
        depends_on: ["aws_vpc_security_group_ingress_rule.this", "aws_vpc_security_group_egress_rule.this"],
      },
    },
  });
  expect(emitted(SecurityGroups, "main.tf.json")).toMatchObject({
    resource: { aws_security_group: { this: { lifecycle: { create_before_destroy: true } } } },
  });
});

test.each([
  ["neither a block nor a prefix list", {}],
  ["both a block and a prefix list", { cidr: "10.0.0.0/8", prefixListId: "pl-0123456789abcdef0" }],
  ["both a block and a security group", { cidr: "10.0.0.0/8", securityGroup: { id: CLUSTER } }],
])("a peer with %s is refused, as AWS takes exactly one", (_, peer) => {
  const inputs = { ...base, peers: { ...base.peers, internet: peer }, connections: connections(list) };
  expect(failure(() => new SecurityGroups(newRoot(), "groups", inputs)).message).toContain("peers");
});

describe("connections", () => {
  const name = fc.constantFrom("web", "tasks", "database", "s3");
  const connection = fc.record({
    from: name,
    to: name,
    port: fc.integer({ min: 1, max: 65535 }),
    description: fc.string({ minLength: 1 }),
  });

  test("have keys of source, destination and port", () => {
    expect(Object.keys(connections(list))).toEqual(["web-to-tasks-8000", "internet-to-web-443", "tasks-to-s3-443"]);
  });

  test("have the same keys in any order", () => {
    fc.assert(
      fc.property(fc.uniqueArray(connection, { selector: ({ from, to, port }) => `${from} ${to} ${port}` }), (some) => {
        expect(connections([...some].reverse())).toEqual(connections(some));
        expect(Object.values(connections(some))).toHaveLength(some.length);
      }),
    );
  });
});
