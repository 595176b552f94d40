import { Vpc } from "../../modules/vpc";
import { planSubnets } from "../../modules/vpc/plan";
import { emitted } from "../lib/generator/support";
import { describePlan } from "../support/planned";
import { arnOf } from "../support/stand-ins";

const base = {
  accountId: "111122223333",
  cidr: "10.20.0.0/16",
  subnets: planSubnets({ cidr: "10.20.0.0/16", zones: { "eu-central-1b": 1, "eu-central-1a": 0 } }),
  logKmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/logs",
  flowLogRetentionDays: 90,
} as const;
/** A third zone, with a name before those that are there. */
const GROWN = planSubnets({
  cidr: base.cidr,
  zones: { "eu-central-1b": 0, "eu-central-1c": 1, "eu-central-1a": 2 },
});
const both = (tier: string) => [`${tier}/eu-central-1a`, `${tier}/eu-central-1b`];

describePlan(
  "a network",
  (root) => {
    new Vpc(root, "closed", { ...base, name: "closed" });
    new Vpc(root, "single", { ...base, name: "single", natGateways: "single" });
    new Vpc(root, "grown", { ...base, name: "grown", subnets: GROWN, natGateways: "single" });
    new Vpc(root, "zonal", {
      ...base,
      name: "zonal",
      natGateways: "per-zone",
      nameTags: {
        vpc: "vpc-shop",
        "internet-gateway": "igw-shop",
        "subnet/data/eu-central-1a": "subnet-shop-db-a",
        "route-table/data/eu-central-1a": "db-rt-a",
        "nat-gateway/public/eu-central-1b": "nat-shop-b",
      },
    });
  },
  (plan) => {
    const nat = (name: string) => ({
      addresses: plan().keys(`module.${name}.aws_eip.nat`),
      gateways: plan().keys(`module.${name}.aws_nat_gateway.this`),
      routes: both("private").map((key) =>
        plan().addresses.includes(`module.${name}.aws_route.nat["${key}"]`)
          ? plan().values(`module.${name}.aws_route.nat["${key}"]`).nat_gateway_id
          : undefined,
      ),
    });
    const gateway = (name: string, zone: string) => `module.${name}.aws_nat_gateway.this["public/${zone}"]`;

    test("has the given block, and the DNS settings that private endpoints need", () => {
      expect(plan().values("module.closed.aws_vpc.this")).toMatchObject({
        cidr_block: "10.20.0.0/16",
        enable_dns_support: true,
        enable_dns_hostnames: true,
        tags: { Name: "closed" },
      });
    });

    test("has the names that are given, and names with the prefix without", () => {
      const named = (address: string) => plan().values(`module.zonal.${address}`).tags;
      expect(named("aws_vpc.this")).toEqual({ Name: "vpc-shop" });
      expect(named("aws_internet_gateway.this")).toEqual({ Name: "igw-shop" });
      expect(named('aws_subnet.this["data/eu-central-1a"]')).toEqual({ Name: "subnet-shop-db-a" });
      expect(named('aws_subnet.this["data/eu-central-1b"]')).toEqual({ Name: "zonal-data/eu-central-1b" });
      expect(named('aws_route_table.this["data/eu-central-1a"]')).toEqual({ Name: "db-rt-a" });
      expect(named('aws_nat_gateway.this["public/eu-central-1b"]')).toEqual({ Name: "nat-shop-b" });
      expect(named('aws_nat_gateway.this["public/eu-central-1a"]')).toEqual({ Name: "zonal-public/eu-central-1a" });
    });

    test("has a subnet for each entry of the plan, with its key and without public addresses", () => {
      const subnets = plan().keys("module.closed.aws_subnet.this");
      expect(subnets).toEqual([...both("data"), ...both("private"), ...both("public")]);
      expect(plan().values('module.closed.aws_subnet.this["private/eu-central-1b"]')).toMatchObject({
        cidr_block: "10.20.80.0/20",
        availability_zone: "eu-central-1b",
        map_public_ip_on_launch: false,
        tags: { Name: "closed-private/eu-central-1b" },
      });
    });

    test("has a route table for each subnet", () => {
      for (const key of [...both("data"), ...both("private"), ...both("public")]) {
        expect(plan().values(`module.closed.aws_route_table_association.this["${key}"]`)).toMatchObject({
          subnet_id: `module.closed.aws_subnet.this["${key}"]`,
          route_table_id: `module.closed.aws_route_table.this["${key}"]`,
        });
      }
    });

    test("routes only public subnets to the internet gateway", () => {
      expect(plan().keys("module.closed.aws_route.internet")).toEqual(both("public"));
      expect(plan().values('module.closed.aws_route.internet["public/eu-central-1a"]')).toMatchObject({
        destination_cidr_block: "0.0.0.0/0",
        gateway_id: "module.closed.aws_internet_gateway.this",
        route_table_id: 'module.closed.aws_route_table.this["public/eu-central-1a"]',
      });
    });

    test("has no NAT gateway by default", () => {
      expect(nat("closed")).toEqual({ addresses: [], gateways: [], routes: [undefined, undefined] });
    });

    test("routes all private subnets through a single NAT gateway", () => {
      expect(nat("single")).toEqual({
        addresses: ["public/eu-central-1a"],
        gateways: ["public/eu-central-1a"],
        routes: [gateway("single", "eu-central-1a"), gateway("single", "eu-central-1a")],
      });
    });

    test("does not move its single NAT gateway when a zone is added", () => {
      expect(nat("grown").gateways).toEqual(["public/eu-central-1b"]);
    });

    test("routes each private subnet through the NAT gateway of its zone if each zone has one", () => {
      expect(nat("zonal")).toEqual({
        addresses: both("public"),
        gateways: both("public"),
        routes: [gateway("zonal", "eu-central-1a"), gateway("zonal", "eu-central-1b")],
      });
    });

    test("has no route from data subnets to the internet, with any NAT gateways", () => {
      const routed = plan()
        .all("aws_route")
        .map(({ key }) => String(key));
      expect(routed.filter((key) => key.startsWith("data/"))).toEqual([]);
    });

    test("has a default security group without rules, and removes added rules", () => {
      expect(plan().values("module.closed.aws_default_security_group.this")).toMatchObject({
        vpc_id: "module.closed.aws_vpc.this",
        ingress: [],
        egress: [],
      });
    });

    test("logs all flows every minute, encrypted, for the given days", () => {
      expect(plan().values("module.closed.aws_flow_log.this")).toMatchObject({
        vpc_id: "module.closed.aws_vpc.this",
        traffic_type: "ALL",
        max_aggregation_interval: 60,
        log_destination_type: "cloud-watch-logs",
        log_destination: arnOf("module.closed.aws_cloudwatch_log_group.flow_logs"),
        iam_role_arn: arnOf("module.closed.aws_iam_role.flow_logs"),
      });
      expect(plan().values("module.closed.aws_cloudwatch_log_group.flow_logs")).toMatchObject({
        name: "/vpc/closed/flow-logs",
        kms_key_id: base.logKmsKeyArn,
        retention_in_days: 90,
      });
    });

    test("allows the flow logs of its account to write to their group", () => {
      expect(plan().statements("module.closed.aws_iam_role.flow_logs", "assume_role_policy")).toMatchObject({
        AssumeByService: {
          Principal: { Service: "vpc-flow-logs.amazonaws.com" },
          Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } },
        },
      });
      expect(plan().statements("module.closed.aws_iam_role_policy.flow_logs").WriteFlowLogs).toEqual({
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
        Resource: `${arnOf("module.closed.aws_cloudwatch_log_group.flow_logs")}:*`,
      });
    });
  },
);

test("the output with the subnets waits until their routes exist", () => {
  expect(emitted(Vpc, "outputs.tf.json")).toMatchObject({
    output: {
      public_subnet_ids: { depends_on: ["aws_route.internet", "aws_route_table_association.this"] },
      private_subnet_ids: { depends_on: ["aws_route.nat", "aws_route_table_association.this"] },
      data_subnet_ids: { depends_on: ["aws_route_table_association.this"] },
    },
  });
});
