import { readFileSync } from "node:fs";
import path from "node:path";
import type { AccountRoot } from "../../../environments/accounts/account";
import { may } from "../../support/policy";
import { allowed, type PlannedAccount } from "./planned-account";

const PUSHES = [
  "ecr:BatchCheckLayerAvailability",
  "ecr:BatchGetImage",
  "ecr:CompleteLayerUpload",
  "ecr:DescribeImages",
  "ecr:GetAuthorizationToken",
  "ecr:GetDownloadUrlForLayer",
  "ecr:InitiateLayerUpload",
  "ecr:PutImage",
  "ecr:UploadLayerPart",
];
const REGISTERS = [
  "ecs:DescribeTaskDefinition",
  "ecs:ListTaskDefinitions",
  "ecs:RegisterTaskDefinition",
  "ecs:TagResource",
  "iam:PassRole",
];
const UPDATES = ["ecs:DescribeServices", "ecs:UpdateService"];
const SHIFTS = [
  "codedeploy:CreateDeployment",
  "codedeploy:GetApplicationRevision",
  "codedeploy:GetDeployment",
  "codedeploy:GetDeploymentConfig",
  "codedeploy:RegisterApplicationRevision",
  "codedeploy:StopDeployment",
  "codedeploy:UpdateDeploymentGroup",
];
const DEPLOYS_FUNCTIONS = [
  "kms:Decrypt",
  "kms:GenerateDataKey",
  "lambda:GetAlias",
  "lambda:GetFunctionConfiguration",
  "lambda:GetProvisionedConcurrencyConfig",
  "lambda:PublishVersion",
  "lambda:UpdateAlias",
  "lambda:UpdateFunctionCode",
  "s3:GetObject",
  "s3:GetObjectVersion",
  "s3:PutObject",
];
const MOVES_REQUESTS = [
  "application-autoscaling:DescribeScalableTargets",
  "application-autoscaling:RegisterScalableTarget",
  "cloudwatch:DescribeAlarms",
  "ecs:DescribeServices",
  "ecs:DescribeTaskDefinition",
  "ecs:UpdateService",
  "route53:ChangeResourceRecordSets",
  "route53:GetChange",
  "route53:ListResourceRecordSets",
];
const RESIZES_FUNCTIONS = [
  "lambda:GetAlias",
  "lambda:GetProvisionedConcurrencyConfig",
  "lambda:PutProvisionedConcurrencyConfig",
];
const RUNS = ["ecs:DescribeTasks", "ecs:RunTask", "logs:GetLogEvents"];
const COPIES = [
  "kms:Decrypt",
  "kms:GenerateDataKey",
  "s3:GetObject",
  "s3:GetObjectTagging",
  "s3:GetObjectVersion",
  "s3:GetObjectVersionTagging",
  "s3:ListBucket",
  "s3:ListBucketVersions",
  "s3:PutObject",
  "s3:PutObjectTagging",
];
const RESTORES = [
  "iam:PassRole",
  "kms:CreateGrant",
  "kms:Decrypt",
  "kms:DescribeKey",
  "kms:GenerateDataKey",
  "rds:AddTagsToResource",
  "rds:CreateDBSnapshot",
  "rds:DescribeDBInstanceAutomatedBackups",
  "rds:DescribeDBInstances",
  "rds:DescribeDBSnapshots",
  "rds:ModifyDBInstance",
  "rds:RestoreDBInstanceToPointInTime",
  "secretsmanager:CreateSecret",
  "secretsmanager:TagResource",
];

/** The longest session that a workflow asks for, in seconds. */
function longestSession(workflow: string): number {
  const text = readFileSync(path.join(__dirname, `../../../.github/workflows/${workflow}.yml`), "utf8");
  return Math.max(...[...text.matchAll(/role-duration-seconds: (\d+)/g)].map(([, seconds]) => Number(seconds)));
}

