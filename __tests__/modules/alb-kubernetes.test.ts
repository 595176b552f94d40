import { AlbKubernetes } from "../../modules/alb-kubernetes";
import { emitted } from "../lib/generator/support";
import { describePlan } from "../support/planned";

const LISTENER = "module.shop.aws_lb_listener.https";

describePlan(
  "a load balancer for pods",
  (root) => {
    new AlbKubernetes(root, "shop", {
      name: "shop",
      vpcId: "vpc-1",
      subnetIds: ["subnet-1", "subnet-2"],
      securityGroupId: "sg-1",
      certificateArn: "arn:aws:acm:eu-central-1:111122223333:certificate/1",
      accessLogBucket: "shop-access-logs",
      targetGroupName: "shop-api",
      targetGroup: { port: 8080, protocol: "HTTP" },
    });
  },
  (plan) => {
    test("serves only HTTPS, with logs and deletion protection", () => {
      expect(plan().all("aws_lb_listener")).toHaveLength(1);
      expect(plan().values(LISTENER)).toMatchObject({ port: 443, protocol: "HTTPS" });
      expect(plan().values("module.shop.aws_lb.this")).toMatchObject({
        internal: false,
        enable_deletion_protection: true,
        access_logs: [{ enabled: true, bucket: "shop-access-logs" }],
      });
    });

    test("has one group of addresses under the given name, with the health check of the pods", () => {
      expect(plan().values("module.shop.aws_lb_target_group.this")).toMatchObject({
        name: "shop-api",
        target_type: "ip",
        port: 8080,
        protocol: "HTTP",
        health_check: [{ path: "/health", matcher: "200-299" }],
      });
    });
  },
);

test("a plan that would replace the group fails, because the binding finds the group by its name", () => {
  expect(emitted(AlbKubernetes, "main.tf.json")).toMatchObject({
    resource: { aws_lb_target_group: { this: { lifecycle: { prevent_destroy: true } } } },
  });
});
