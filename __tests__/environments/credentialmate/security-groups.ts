import type { Planned } from "../../support/planned";
import type { PlannedEnvironment } from "./planned-environment";

/** Every rule there may be: direction, group, port, the other end, description. */
const RULES = [
  ["in", "load-balancer", 443, "0.0.0.0/0", "HTTPS from anywhere"],
  ["in", "frontend-service", 3000, "load-balancer", "Requests to frontend-service"],
  ["in", "backend-service", 8000, "load-balancer", "Requests to backend-service"],
  ["in", "database", 5432, "backend-service", "PostgreSQL for backend-service"],
  ["in", "database", 5432, "parser-service", "PostgreSQL for parser-service"],
  ["in", "database", 5432, "notification-worker", "PostgreSQL for notification-worker"],
  ["in", "database", 5432, "migrations", "PostgreSQL for migrations"],
  ["in", "endpoints", 443, "frontend-service", "AWS services for frontend-service"],
  ["in", "endpoints", 443, "backend-service", "AWS services for backend-service"],
  ["in", "endpoints", 443, "parser-service", "AWS services for parser-service"],
  ["in", "endpoints", 443, "notification-worker", "AWS services for notification-worker"],
  ["in", "endpoints", 443, "migrations", "AWS services for migrations"],
  ["out", "load-balancer", 3000, "frontend-service", "Requests to frontend-service"],
  ["out", "load-balancer", 8000, "backend-service", "Requests to backend-service"],
  ["out", "frontend-service", 443, "endpoints", "AWS services for frontend-service"],
  ["out", "frontend-service", 443, "s3", "Image layers and documents for frontend-service"],
  ["out", "backend-service", 443, "endpoints", "AWS services for backend-service"],
  ["out", "backend-service", 443, "s3", "Image layers and documents for backend-service"],
  ["out", "backend-service", 5432, "database", "PostgreSQL for backend-service"],
  ["out", "parser-service", 443, "endpoints", "AWS services for parser-service"],
  ["out", "parser-service", 443, "s3", "Image layers and documents for parser-service"],
  ["out", "parser-service", 5432, "database", "PostgreSQL for parser-service"],
  ["out", "notification-worker", 443, "endpoints", "AWS services for notification-worker"],
  ["out", "notification-worker", 443, "s3", "Image layers and documents for notification-worker"],
  ["out", "notification-worker", 5432, "database", "PostgreSQL for notification-worker"],
  ["out", "migrations", 443, "endpoints", "AWS services for migrations"],
  ["out", "migrations", 443, "s3", "Image layers and documents for migrations"],
  ["out", "migrations", 5432, "database", "PostgreSQL for migrations"],
];

export function testSecurityGroups({ plan }: PlannedEnvironment): void {
  test("the rules are these and no others, in and out", () => {
    const rules = [...rulesOf(plan(), "in", "ingress"), ...rulesOf(plan(), "out", "egress")];
    expect(sorted(rules)).toEqual(sorted(RULES));
  });

  test("rules are resources of their own, one TCP port each", () => {
    const types = new Set(plan().resources.map(({ type }) => type));
    expect(types).not.toContain("aws_security_group_rule");
    for (const { values } of [
      ...plan().all("aws_vpc_security_group_ingress_rule"),
      ...plan().all("aws_vpc_security_group_egress_rule"),
    ]) {
      expect(values.ip_protocol).toBe("tcp");
      expect(values.from_port).toBe(values.to_port);
    }
  });

  test("everything with a network interface has the group of its name", () => {
    const group = (name: string) => [address(name)];
    expect(plan().values("module.load_balancer.aws_lb.this").security_groups).toEqual(group("load-balancer"));
    expect(plan().values("module.database.aws_db_instance.this").vpc_security_group_ids).toEqual(group("database"));
    for (const { values } of plan().all("aws_ecs_service")) {
      expect(values).toMatchObject({ network_configuration: [{ security_groups: group(String(values.name)) }] });
    }
  });
}

function rulesOf(plan: Planned, direction: string, type: "ingress" | "egress"): unknown[][] {
  return plan
    .all(`aws_vpc_security_group_${type}_rule`)
    .map(({ values: v }) => [
      direction,
      nameOf(v.security_group_id),
      v.from_port,
      nameOf(v.referenced_security_group_id ?? v.cidr_ipv4 ?? v.prefix_list_id),
      v.description,
    ]);
}

function address(name: string): string {
  return `module.security_groups.aws_security_group.this["${name}"]`;
}

function nameOf(end: unknown): unknown {
  if (end === "module.gateway_endpoints.aws_vpc_endpoint.s3.prefix_list_id") return "s3";
  return /^module\.security_groups\.aws_security_group\.this\["(.+)"\]$/.exec(String(end))?.[1] ?? end;
}

function sorted(rules: readonly (readonly unknown[])[]): string[] {
  return rules.map((rule) => rule.join(" | ")).sort();
}
