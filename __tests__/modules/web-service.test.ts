import { ACCOUNT_USES_APP_RUNNER, AppRunner } from "../../modules/app-runner";
import { APP_RUNNER_MEMORY_MIB } from "../../modules/app-runner/sizes";
import { ContainerService } from "../../modules/container-service";
import { emitted, failure, newRoot } from "../lib/generator/support";
import { describePlan } from "../support/planned";

const SECRET = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:shop/api-AbCdEf";
const KEY = "arn:aws:kms:eu-central-1:111122223333:key/data";
const shared = {
  name: "shop-api",
  accountId: "111122223333",
  region: "eu-central-1",
  image: "111122223333.dkr.ecr.eu-central-1.amazonaws.com/shop/api:initial",
  repositoryArn: "arn:aws:ecr:eu-central-1:111122223333:repository/shop/api",
  port: 8080,
  healthCheckPath: "/live",
  subnetIds: ["subnet-1", "subnet-2", "subnet-3"],
  securityGroupId: "sg-service",
  cpu: 1024,
  memoryMiB: 2048,
  minInstances: 1,
  maxInstances: 4,
  environment: { LOG_LEVEL: "info" },
  secrets: { API_KEY: `${SECRET}:key::` },
  secretsKmsKeyArns: [KEY],
  permissions: { LogIn: { actions: ["rds-db:connect"], resources: ["arn:aws:rds-db:::dbuser:cluster-1/api"] } },
  permissionsBoundaryArn: "arn:aws:iam::111122223333:policy/boundary",
  logKmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/logs",
  logRetentionDays: 30,
} as const;
const onAppRunner = {
  ...shared,
  accountUsesAppRunner: ACCOUNT_USES_APP_RUNNER,
  kmsKeyArn: KEY,
  maxConcurrency: 80,
} as const;
const onFargate = {
  ...shared,
  clusterName: "shop",
  vpcId: "vpc-1",
  publicSubnetIds: ["subnet-a", "subnet-b"],
  domainName: "api.shop.example",
  zoneId: "Z0123456789ABC",
  certificateArn: "arn:aws:acm:eu-central-1:111122223333:certificate/1",
  accessLogBucket: "shop-access-logs",
} as const;

test("both variants have equal outputs, in Terraform as in TypeScript", () => {
  const outputs = (module: typeof AppRunner | typeof ContainerService) =>
    Object.entries(module.specification.outputs).map(([name, type]) => [name, type]);
  expect(outputs(ContainerService)).toEqual(outputs(AppRunner));
  const named = (file: unknown) => Object.keys(JSON.parse(JSON.stringify(file)).output);
  expect(named(emitted(ContainerService, "outputs.tf.json"))).toEqual(named(emitted(AppRunner, "outputs.tf.json")));
});

