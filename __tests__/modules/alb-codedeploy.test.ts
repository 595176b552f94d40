import { AlbCodedeploy } from "../../modules/alb-codedeploy";
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
  "a load balancer for CodeDeploy",
  (root) => {
    new AlbCodedeploy(root, "one", { ...base, targetGroup: { port: 8000 } });
    new AlbCodedeploy(root, "two", {
      ...base,
      targetGroup: { port: 3000, protocol: "HTTP", healthCheckPath: "/ready", deregistrationDelaySeconds: 5 },
      testPort: 9443,
      idleTimeoutSeconds: 20,
    });
  },
  (plan) => {
    test("is public, and as strict as one without CodeDeploy", () => {
      expect(plan().values("module.two.aws_lb.this")).toMatchObject({
        name: "orders",
        internal: false,
        load_balancer_type: "application",
        subnets: [...base.subnetIds],
        security_groups: [base.securityGroupId],
        enable_deletion_protection: true,
        drop_invalid_header_fields: true,
        desync_mitigation_mode: "defensive",
        idle_timeout: 20,
        access_logs: [{ enabled: true, bucket: "orders-access-logs", prefix: "orders" }],
      });
    });

    test("listens on 443 and on the test port, with the same certificate and the same TLS", () => {
      const listeners = plan().all("aws_lb_listener");
      expect(listeners.map(({ address, values: { port } }) => [address, port])).toEqual([
        ["module.one.aws_lb_listener.https", 443],
        ["module.one.aws_lb_listener.test", 8443],
        ["module.two.aws_lb_listener.https", 443],
        ["module.two.aws_lb_listener.test", 9443],
      ]);
      for (const { values } of listeners) {
        expect(values).toMatchObject({
          protocol: "HTTPS",
          ssl_policy: "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
          certificate_arn: base.certificateArn,
        });
      }
    });

    test("forwards requests of both listeners to the blue group before the first deployment", () => {
      for (const { values } of plan().all("aws_lb_listener")) {
        expect(values).toMatchObject({
          default_action: [
            { type: "forward", target_group_arn: expect.stringMatching(/\.aws_lb_target_group\.blue$/) },
          ],
        });
      }
    });

    test("has two target groups that differ only in the name", () => {
      const { name: blue, ...asBlue } = plan().values("module.one.aws_lb_target_group.blue");
      const { name: green, ...asGreen } = plan().values("module.one.aws_lb_target_group.green");
      expect([blue, green]).toEqual(["orders-blue", "orders-green"]);
      const settings = {
        vpc_id: base.vpcId,
        target_type: "ip",
        port: 8000,
        protocol: "HTTPS",
        deregistration_delay: "60",
        health_check: [{ path: "/health", protocol: "HTTPS", matcher: "200-299", interval: 30, timeout: 5 }],
      };
      expect(asBlue).toMatchObject(settings);
      expect(asGreen).toMatchObject(settings);
    });

    test.each(["blue", "green"])("checks the readiness of the %s group with the given path", (color) => {
      expect(plan().values(`module.two.aws_lb_target_group.${color}`)).toMatchObject({
        port: 3000,
        protocol: "HTTP",
        deregistration_delay: "5",
        health_check: [{ path: "/ready", protocol: "HTTP" }],
      });
    });
  },
);

test("Terraform ignores the target group of the listeners, and no other argument", () => {
  const lifecycle = { ignore_changes: ["default_action"] };
  expect(emitted(AlbCodedeploy, "main.tf.json")).toMatchObject({
    resource: { aws_lb_listener: { https: { lifecycle }, test: { lifecycle } } },
  });
});

test("a plan that replaces a target group fails, because tasks are registered in it", () => {
  const lifecycle = { prevent_destroy: true };
  expect(emitted(AlbCodedeploy, "main.tf.json")).toMatchObject({
    resource: { aws_lb_target_group: { blue: { lifecycle }, green: { lifecycle } } },
  });
});

test("the output with the target groups waits until both listeners forward to them, as ECS requires", () => {
  expect(emitted(AlbCodedeploy, "outputs.tf.json")).toMatchObject({
    output: { target_groups: { depends_on: ["aws_lb_listener.https", "aws_lb_listener.test"] } },
  });
});
