import { Alb } from "../../modules/alb";
import { emitted } from "../lib/generator/support";
import { describePlan } from "../support/planned";

const base = {
  name: "orders",
  vpcId: "vpc-0123456789abcdef0",
  subnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
  securityGroupId: "sg-0123456789abcdef0",
  certificateArn: "arn:aws:acm:eu-central-1:111122223333:certificate/1",
  accessLogBucket: "orders-access-logs",
} as const;

describePlan(
  "a load balancer",
  (root) => {
    new Alb(root, "one", { ...base, targetGroups: { web: { port: 3000 } }, defaultTargetGroup: "web" });
    new Alb(root, "two", {
      ...base,
      withoutWebAcl: "Clients are programs of the company",
      targetGroups: {
        web: { port: 3000, protocol: "HTTP", healthCheckIntervalSeconds: 10, healthCheckTimeoutSeconds: 2 },
        "back-office": { port: 8000, healthCheckPath: "/ready", deregistrationDelaySeconds: 5 },
      },
      defaultTargetGroup: "web",
      rules: { office: { priority: 7, pathPatterns: ["/office/*", "/admin"], targetGroup: "back-office" } },
    });
  },
  (plan) => {
    test("is public, and drops invalid requests", () => {
      expect(plan().values("module.one.aws_lb.this")).toMatchObject({
        name: "orders",
        internal: false,
        load_balancer_type: "application",
        subnets: [...base.subnetIds],
        security_groups: [base.securityGroupId],
        enable_deletion_protection: true,
        enable_http2: true,
        drop_invalid_header_fields: true,
        desync_mitigation_mode: "defensive",
        access_logs: [{ enabled: true, bucket: "orders-access-logs", prefix: "orders" }],
      });
    });

    test("has a tag with the reason for having no web ACL, and none if it has one", () => {
      expect(plan().values("module.one.aws_lb.this").tags).toBeNull();
      expect(plan().values("module.two.aws_lb.this").tags).toEqual({
        WithoutWebAcl: "Clients are programs of the company",
      });
    });

    test("listens on 443 with TLS 1.2 or newer, and on nothing else", () => {
      const listeners = plan().all("aws_lb_listener");
      expect(listeners.map(({ address }) => address)).toEqual([
        "module.one.aws_lb_listener.https",
        "module.two.aws_lb_listener.https",
      ]);
      for (const { values } of listeners) {
        expect(values).toMatchObject({
          port: 443,
          protocol: "HTTPS",
          ssl_policy: "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
          certificate_arn: base.certificateArn,
        });
      }
    });

    test("encrypts the connection to containers by default", () => {
      const protocols = (address: string) => {
        const { protocol, health_check } = plan().values(address);
        return { protocol, health_check };
      };
      expect(protocols('module.one.aws_lb_target_group.this["web"]')).toMatchObject({
        protocol: "HTTPS",
        health_check: [{ protocol: "HTTPS" }],
      });
      expect(protocols('module.two.aws_lb_target_group.this["web"]')).toMatchObject({
        protocol: "HTTP",
        health_check: [{ protocol: "HTTP" }],
      });
    });

    test("has a health check for each target group", () => {
      const defaults = { matcher: "200-299", healthy_threshold: 2, unhealthy_threshold: 3 };
      expect(plan().values('module.one.aws_lb_target_group.this["web"]')).toMatchObject({
        port: 3000,
        target_type: "ip",
        deregistration_delay: "60",
        health_check: [{ ...defaults, path: "/health", interval: 30, timeout: 5 }],
      });
      expect(plan().values('module.two.aws_lb_target_group.this["web"]')).toMatchObject({
        health_check: [{ ...defaults, interval: 10, timeout: 2 }],
      });
      expect(plan().values('module.two.aws_lb_target_group.this["back-office"]')).toMatchObject({
        name_prefix: "back-o",
        deregistration_delay: "5",
        health_check: [{ ...defaults, path: "/ready" }],
      });
    });

    test("forwards the paths of a rule to its group, and all others to the default group", () => {
      expect(plan().values("module.two.aws_lb_listener.https")).toMatchObject({
        default_action: [
          {
            type: "forward",
            target_group_arn: expect.stringMatching(/module\.two\.aws_lb_target_group\.this\["web"\]$/),
          },
        ],
      });
      expect(plan().keys("module.one.aws_lb_listener_rule.this")).toEqual([]);
      expect(plan().values('module.two.aws_lb_listener_rule.this["office"]')).toMatchObject({
        priority: 7,
        condition: [{ path_pattern: [{ values: ["/admin", "/office/*"] }] }],
        action: [{ type: "forward", target_group_arn: expect.stringMatching(/this\["back-office"\]$/) }],
      });
    });
  },
);

test("the output with the target groups waits until the listener forwards to them, as ECS requires", () => {
  expect(emitted(Alb, "outputs.tf.json")).toMatchObject({
    output: { target_group_arns: { depends_on: ["aws_lb_listener.https", "aws_lb_listener_rule.this"] } },
  });
});

test("rules of other modules can be added to the listener", () => {
  expect(emitted(Alb, "outputs.tf.json")).toMatchObject({
    output: { listener_arn: { value: "${aws_lb_listener.https.arn}" } },
  });
});
