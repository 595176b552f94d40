import { CloudwatchAlarms } from "../../modules/cloudwatch-alarms";
import { FailoverDeclaration } from "../../modules/failover-declaration";
import { Route53Failover } from "../../modules/route53-failover";
import { failure, newRoot } from "../lib/generator/support";
import { describePlan } from "../support/planned";

const base = {
  name: "shop.example.com",
  zoneId: "Z0123456789ABC",
  targetDnsName: "shop-1.eu-central-1.elb.amazonaws.com",
  targetZoneId: "Z215JYRZR1TBD5",
} as const;
const healthCheck = { name: "primary.shop.example.com" } as const;

describePlan(
  "an answer that another region can give",
  (root) => {
    const primary = new Route53Failover(root, "primary", { ...base, role: "primary", healthCheck });
    new Route53Failover(root, "secondary", { ...base, role: "secondary" });
    new Route53Failover(root, "careful", {
      ...base,
      role: "secondary",
      healthCheck: {
        name: "standby.shop.example.com",
        path: "/ready/data",
        failureThreshold: 1,
        requestIntervalSeconds: 10,
      },
    });
    new Route53Failover(root, "yielding", {
      ...base,
      name: "yielding.example.com",
      role: "primary",
      healthCheck: { ...healthCheck, path: "/serving", answer: "serving: yes" },
      yieldsTo: "standby.shop.example.com",
    });
    const { healthCheckId } = new FailoverDeclaration(
      root,
      "declaration",
      {
        name: "shop-failover",
        standbyRegion: "eu-west-1",
        topicArn: "arn:aws:sns:eu-west-1:111122223333:standby-alerts",
      },
      { providers: { "aws.standby": root.awsAlias("standby", "eu-west-1") } },
    );
    new Route53Failover(root, "declared", {
      ...base,
      name: "declared.example.com",
      role: "primary",
      declaredCheckId: healthCheckId,
    });
    new CloudwatchAlarms(root, "alarms", {
      name: "shop",
      topicArn: "arn:aws:sns:us-east-1:111122223333:alerts",
      alarms: {
        "primary-down": {
          description: "The primary region does not answer",
          namespace: "AWS/Route53",
          metricName: "HealthCheckStatus",
          dimensions: primary.alarmDimensions,
          statistic: "Minimum",
          comparison: "LessThanThreshold",
          threshold: 1,
          periodSeconds: 60,
          treatMissingData: "breaching",
        },
      },
    });
  },
  (plan) => {
    const record = (name: string) => plan().values(`module.${name}.aws_route53_record.this`);
    const check = "module.primary.aws_route53_health_check.this[0]";

    test("points to the load balancer of its own region while it is healthy", () => {
      for (const name of ["primary", "secondary"]) {
        expect(record(name)).toMatchObject({
          name: base.name,
          type: "A",
          zone_id: base.zoneId,
          alias: [{ name: base.targetDnsName, zone_id: base.targetZoneId, evaluate_target_health: true }],
        });
      }
    });

    test("has its role as set identifier", () => {
      expect(record("primary")).toMatchObject({
        set_identifier: "primary",
        failover_routing_policy: [{ type: "PRIMARY" }],
        health_check_id: check,
      });
      expect(record("secondary")).toMatchObject({
        set_identifier: "secondary",
        failover_routing_policy: [{ type: "SECONDARY" }],
        health_check_id: null,
      });
    });

    test("checks over HTTPS from all regions whether the primary is ready", () => {
      expect(plan().values(check)).toMatchObject({
        ...{ type: "HTTPS", fqdn: healthCheck.name, port: 443, resource_path: "/ready", enable_sni: true },
        ...{ failure_threshold: 3, request_interval: 30, measure_latency: true, regions: null },
        tags: { Name: "shop.example.com primary" },
      });
    });

    test("has a health check for the secondary if requested", () => {
      expect(record("careful").health_check_id).toBe("module.careful.aws_route53_health_check.this[0]");
      expect(plan().values("module.careful.aws_route53_health_check.this[0]")).toMatchObject({
        ...{ fqdn: "standby.shop.example.com", resource_path: "/ready/data" },
        ...{ failure_threshold: 1, request_interval: 10 },
      });
    });

    test("searches the answer for a text if one is given, so that a refusal is not an error", () => {
      expect(plan().values("module.yielding.aws_route53_health_check.this[0]")).toMatchObject({
        ...{
          type: "HTTPS_STR_MATCH",
          fqdn: healthCheck.name,
          resource_path: "/serving",
          search_string: "serving: yes",
        },
      });
      expect(plan().values(check).search_string).toBeNull();
    });

    test("counts as unhealthy while the other region passes the check, and as healthy while it cannot be reached", () => {
      const [own, other] = ["this", "other"].map((one) => `module.yielding.aws_route53_health_check.${one}[0]`);
      expect(plan().values("module.yielding.aws_route53_health_check.other[0]")).toMatchObject({
        ...{ type: "HTTPS_STR_MATCH", fqdn: "standby.shop.example.com", resource_path: "/serving" },
        ...{ search_string: "serving: yes", invert_healthcheck: true },
      });
      expect(plan().values("module.yielding.aws_route53_health_check.both[0]")).toMatchObject({
        ...{ type: "CALCULATED", child_healthchecks: [other, own], child_health_threshold: 2 },
      });
      expect(record("yielding").health_check_id).toBe("module.yielding.aws_route53_health_check.both[0]");
    });

    test("creates no health check by default", () => {
      expect(plan().all("aws_route53_health_check")).toHaveLength(6);
    });

    test("is switched by a metric in the region of the standby, whose last value holds", () => {
      const switched = "module.declaration.aws_route53_health_check.this";
      expect(plan().values(switched)).toMatchObject({
        ...{ type: "CLOUDWATCH_METRIC", cloudwatch_alarm_name: "shop-failover", cloudwatch_alarm_region: "eu-west-1" },
        insufficient_data_health_status: "LastKnownStatus",
      });
      expect(plan().values("module.declaration.aws_cloudwatch_metric_alarm.this")).toMatchObject({
        ...{ alarm_name: "shop-failover", namespace: "shop-failover", metric_name: "Declared", statistic: "Maximum" },
        ...{ threshold: 1, comparison_operator: "GreaterThanOrEqualToThreshold", treat_missing_data: "ignore" },
        alarm_actions: ["arn:aws:sns:eu-west-1:111122223333:standby-alerts"],
      });
      expect(record("declared")).toMatchObject({
        health_check_id: switched,
        alias: [{ evaluate_target_health: false }],
      });
    });

    test("has the dimensions of an alarm on its health check", () => {
      expect(plan().values('module.alarms.aws_cloudwatch_metric_alarm.this["primary-down"]').dimensions).toEqual({
        HealthCheckId: check,
      });
    });
  },
);