describePlan(
  "a web service",
  (root) => {
    const appRunner = new AppRunner(root, "app_runner", onAppRunner);
    const fargate = new ContainerService(root, "fargate", onFargate);
    /** What uses the service compiles with either. */
    const variants: Record<string, typeof appRunner> = { app_runner: appRunner, fargate };
    for (const [name, service] of Object.entries(variants)) {
      root.output(name, service.host, "Host of the service.");
      root.output(`${name}_requests`, service.requestDimensions, "Dimensions of requests.");
    }
  },
  (plan) => {
    describe("of App Runner", () => {
      const service = () => plan().values("module.app_runner.aws_apprunner_service.this");

      test("pulls from the repository, runs the image of the first deployment, and is deployed by the pipeline alone", () => {
        expect(service()).toMatchObject({
          service_name: "shop-api",
          source_configuration: [
            {
              auto_deployments_enabled: false,
              image_repository: [
                {
                  image_identifier: shared.image,
                  image_repository_type: "ECR",
                  image_configuration: [
                    {
                      port: "8080",
                      runtime_environment_variables: { LOG_LEVEL: "info" },
                      runtime_environment_secrets: { API_KEY: `${SECRET}:key::` },
                    },
                  ],
                },
              ],
            },
          ],
          instance_configuration: [{ cpu: "1024", memory: "2048" }],
        });
        expect(emitted(AppRunner, "main.tf.json")).toMatchObject({
          resource: {
            aws_apprunner_service: {
              this: {
                lifecycle: {
                  ignore_changes: ["source_configuration[0].image_repository[0].image_identifier"],
                },
              },
            },
          },
        });
      });

      test("has the customer managed key from its creation, checks the health by HTTP, and sends traces", () => {
        expect(service()).toMatchObject({
          encryption_configuration: [{ kms_key: KEY }],
          health_check_configuration: [{ protocol: "HTTP", path: "/live", interval: 10, timeout: 5 }],
          observability_configuration: [{ observability_enabled: true }],
        });
        expect(plan().values("module.app_runner.aws_apprunner_observability_configuration.this")).toMatchObject({
          trace_configuration: [{ vendor: "AWSXRAY" }],
        });
      });

      test("is public, and all of its own connections go through the VPC", () => {
        expect(service()).toMatchObject({
          network_configuration: [
            {
              ingress_configuration: [{ is_publicly_accessible: true }],
              egress_configuration: [{ egress_type: "VPC" }],
            },
          ],
        });
        expect(plan().values("module.app_runner.aws_apprunner_vpc_connector.this")).toMatchObject({
          vpc_connector_name: "shop-api",
          subnets: [...shared.subnetIds],
          security_groups: ["sg-service"],
        });
      });

      test("scales between its bounds by concurrent requests", () => {
        expect(plan().values("module.app_runner.aws_apprunner_auto_scaling_configuration_version.this")).toMatchObject({
          auto_scaling_configuration_name: "shop-api",
          max_concurrency: 80,
          min_size: 1,
          max_size: 4,
        });
      });

      test("creates new revisions of immutable configurations before it deletes the old ones", () => {
        const created = { this: { lifecycle: { create_before_destroy: true } } };
        expect(emitted(AppRunner, "main.tf.json")).toMatchObject({
          resource: {
            aws_apprunner_auto_scaling_configuration_version: created,
            aws_apprunner_observability_configuration: created,
            aws_apprunner_vpc_connector: created,
          },
        });
      });

      test("has roles with the boundary: one only pulls, the other does what the code may do", () => {
        const roles = plan()
          .all("aws_iam_role")
          .filter(({ address }) => address.startsWith("module.app_runner."));
        expect(roles.map(({ values }) => [values.name, values.permissions_boundary])).toEqual([
          ["shop-api-access", shared.permissionsBoundaryArn],
          ["shop-api-instance", shared.permissionsBoundaryArn],
          ["shop-api-logs", shared.permissionsBoundaryArn],
        ]);
        expect(plan().statements("module.app_runner.aws_iam_role_policy.access")).toMatchObject({
          PullImage: { Resource: shared.repositoryArn },
        });
        expect(plan().statements("module.app_runner.aws_iam_role_policy.instance")).toEqual({
          SendTraces: expect.objectContaining({ Effect: "Allow" }),
          ReadSecrets: { Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: [SECRET] },
          DecryptSecrets: expect.objectContaining({ Resource: [KEY] }),
          LogIn: { Effect: "Allow", Action: ["rds-db:connect"], Resource: ["arn:aws:rds-db:::dbuser:cluster-1/api"] },
        });
      });

      test("sets retention and key of both logs that App Runner creates, every hour", () => {
        const schedules = plan().all("aws_scheduler_schedule");
        expect(schedules.map(({ values }) => values.name)).toEqual([
          "application-key",
          "application-retention",
          "service-key",
          "service-retention",
        ]);
        for (const { values } of schedules) {
          expect(values).toMatchObject({
            group_name: "shop-api-logs",
            schedule_expression: "rate(1 hour)",
            state: "ENABLED",
          });
        }
        expect(plan().statements("module.app_runner.aws_iam_role_policy.logs")).toMatchObject({
          SetLogSettings: {
            Action: ["logs:AssociateKmsKey", "logs:PutRetentionPolicy"],
            Resource: "arn:aws:logs:eu-central-1:111122223333:log-group:/aws/apprunner/shop-api/*",
          },
        });
      });

      test("says on each resource that the account used App Runner before", () => {
        const tagged = plan().resources.filter(({ type }) => type.startsWith("aws_apprunner_"));
        expect(tagged).toHaveLength(4);
        for (const { values } of tagged) {
          expect(values.tags).toEqual({ UsedBeforeClosing: "This account used App Runner before 2026-04-30" });
        }
      });
    });

    describe("of Fargate", () => {
      test("answers HTTPS under its name, and forwards to the port of the container", () => {
        expect(plan().values("module.fargate.aws_lb_listener.https")).toMatchObject({
          port: 443,
          protocol: "HTTPS",
          certificate_arn: onFargate.certificateArn,
        });
        expect(plan().values("module.fargate.aws_lb_target_group.this")).toMatchObject({
          port: 8080,
          protocol: "HTTP",
          health_check: [{ path: "/live" }],
        });
        expect(plan().values("module.fargate.aws_route53_record.this")).toMatchObject({ name: "api.shop.example" });
      });

      test("lets only the load balancer reach the containers", () => {
        const ports = { from_port: 8080, to_port: 8080 };
        expect(plan().values("module.fargate.aws_vpc_security_group_ingress_rule.tasks")).toMatchObject({
          security_group_id: "sg-service",
          ...ports,
        });
        expect(plan().values("module.fargate.aws_vpc_security_group_egress_rule.tasks")).toMatchObject({
          referenced_security_group_id: "sg-service",
          ...ports,
        });
      });

      test("runs the same container with the same permissions", () => {
        expect(plan().values("module.fargate.aws_ecs_service.this")).toMatchObject({
          name: "shop-api",
          cluster: "shop",
          desired_count: 1,
          deployment_circuit_breaker: [{ enable: true, rollback: true }],
          load_balancer: [{ container_name: "app", container_port: 8080 }],
        });
        expect(plan().values("module.fargate.aws_ecs_task_definition.this")).toMatchObject({
          cpu: "1024",
          memory: "2048",
        });
        expect(plan().statements("module.fargate.aws_iam_role_policy.task[0]")).toMatchObject({
          LogIn: { Resource: ["arn:aws:rds-db:::dbuser:cluster-1/api"] },
        });
      });

      test("scales between the same bounds, by requests, too", () => {
        expect(plan().values("module.fargate.aws_appautoscaling_target.this")).toMatchObject({
          min_capacity: 1,
          max_capacity: 4,
        });
        expect(plan().values("module.fargate.aws_appautoscaling_policy.requests")).toMatchObject({
          target_tracking_scaling_policy_configuration: [{ target_value: 1000 }],
        });
      });
    });
  },
);

test.each(
  Object.entries(APP_RUNNER_MEMORY_MIB).flatMap(([cpu, sizes]) => sizes.map((memory) => [Number(cpu), memory])),
)("App Runner offers %d CPU units with %d MiB", (cpu, memoryMiB) => {
  expect(() => Reflect.construct(AppRunner, [newRoot(), "api", { ...onAppRunner, cpu, memoryMiB }])).not.toThrow();
});

test("without the acknowledgement there is no service of App Runner", () => {
  const call = { ...onAppRunner, accountUsesAppRunner: "yes" };
  expect(failure(() => Reflect.construct(AppRunner, [newRoot(), "api", call])).message).toContain(
    'accountUsesAppRunner: got "yes"; allowed: ',
  );
});
