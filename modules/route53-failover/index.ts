import { Route53HealthCheck } from "@cdktf/provider-aws/lib/route53-health-check";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { z } from "zod";
import { DOMAIN_NAME, defineModule, hcl, isSet, type Ref, resource, resourceIf, text, ZONE_ID } from "../../lib";

const HEALTH_CHECK = z.object({
  name: DOMAIN_NAME,
  path: text(/^\/[\w\-./]*$/, "a path such as /ready", "ready").default("/ready"),
  failureThreshold: z.int().min(1).max(10).default(3),
  requestIntervalSeconds: z.literal([10, 30]).default(30),
  answer: text(/^[ -~]{1,255}$/, "1 to 255 printable characters", "")
    .nullable()
    .default(null),
});

/**
 * Route 53 answers with the primary if it is healthy, otherwise with the secondary if that is healthy, otherwise with the
 * primary. A record is healthy if its health check and the target group of its alias are healthy.
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-types.html#dns-failover-types-active-passive
 */
export const Route53Failover = defineModule({
  name: "route53-failover",
  description:
    "One of the two failover records of a public name: for the load balancer or the API of the primary region, or of the standby region. Each root creates its own record. No other record, such as one of `route53-alias`, can have the same name.",
  inputs: {
    name: DOMAIN_NAME.describe("Public name, the same in both roots."),
    zoneId: ZONE_ID.describe("Hosted zone of the name."),
    role: z
      .enum(["primary", "secondary"])
      .describe("Role of this record. Exactly one root is the primary, and one the secondary."),
    targetDnsName: z.string().min(1).describe("DNS name of this region's load balancer or API."),
    targetZoneId: z.string().min(1).describe("Hosted zone of that target, as its service reports it."),
    healthCheck: HEALTH_CHECK.nullable()
      .default(null)
      .describe(
        "HTTPS health check that Route 53 makes from its own regions, with a name that always resolves to this load balancer. The number and interval of consecutive failures define an outage. With `answer`, the first 5,120 bytes of a successful answer have to contain that text, so that a region can refuse clients without an error. The certificate is not checked. Without a health check, the secondary takes over regardless of its data.",
      ),
    declaredCheckId: z
      .string()
      .min(1)
      .nullable()
      .default(null)
      .describe(
        "Health check in place of an own one, which people switch: from `failover-declaration`. The state of the target is then ignored, so that nothing but the declaration moves clients.",
      ),
    yieldsTo: DOMAIN_NAME.nullable()
      .default(null)
      .describe(
        "Name that always resolves to the other region. While that region passes the health check, this one counts as unhealthy: clients stay at the region that took over until people switch back.",
      ),
  },
  rules: [
    {
      inputs: ["role", "healthCheck", "declaredCheckId"],
      allowed: "a health check for the primary; the secondary may have one",
      holds: ({ role, healthCheck, declaredCheckId }) =>
        role === "secondary" || healthCheck !== null || declaredCheckId !== null,
      condition: 'var.role == "secondary" || var.health_check != null || var.declared_check_id != null',
      counterexample: { role: "primary", healthCheck: null },
    },
    {
      inputs: ["healthCheck", "declaredCheckId"],
      allowed: "one of the two",
      holds: ({ healthCheck, declaredCheckId }) => healthCheck === null || declaredCheckId === null,
      condition: "var.health_check == null || var.declared_check_id == null",
      counterexample: { declaredCheckId: "01234567-89ab-cdef-0123-456789abcdef" },
    },
    {
      inputs: ["name", "healthCheck"],
      allowed: "a health check of another name than the public one, which resolves to the other region after an outage",
      holds: ({ name, healthCheck }) => healthCheck?.name !== name,
      condition: "var.health_check == null ? true : var.health_check.name != var.name",
      counterexample: {
        name: "primary.shop.example.com",
      },
    },
    {
      inputs: ["yieldsTo", "healthCheck"],
      allowed: "the name of another region than the health check's, beside a health check",
      holds: ({ yieldsTo, healthCheck }) =>
        yieldsTo === null || (healthCheck !== null && healthCheck.name !== yieldsTo),
      condition: "var.yields_to == null ? true : try(var.health_check.name != var.yields_to, false)",
      counterexample: { yieldsTo: "primary.shop.example.com" },
    },
  ],
  outputs: {
    fqdn: z.string().describe("The public name, fully qualified."),
    healthCheckId: z.string().nullable().describe("Id of the health check; null without one."),
    alarmDimensions: z
      .record(z.string(), z.string())
      .describe(
        "Dimensions of `HealthCheckStatus` in `AWS/Route53`: 1 is healthy, 0 is not. CloudWatch has the metric only in us-east-1, so that the alarm has to be there.",
      ),
  },
  example: {
    name: "shop.example.com",
    zoneId: "Z0123456789ABCDEFGHIJ",
    role: "primary",
    targetDnsName: "shop-123456789.eu-central-1.elb.amazonaws.com",
    targetZoneId: "Z215JYRZR1TBD5",
    healthCheck: { name: "primary.shop.example.com" },
  },
  build(scope, input) {
    const { healthCheck, yieldsTo } = input;
    const check = resourceIf(scope, Route53HealthCheck, "this", isSet(healthCheck), (asked) => ({
      ...request(asked),
      fqdn: asked.name,
      tags: { Name: `${input.name} ${input.role}` },
    }));
    const yields = isSet(yieldsTo, healthCheck);
    /** Healthy while the other region does not pass the check, unreachable or not. */
    const other = resourceIf(scope, Route53HealthCheck, "other", yields, (fqdn, asked) => ({
      ...request(asked),
      fqdn,
      invertHealthcheck: true,
      tags: { Name: `${input.name} not the other region` },
    }));
    const both = resourceIf(scope, Route53HealthCheck, "both", yields, {
      type: "CALCULATED",
      childHealthchecks: hcl<string[]>`concat(${check}[*].id, ${other}[*].id)`,
      childHealthThreshold: 2,
      tags: { Name: `${input.name} ${input.role} and not the other region` },
    });
    const record = resource(scope, Route53Record, "this", {
      zoneId: input.zoneId,
      name: input.name,
      type: "A",
      setIdentifier: input.role,
      failoverRoutingPolicy: { type: hcl<string>`upper(${input.role})` },
      healthCheckId: hcl<
        string | null
      >`${input.declaredCheckId} != null ? ${input.declaredCheckId} : one(${both}) == null ? ${check.get("id")} : ${both.get("id")}`,
      alias: {
        name: input.targetDnsName,
        zoneId: input.targetZoneId,
        evaluateTargetHealth: isSet(input.declaredCheckId)(false, true),
      },
    });
    return {
      fqdn: record.fqdn,
      healthCheckId: check.get("id"),
      alarmDimensions: hcl<Record<string, string>>`{ for check in ${check} : "HealthCheckId" => check.id }`,
    };
  },
});

/** The request of a health check, without its name. */
function request({ answer, path, failureThreshold, requestIntervalSeconds }: Ref<z.infer<typeof HEALTH_CHECK>>) {
  return {
    type: hcl<string>`${answer} == null ? "HTTPS" : "HTTPS_STR_MATCH"`,
    searchString: answer,
    port: 443,
    resourcePath: path,
    enableSni: true,
    failureThreshold,
    requestInterval: requestIntervalSeconds,
    measureLatency: true,
  };
}