test("a primary without a health check is refused", () => {
  expect(failure(() => new Route53Failover(newRoot(), "answer", { ...base, role: "primary" })).message).toContain(
    'role: got "primary", healthCheck: got null, declaredCheckId: got null; allowed: a health check for the primary; the secondary may have one',
  );
});

test("a switched health check beside an own one is refused", () => {
  const inputs = { ...base, role: "primary", healthCheck, declaredCheckId: "some-id" } as const;
  expect(failure(() => new Route53Failover(newRoot(), "answer", inputs)).message).toContain(
    'declaredCheckId: got "some-id"; allowed: one of the two',
  );
});

test("a health check of the public name is refused, because the other region can answer it", () => {
  const inputs = { ...base, role: "primary", healthCheck: { name: base.name } } as const;
  expect(failure(() => new Route53Failover(newRoot(), "answer", inputs)).message).toContain(
    'name: got "shop.example.com", healthCheck: got {"name":"shop.example.com"',
  );
});

test("a region that yields to itself, or without a health check, is refused", () => {
  const inputs = { ...base, role: "primary", healthCheck, yieldsTo: healthCheck.name } as const;
  expect(failure(() => new Route53Failover(newRoot(), "answer", inputs)).message).toContain(
    "allowed: the name of another region than the health check's, beside a health check",
  );
  const without = { ...base, role: "secondary", yieldsTo: healthCheck.name } as const;
  expect(failure(() => new Route53Failover(newRoot(), "answer", without)).message).toContain("yieldsTo: got");
});
