/** Sections 8, 9 and 11 of Formula's document: names, settings, priorities and recommendations. */
import { differs, holds, names, type Row, type Value } from "./row";

const IDS = "AWS chooses ids: the tag Name has the name";
const group = (root: string, key: string, name: string): Value => [
  root,
  `security_groups.aws_security_group.this["${key}"]`,
  "tags.Name",
  name,
];
const named = (root: string, address: string, name: string): Value => [root, `vpc.${address}`, "tags.Name", name];
const subnet = (root: string, key: string, name: string): Value => named(root, `aws_subnet.this["${key}"]`, name);

export const PROJECT: readonly Row[] = [
  ...(["dev", "prod"] as const).flatMap(environment),
  differs(
    "8.1.1.6",
    "dev: no backups",
    "the document has off, N/A and 7 days in three places; the module has no database without backups",
    ["dev", "database.aws_db_instance.this", "backup_retention_period", 7],
  ),
  holds(
    "8.1.1.6",
    "dev: 0.5 vCPU, no scaling, basic monitoring",
    ["dev", "blue_task.aws_ecs_task_definition.this", "cpu", "512"],
    ["dev", "database.aws_db_instance.this", "monitoring_interval", 0],
  ),
  holds(
    "8.1.2.6",
    "prod: 2 vCPU, scaling, backups, enhanced monitoring",
    ["prod", "blue_task.aws_ecs_task_definition.this", "cpu", "2048"],
    ["prod", "database.aws_db_instance.this", "backup_retention_period", 14],
    ["prod", "database.aws_db_instance.this", "monitoring_interval", 60],
  ),
  differs(
    "8.1.1.8.2",
    "dev: a public and a private subnet in one zone",
    "load balancers and databases need two zones; the names of the given ones hold",
    subnet("dev", "public/us-east-1a", "subnet-dev-public-a"),
    subnet("dev", "private/us-east-1a", "subnet-dev-private-a"),
  ),
  holds("8.1.1.8.5", "nat-dev", named("dev", 'aws_nat_gateway.this["public/us-east-1a"]', "nat-dev")),
  holds(
    "8.1.2.8.2",
    "prod: public, private and db subnets, a and b",
    subnet("prod", "data/us-east-1a", "subnet-prod-db-a"),
    subnet("prod", "data/us-east-1b", "subnet-prod-db-b"),
    ...(["public", "private"] as const).flatMap((tier) => [
      subnet("prod", `${tier}/us-east-1a`, `subnet-prod-${tier}-a`),
      subnet("prod", `${tier}/us-east-1b`, `subnet-prod-${tier}-b`),
    ]),
  ),
  differs(
    "8.1.2.8.5",
    "nat-prod",
    "one NAT gateway for each zone, so that a zone can fail",
    named("prod", 'aws_nat_gateway.this["public/us-east-1a"]', "nat-prod-a"),
    named("prod", 'aws_nat_gateway.this["public/us-east-1b"]', "nat-prod-b"),
  ),
  holds("8.1.1.9.1-2", "dev: CPU is measured", ["dev", "cluster.aws_ecs_cluster.this", "setting.value", "enabled"]),
  holds("8.1.1.9.3", "dev: no alerts", "no:dev alarms.aws_cloudwatch_metric_alarm"),
  holds("8.1.1.9.4", "dev: no dashboard", "no:dev operational_health"),
  names("8.1.1.10.1-3", "dev: no frameworks, controls and audits"),
  holds(
    "8.1.1.11",
    "dev: 7 days, encrypted, without data of people",
    ["dev", "database.aws_db_instance.this", "backup_retention_period", 7],
    ["dev", "database.aws_db_instance.this", "storage_encrypted", true],
    "dev/seed_task",
    "no:dev masked_import",
  ),
  holds("8.1.2.9.1", "prod: monitored", "prod/alarms"),
  differs(
    "8.1.2.9.2",
    "APILatency, ErrorRate, CPU and memory",
    "the names of AWS's metrics cannot be chosen: Latency and 5XXError, with these labels on the dashboard",
    ["prod", 'alarms.aws_cloudwatch_metric_alarm.this["HighLatency"]', "metric_name", "Latency"],
    "environments/formula/dashboard.ts",
  ),
  holds("8.1.2.9.3.1", "High Error Rate is critical", [
    "prod",
    'alarms.aws_cloudwatch_metric_alarm.rate["HighErrorRate"]',
    "tags.Severity",
    "Critical",
  ]),
  holds("8.1.2.9.3.2", "High Latency is high", [
    "prod",
    'alarms.aws_cloudwatch_metric_alarm.this["HighLatency"]',
    "tags.Severity",
    "High",
  ]),
  holds("8.1.2.9.4", "OperationalHealth", [
    "prod",
    "operational_health.aws_cloudwatch_dashboard.this",
    "dashboard_name",
    "formula-prod-OperationalHealth",
  ]),
  holds("8.1.2.10.1-2", "GDPR, CCPA: encryption and access", "environments/formula/retention.ts", "rds-encrypted"),
  holds(
    "8.1.2.10.3",
    "audited each year",
    [
      "accounts/formula-security",
      "audit_review.aws_scheduler_schedule.this",
      "schedule_expression",
      "cron(0 7 15 1 ? *)",
    ],
    "docs/systems/formula.md#audit",
  ),
  holds(
    "8.1.2.11",
    "prod: daily, 14 days, encrypted, not masked",
    ["prod", "database.aws_db_instance.this", "backup_window", "04:30-05:30"],
    ["prod", "database.aws_db_instance.this", "backup_retention_period", 14],
    ["prod", "database.aws_db_instance.this", "storage_encrypted", true],
  ),
  holds("8.2", "timeout of 30 s", "__tests__/environments/formula/application.test.ts", [
    "prod",
    "executions.aws_lambda_function.this",
    "timeout",
    30,
  ]),
  holds(
    "8.2",
    "at most 10 instances",
    ["prod", "blue_service.aws_appautoscaling_target.this", "max_capacity", 10],
    ["prod", "green_service.aws_appautoscaling_target.this", "max_capacity", 10],
  ),
  holds("8.2", "daily backups", ["prod", "database.aws_db_instance.this", "backup_window", "04:30-05:30"]),
  holds("8.2", "blue/green, back by DNS", ".github/workflows/blue-green.yml", ".github/workflows/switch-back.yml", [
    "prod",
    'origin.aws_route53_record.this["green"]',
    "weighted_routing_policy.weight",
    0,
  ]),
  holds("8.2", "maintenance on Sunday from 02:00 to 04:00 UTC", [
    "prod",
    "database.aws_db_instance.this",
    "maintenance_window",
    "Sun:02:00-Sun:04:00",
  ]),
  holds(
    "8.3",
    "no data from prod to others but by an approved, automated masking",
    "environments/isolation.ts",
    "__tests__/environments/mutation/isolation.test.ts",
    "docs/isolation.md",
  ),
  names("9.1.1-5 9.2.1-5 9.3.1-5 9.4.1-5", "priorities, dependencies, efforts and risks of the work"),
  names("11.1.1 11.1.3-4 11.2.1 11.2.3-4", "recommendations: their categories, reasons and priorities"),
  holds("11.1.2", "separate accounts", "environments/common/accounts.ts"),
  holds(
    "11.1.5",
    "Organizations and service control policies",
    "organization/organization",
    "__tests__/environments/formula/organization.test.ts",
  ),
  holds("11.2.2", "blue/green in GitHub Actions", ".github/workflows/blue-green.yml"),
  holds(
    "11.2.5",
    "two sets of infrastructure, smoke tests, approval, a change in Route 53",
    "prod/green_load_balancer",
    "prod/green_service",
    "prod/origin",
    ".github/workflows/blue-green.yml",
  ),
];

function environment(name: "dev" | "prod"): Row[] {
  const at = `8.1.${name === "dev" ? 1 : 2}`;
  return [
    names(`${at}.1-4`, `${name}: its id, name, kind and provider`),
    holds(`${at}.5`, `${name} in us-east-1`, [
      name,
      'vpc.aws_subnet.this["private/us-east-1a"]',
      "availability_zone",
      "us-east-1a",
    ]),
    holds(
      `${at}.7`,
      `sg-${name}-alb, sg-${name}-ecs, sg-${name}-rds`,
      group(name, "load-balancer", `sg-${name}-alb`),
      group(name, "tasks", `sg-${name}-ecs`),
      group(name, "database", `sg-${name}-rds`),
    ),
    differs(`${at}.8.1`, `vpc-${name} as an id`, IDS, named(name, "aws_vpc.this", `vpc-${name}`)),
    names(`${at}.8.3`, `${name}: no further groups`),
    holds(`${at}.8.4`, `igw-${name}`, named(name, "aws_internet_gateway.this", `igw-${name}`)),
  ];
}
