import { arnOf } from "../../support/stand-ins";
import type { PlannedEnvironment } from "./planned-environment";

export function testIngress({ environment, name, plan }: PlannedEnvironment): void {
  const { account, domain, zoneId } = environment;

  test("the load balancer takes HTTPS on 443 with TLS 1.2 or newer, and nothing else", () => {
    expect(
      plan()
        .all("aws_lb")
        .map(({ address }) => address),
    ).toEqual(["module.load_balancer.aws_lb.this"]);
    const listeners = plan().all("aws_lb_listener");
    expect(listeners.map(({ values: v }) => [v.port, v.protocol, v.ssl_policy])).toEqual([
      [443, "HTTPS", "ELBSecurityPolicy-TLS13-1-2-Res-2021-06"],
    ]);
  });

  test("the load balancer speaks HTTP/2, drops invalid headers, is protected and logs to a bucket", () => {
    const bucket = `credentialmate-${environment.name}-access-logs-${account.id}`;
    expect(plan().values("module.load_balancer.aws_lb.this")).toMatchObject({
      internal: false,
      enable_http2: true,
      drop_invalid_header_fields: true,
      enable_deletion_protection: true,
      access_logs: [{ enabled: true, bucket, prefix: name }],
    });
    expect(plan().values("module.access_logs.aws_s3_bucket.this").bucket).toBe(bucket);
  });

  test("the certificate is for the domain, and validated in the zone that the environment names", () => {
    expect(plan().values("module.certificate.aws_acm_certificate.this")).toMatchObject({
      domain_name: domain,
      validation_method: "DNS",
    });
    expect(plan().values(`module.certificate.aws_route53_record.validation["${domain}"]`).zone_id).toBe(zoneId);
    const certificate = arnOf("module.certificate.aws_acm_certificate.this");
    expect(plan().values("module.certificate.aws_acm_certificate_validation.this").certificate_arn).toBe(certificate);
    expect(plan().values("module.load_balancer.aws_lb_listener.https").certificate_arn).toBe(certificate);
  });

  test("the domain leads to the load balancer", () => {
    expect(plan().values("module.alias.aws_route53_record.this")).toMatchObject({
      name: domain,
      zone_id: zoneId,
      type: "A",
      alias: [{ name: "module.load_balancer.aws_lb.this.dns_name", evaluate_target_health: true }],
    });
  });

  test("/api goes to the backend on 8000, everything else to the frontend on 3000, and both are asked for their health", () => {
    const group = (service: string) => `module.load_balancer.aws_lb_target_group.this["${service}"]`;
    expect(plan().keys("module.load_balancer.aws_lb_target_group.this")).toEqual([
      "backend-service",
      "frontend-service",
    ]);
    expect(plan().values(group("frontend-service"))).toMatchObject({ port: 3000, health_check: [{ path: "/health" }] });
    expect(plan().values(group("backend-service"))).toMatchObject({ port: 8000, health_check: [{ path: "/health" }] });
    expect(plan().values("module.load_balancer.aws_lb_listener.https").default_action).toMatchObject([
      { type: "forward", target_group_arn: arnOf(group("frontend-service")) },
    ]);
    expect(
      plan()
        .all("aws_lb_listener_rule")
        .map(({ values }) => values),
    ).toMatchObject([
      {
        condition: [{ path_pattern: [{ values: ["/api/*"] }] }],
        action: [{ type: "forward", target_group_arn: arnOf(group("backend-service")) }],
      },
    ]);
  });

  test("a web ACL filters what reaches the load balancer, and counts large bodies, which the API takes", () => {
    expect(plan().values("module.load_balancer.aws_lb.this").tags).toBeNull();
    expect(plan().values("module.web_acl.aws_wafv2_web_acl_association.this")).toEqual(
      expect.objectContaining({
        resource_arn: arnOf("module.load_balancer.aws_lb.this"),
        web_acl_arn: arnOf("module.web_acl.aws_wafv2_web_acl.this"),
      }),
    );
    const rules = JSON.stringify(plan().values("module.web_acl.aws_wafv2_web_acl.this").rule);
    expect(rules).toContain("SizeRestrictions_BODY");
    expect(plan().values("module.web_acl.aws_cloudwatch_log_group.this").name).toBe(`aws-waf-logs-${name}`);
  });
}
