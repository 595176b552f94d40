/** Section 5 of Formula's document: the network. */
import { differs, holds, names, type Row, type Value } from "./row";

const subnet = (key: string, argument: string, value: string): Value => [
  "prod",
  `vpc.aws_subnet.this["${key}"]`,
  argument,
  value,
];
const rule = (key: string, argument: string, value: string | number): Value => [
  "prod",
  `security_groups.aws_vpc_security_group_ingress_rule.this["${key}"]`,
  argument,
  value,
];
const OWN_TABLE =
  "each subnet has a table of its own, named by its tier and zone, and database subnets have no way out";

export const NETWORK: readonly Row[] = [
  names("5.1.1.1 5.1.2.1", "segments of all environments"),
  holds("5.1.1.2-3", "private: tasks and database", subnet("private/us-east-1a", "cidr_block", "10.0.1.0/24"), [
    "prod",
    "database.aws_db_instance.this",
    "publicly_accessible",
    false,
  ]),
  differs(
    "5.1.2.2-3",
    "public: load balancer and API Gateway",
    "API Gateway has no place in a VPC",
    "prod/blue_load_balancer",
  ),
  holds("5.1.1.4 5.1.2.4", "isolation by networks", "prod/vpc", "prod/security_groups"),
  names("5.2.1.1 5.2.2.1 5.2.3.1", "subnets of prod"),
  holds("5.2.1.2-3", "private 10.0.1.0/24", subnet("private/us-east-1a", "cidr_block", "10.0.1.0/24")),
  holds("5.2.1.4", "private in us-east-1a", subnet("private/us-east-1a", "availability_zone", "us-east-1a")),
  holds("5.2.1.5", "table private-rt-a", [
    "prod",
    'vpc.aws_route_table.this["private/us-east-1a"]',
    "tags.Name",
    "private-rt-a",
  ]),
  holds("5.2.2.2-3", "public 10.0.101.0/24", subnet("public/us-east-1a", "cidr_block", "10.0.101.0/24")),
  holds("5.2.2.4", "public in us-east-1a", subnet("public/us-east-1a", "availability_zone", "us-east-1a")),
  differs("5.2.2.5", "table public-rt", OWN_TABLE, [
    "prod",
    'vpc.aws_route_table.this["public/us-east-1a"]',
    "tags.Name",
    "public-rt-a",
  ]),
  holds("5.2.3.2-3", "database 10.0.2.0/24", subnet("data/us-east-1a", "cidr_block", "10.0.2.0/24")),
  holds("5.2.3.4", "database in us-east-1a", subnet("data/us-east-1a", "availability_zone", "us-east-1a")),
  differs("5.2.3.5", "table private-rt-a of the database", OWN_TABLE, [
    "prod",
    'vpc.aws_route_table.this["data/us-east-1a"]',
    "tags.Name",
    "db-rt-a",
  ]),
  differs(
    "5.3.1.1",
    "sg-alb",
    "section 8 calls it sg-prod-alb, and AWS chooses ids: the tag has the name",
    group("load-balancer", "sg-prod-alb"),
  ),
  holds(
    "5.3.1.2-4",
    "inbound TCP 443",
    rule("internet-to-load-balancer-443", "ip_protocol", "tcp"),
    rule("internet-to-load-balancer-443", "from_port", 443),
    rule("internet-to-load-balancer-443", "to_port", 443),
  ),
  holds("5.3.1.5", "from 0.0.0.0/0", rule("internet-to-load-balancer-443", "cidr_ipv4", "0.0.0.0/0")),
  differs("5.3.2.1", "sg-ecs", "section 8 calls it sg-prod-ecs", group("tasks", "sg-prod-ecs")),
  holds(
    "5.3.2.2-5",
    "inbound TCP 3000 from sg-alb",
    rule("load-balancer-to-tasks-3000", "ip_protocol", "tcp"),
    rule("load-balancer-to-tasks-3000", "from_port", 3000),
    rule("load-balancer-to-tasks-3000", "to_port", 3000),
    rule(
      "load-balancer-to-tasks-3000",
      "referenced_security_group_id",
      'security_groups.aws_security_group.this["load-balancer"].id',
    ),
  ),
  differs("5.3.3.1", "sg-rds", "section 8 calls it sg-prod-rds", group("database", "sg-prod-rds")),
  holds(
    "5.3.3.2-5",
    "inbound TCP 5432 from sg-ecs",
    rule("tasks-to-database-5432", "ip_protocol", "tcp"),
    rule("tasks-to-database-5432", "from_port", 5432),
    rule("tasks-to-database-5432", "to_port", 5432),
    rule(
      "tasks-to-database-5432",
      "referenced_security_group_id",
      'security_groups.aws_security_group.this["tasks"].id',
    ),
  ),
  names("5.3.1.6 5.3.2.6 5.3.3.6", "purposes of the rules"),
  holds(
    "5.4",
    "functions reach the internet by HTTPS: they have no VPC, and tasks have port 443",
    ["prod", "executions.aws_lambda_function.this", "vpc_config", null],
    ["prod", 'security_groups.aws_vpc_security_group_egress_rule.this["tasks-to-internet-443"]', "to_port", 443],
  ),
  ...(["dev", "staging", "prod"] as const).map((name) =>
    holds(
      "5.5",
      `flow logs of ${name} for 90 days`,
      [name, "vpc.aws_cloudwatch_log_group.flow_logs", "retention_in_days", 90],
      [name, "vpc.aws_flow_log.this", "traffic_type", "ALL"],
    ),
  ),
  differs(
    "5.5",
    "alerts from flow logs",
    "GuardDuty reads them, and its findings are alerts",
    "accounts/formula-prod/threats",
  ),
  names("5.6", "no controls of bandwidth"),
  holds(
    "5.7",
    "service discovery by DNS in Cloud Map, with checks of health",
    "prod/service_names",
    ...(["blue", "green"] as const).flatMap((colour): [Value, Value] => {
      const name = `service_names.aws_service_discovery_service.this["api-${colour}"]`;
      return [
        ["prod", name, "dns_config.dns_records.type", "A"],
        ["prod", name, "health_check_custom_config.failure_threshold", 1],
      ];
    }),
  ),
  differs(
    "5.8",
    "replication from prod to dr by VPC peering, encrypted",
    "backups, images and secrets are copied over AWS's network without peering; the peering connects tasks with the other database",
    "terraform/environments/formula/prod/peering/main.tf.json",
    "dr/backup_replication",
  ),
];

function group(key: string, name: string): Value {
  return ["prod", `security_groups.aws_security_group.this["${key}"]`, "tags.Name", name];
}
