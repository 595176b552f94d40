import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Root } from "../../lib";
import { renderTree } from "../../lib/generator/synth/synthesize";
import { writeTree } from "../../lib/generator/synth/write";
import { Configurations, planned, readTree } from "../../lib/judgement/configuration";
import { judgeRoot } from "../../lib/judgement/guardrails/judge";
import { offlinePlan, type PlanJson } from "../../lib/terraform";
import { AlbCodedeploy } from "../../modules/alb-codedeploy";
import { EcsServiceCodedeploy } from "../../modules/ecs-service-codedeploy";
import { EcsTaskDefinition } from "../../modules/ecs-task-definition";
import { SecurityGroups } from "../../modules/security-groups";
import { connections } from "../../modules/security-groups/connections";
import { newRoot } from "../lib/generator/support";
import { PLAN_TIMEOUT } from "../support/planned";
import { describeWithTerraform } from "../support/terraform-needed";
import { base, place, subnetIds } from "./codedeploy-service";

describeWithTerraform("a load balancer, its security group and a service behind it", () => {
  let plan: PlanJson;
  let source: Configurations;
  const root = newRoot();
  beforeAll(async () => {
    composed(root);
    const folder = mkdtempSync(path.join(tmpdir(), "groundplan-codedeploy-"));
    try {
      writeTree(folder, renderTree([root]));
      source = new Configurations(readTree(folder));
      plan = await offlinePlan(folder, root.address);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }, PLAN_TIMEOUT);

  test("break no guardrail, and leave none undecided, in the source and in the plan", () => {
    for (const judged of [source.root(root.address), planned(source.root(root.address), plan.resource_changes)]) {
      const { broken, unknown, counts } = judgeRoot(judged, [], "2026-11-22");
      expect([...broken, ...unknown].map(({ guardrail, address, got }) => [guardrail.id, address, got])).toEqual([]);
      expect(counts.holds).toBeGreaterThan(30);
    }
  });

  test("output an AppSpec that lacks only the revision", () => {
    expect(plan.output_changes.appspec?.after).toBe(`version: 0.0
"Resources":
- "TargetService":
    "Properties":
      "LoadBalancerInfo":
        "ContainerName": "app"
        "ContainerPort": 8000
      "NetworkConfiguration":
        "AwsvpcConfiguration":
          "AssignPublicIp": "DISABLED"
          "SecurityGroups":
          - "sg-0123456789abcdef0"
          "Subnets":
          - "subnet-0123456789abcdef0"
          - "subnet-0123456789abcdef1"
      "PlatformVersion": "LATEST"
      "TaskDefinition": "<TASK_DEFINITION>"
    "Type": "AWS::ECS::Service"
`);
  });
});

function composed(root: Root): void {
  const vpcId = "vpc-0123456789abcdef0";
  const kmsKeyArn = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
  const groups = new SecurityGroups(root, "groups", {
    name: "orders",
    vpcId,
    groups: { "load-balancer": "Load balancer", api: "Tasks" },
    peers: { internet: { cidr: "0.0.0.0/0" }, testers: { cidr: "198.51.100.0/28" } },
    connections: connections([
      { from: "internet", to: "load-balancer", port: 443, description: "HTTPS from anywhere" },
      { from: "testers", to: "load-balancer", port: 8443, description: "New versions, before they get requests" },
      { from: "load-balancer", to: "api", port: 8000, description: "Requests to the tasks" },
    ]),
  });
  const loadBalancer = new AlbCodedeploy(root, "load_balancer", {
    name: "orders",
    vpcId,
    subnetIds,
    securityGroupId: groups.ids.at("load-balancer"),
    certificateArn: "arn:aws:acm:eu-central-1:111122223333:certificate/1",
    accessLogBucket: "orders-access-logs",
    withoutWebAcl: "Partners alone call it.",
    targetGroup: { port: 8000, healthCheckPath: "/ready" },
  });
  const task = new EcsTaskDefinition(root, "task", {
    ...place,
    name: "orders-api",
    image: "111122223333.dkr.ecr.eu-central-1.amazonaws.com/orders/api:initial",
    repositoryArn: "arn:aws:ecr:eu-central-1:111122223333:repository/orders/api",
    cpu: 256,
    memoryMiB: 512,
    port: 8000,
    logKmsKeyArn: kmsKeyArn,
    logRetentionDays: 30,
  });
  const service = new EcsServiceCodedeploy(root, "service", {
    ...base,
    taskDefinitionArn: task.arn,
    taskRoleArn: task.taskRoleArn,
    executionRoleArn: task.executionRoleArn,
    containerName: task.containerName,
    listenerArn: loadBalancer.listenerArn,
    testListenerArn: loadBalancer.testListenerArn,
    targetGroups: loadBalancer.targetGroups,
    loadBalancerArnSuffix: loadBalancer.arnSuffix,
  });
  root.output("appspec", service.appspec, "What the pipeline deploys.");
}