export function testApplicationRoles({ account, applications }: AccountRoot, planned: () => PlannedAccount): void {
  describe.each(applications)("the pipeline of $repository.name in $environment", (application) => {
    const { environment, region, cluster, services, migrations, database, recordBuckets } = application;
    const { imageRepositories, copiedRepositories, colours, function: lambda } = application;
    const deploy = `delivery-deploy-${environment}`;
    const migrate = `delivery-migrate-${environment}`;
    const arn = (service: string, resource: string) => `arn:aws:${service}:${region}:${account.id}:${resource}`;
    const role = (name: string) => `arn:aws:iam::${account.id}:role/${name}`;
    const toTasks = { "iam:PassedToService": "ecs-tasks.amazonaws.com" };

    test("deploys and migrates by these actions, and no others", () => {
      const shifts = services.some(({ deployedBy }) => deployedBy === "codedeploy");
      const sorted = (...groups: string[][]) => [...new Set(groups.flat())].sort();
      expect(allowed(planned().statements(deploy))).toEqual(
        sorted(
          imageRepositories.length > 0 ? PUSHES : [],
          copiedRepositories.length > 0 ? ["ecr:DescribeImages"] : [],
          REGISTERS,
          UPDATES,
          shifts ? SHIFTS : [],
          colours === undefined ? [] : ["route53:ListResourceRecordSets"],
          lambda === undefined ? [] : DEPLOYS_FUNCTIONS,
        ),
      );
      expect(allowed(planned().statements(migrate))).toEqual(
        sorted(migrations === null ? [] : [...REGISTERS, ...RUNS], RESTORES),
      );
      for (const name of [deploy, migrate]) expect(planned().managedPolicies(name)).toEqual([]);
    });

    test("deploys its own services, with the roles of its own tasks", () => {
      const can = (...request: [string, string, Record<string, string>?]) => planned().may(deploy, ...request);
      for (const { name, family } of services) {
        expect(can("ecs:UpdateService", arn("ecs", `service/${cluster}/${name}`))).toBe(true);
        expect(can("ecs:RegisterTaskDefinition", arn("ecs", `task-definition/${family}:*`))).toBe(true);
        expect(can("iam:PassRole", role(`${family}-task`), toTasks)).toBe(true);
        expect(can("iam:PassRole", role(`${family}-task`), { "iam:PassedToService": "ec2.amazonaws.com" })).toBe(false);
      }
      expect(can("ecs:UpdateService", arn("ecs", "service/other/api"))).toBe(false);
      expect(can("ecs:RunTask", arn("ecs", `task-definition/${services[0]?.family}:1`))).toBe(false);
      expect(can("iam:PassRole", role("other-task"), toTasks)).toBe(false);
      expect(can("iam:PassRole", role(deploy), toTasks)).toBe(false);
      for (const name of imageRepositories) expect(can("ecr:PutImage", arn("ecr", `repository/${name}`))).toBe(true);
      expect(can("ecr:PutImage", arn("ecr", "repository/other/api"))).toBe(false);
      for (const name of copiedRepositories) {
        expect(can("ecr:DescribeImages", arn("ecr", `repository/${name}`))).toBe(true);
        expect(can("ecr:PutImage", arn("ecr", `repository/${name}`))).toBe(false);
      }
    });

    test("migrates its own database, and restores it beside itself", () => {
      const can = (...request: [string, string, Record<string, string>?]) => planned().may(migrate, ...request);
      const inCluster = { "ecs:cluster": arn("ecs", `cluster/${cluster}`) };
      const family = arn("ecs", `task-definition/${migrations}:7`);
      expect(can("ecs:RunTask", family, inCluster)).toBe(migrations !== null);
      expect(can("ecs:RunTask", family, { "ecs:cluster": arn("ecs", "cluster/other") })).toBe(false);
      expect(can("rds:CreateDBSnapshot", arn("rds", `db:${database}`))).toBe(true);
      expect(can("rds:RestoreDBInstanceToPointInTime", arn("rds", `db:${database}-restored`))).toBe(true);
      expect(can("rds:DeleteDBInstance", arn("rds", `db:${database}`))).toBe(false);
      expect(can("rds:ModifyDBInstance", arn("rds", `db:${database}`))).toBe(false);
      expect(can("rds:ModifyDBInstance", arn("rds", `db:${database}-restored`))).toBe(true);
      expect(can("secretsmanager:GetSecretValue", arn("secretsmanager", "secret:rds!db-a"))).toBe(false);
      expect(can("kms:Decrypt", arn("kms", "key/a"))).toBe(false);
      expect(can("kms:Decrypt", arn("kms", "key/a"), { "kms:ViaService": `rds.${region}.amazonaws.com` })).toBe(true);
    });

    test("takes objects back in its own buckets of records, where it has such, and does nothing else with that role", () => {
      const restore = `delivery-restore-${environment}`;
      expect(planned().roles.has(restore)).toBe(recordBuckets.length > 0);
      for (const bucket of recordBuckets) {
        expect(allowed(planned().statements(restore))).toEqual(COPIES);
        expect(planned().boundary(restore)).toEqual(Object.values(planned().statements(restore)));
        const can = (...request: [string, string, Record<string, string>?]) => planned().may(restore, ...request);
        expect(can("s3:GetObjectVersion", `arn:aws:s3:::${bucket}/a.pdf`)).toBe(true);
        expect(can("s3:PutObject", `arn:aws:s3:::${bucket}/a.pdf`)).toBe(true);
        expect(can("s3:DeleteObjectVersion", `arn:aws:s3:::${bucket}/a.pdf`)).toBe(false);
        expect(can("s3:GetObject", "arn:aws:s3:::other/a.pdf")).toBe(false);
        expect(can("kms:Decrypt", arn("kms", "key/a"))).toBe(false);
      }
    });

    test("moves the requests between two sets of services, where it has such, and deploys nothing with that role", () => {
      const name = `delivery-switch-${environment}`;
      expect(planned().roles.has(name)).toBe(colours !== undefined);
      if (colours === undefined) return;
      expect(allowed(planned().statements(name))).toEqual(
        [...new Set([...MOVES_REQUESTS, ...(lambda === undefined ? [] : RESIZES_FUNCTIONS)])].sort(),
      );
      const zone = `arn:aws:route53:::hostedzone/${colours.zoneId}`;
      const change = (record: string) => ({ "route53:ChangeResourceRecordSetsNormalizedRecordNames": record });
      const may = (record: string) => planned().may(name, "route53:ChangeResourceRecordSets", zone, change(record));
      expect([may(`origin.${colours.domain}`), may(`api.${colours.domain}`)]).toEqual([true, false]);
      expect(planned().sessionSeconds(name)).toBeGreaterThanOrEqual(longestSession("blue-green"));
    });

    test("has sessions as long as the workflows ask for", () => {
      const uses = { [deploy]: ["service", "blue-green", "rollback"], [migrate]: ["migrate", "rollback"] };
      for (const [name, workflows] of Object.entries(uses)) {
        expect(planned().sessionSeconds(name)).toBeGreaterThanOrEqual(Math.max(...workflows.map(longestSession)));
      }
      if (recordBuckets.length > 0) {
        expect(planned().sessionSeconds(`delivery-restore-${environment}`)).toBeGreaterThanOrEqual(
          longestSession("rollback"),
        );
      }
      expect(planned().sessionSeconds(`delivery-apply-${environment}`)).toBeGreaterThanOrEqual(
        longestSession("apply-root"),
      );
    });

    test("hands the roles of its tasks to ECS within the boundary for workloads, where services alone get in", () => {
      const boundary = Object.values(planned().plan.statements("module.boundaries.aws_iam_policy.workloads"));
      const can = (action: string, resource: string, context: Record<string, string>) =>
        may([{ Effect: "Allow", Action: "*", Resource: "*" }], boundary, { action, resource, context });
      const own = { "aws:ResourceAccount": account.id };
      const secret = arn("secretsmanager", "secret:a");
      expect(can("secretsmanager:GetSecretValue", secret, own)).toBe(true);
      expect(can("secretsmanager:GetSecretValue", secret, { ...own, "aws:FederatedProvider": "github" })).toBe(false);
      expect(can("secretsmanager:GetSecretValue", secret, { "aws:ResourceAccount": "000000000000" })).toBe(false);
      expect(can("iam:CreateRole", role("other"), own)).toBe(false);
      expect(can("sts:AssumeRole", role("other"), own)).toBe(false);
      for (const { family } of services) expect(can("iam:PassRole", role(`${family}-task`), toTasks)).toBe(true);
      expect(can("iam:PassRole", role("other-task"), toTasks)).toBe(false);
    });
  });
}
