import { renderTree } from "../../lib/generator/synth/synthesize";
import { Configurations } from "../../lib/judgement/configuration";
import { judgeRoot } from "../../lib/judgement/guardrails/judge";
import { RdsUserRotation } from "../../modules/rds-user-rotation";
import { emitted, newRoot } from "../lib/generator/support";
import { describePlan } from "../support/planned";
import { arnOf } from "../support/stand-ins";

const base = {
  name: "shop-rotation",
  accountId: "111122223333",
  region: "eu-central-1",
  secretName: "shop/database-application",
  rotationDays: 14,
  username: "shop",
  databaseHost: "shop.abcdefghijkl.eu-central-1.rds.amazonaws.com",
  databaseName: "orders",
  masterSecretArn: "arn:aws:secretsmanager:eu-central-1:111122223333:secret:rds!db-1",
  kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1",
  subnetIds: ["subnet-1", "subnet-2"],
  securityGroupIds: ["sg-1"],
  logKmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/2",
  logRetentionDays: 30,
  alertTopicArn: "arn:aws:sns:eu-central-1:111122223333:shop-alerts",
} as const;

describePlan(
  "the rotation of a login",
  (root) => {
    new RdsUserRotation(root, "rotation", base);
  },
  (plan) => {
    const address = (type: string) => `module.rotation.aws_${type}.this`;
    const values = (type: string) => plan().values(address(type));

    test("has a secret without a value, which no other account reads, and which is rotated after the given days", () => {
      expect(values("secretsmanager_secret")).toMatchObject({ name: base.secretName, kms_key_id: base.kmsKeyArn });
      expect(plan().all("aws_secretsmanager_secret_version")).toEqual([]);
      expect(plan().statements(address("secretsmanager_secret_policy"))).toMatchObject({
        DenyOtherAccounts: { Effect: "Deny", Action: "secretsmanager:*" },
      });
      expect(values("secretsmanager_secret_rotation")).toMatchObject({
        rotation_lambda_arn: arnOf(address("lambda_function")),
        rotation_rules: [{ automatically_after_days: 14 }],
        rotate_immediately: true,
      });
    });

    test("runs one step at a time in the VPC, with the names of the database and of no secret's value", () => {
      expect(values("lambda_function")).toMatchObject({
        function_name: "shop-rotation",
        reserved_concurrent_executions: 1,
        vpc_config: [{ subnet_ids: ["subnet-1", "subnet-2"], security_group_ids: ["sg-1"] }],
        environment: [
          {
            variables: {
              LOGIN_USERNAME: "shop",
              MASTER_SECRET_ARN: base.masterSecretArn,
              PGDATABASE: "orders",
              PGHOST: base.databaseHost,
              PGPORT: "5432",
              PGSSLROOTCERT: "/var/runtime/ca-cert.pem",
            },
          },
        ],
      });
    });

    test("runs the program of the archive", () => {
      const { source_code_hash: hash, filename } = values("lambda_function");
      expect(filename).toMatch(/function\/function\.zip$/);
      expect(hash).toMatch(/^[\w+/]{43}=$/);
    });

    test("writes an encrypted log with a retention", () => {
      expect(values("cloudwatch_log_group")).toMatchObject({
        name: "/aws/lambda/shop-rotation",
        kms_key_id: base.logKmsKeyArn,
        retention_in_days: 30,
      });
    });

    test("has a role for two secrets, their key and its own log", () => {
      const { RotateLogin, ReadMaster, UseKeyThroughSecretsManager, WriteLog, ...network } = plan().statements(
        address("iam_role_policy"),
      );
      expect(RotateLogin).toMatchObject({ Resource: arnOf(address("secretsmanager_secret")) });
      expect(ReadMaster).toMatchObject({
        Action: "secretsmanager:GetSecretValue",
        Resource: base.masterSecretArn,
      });
      expect(UseKeyThroughSecretsManager).toMatchObject({
        Resource: base.kmsKeyArn,
        Condition: { StringEquals: { "kms:ViaService": "secretsmanager.eu-central-1.amazonaws.com" } },
      });
      expect(WriteLog).toMatchObject({ Resource: `${arnOf(address("cloudwatch_log_group"))}:*` });
      expect(Object.keys(network)).toEqual(["FindSubnets", "DenyInterfacesToTheProgram"]);
    });

    test("denies the program what Lambda does for it with network interfaces", () => {
      expect(plan().values("module.rotation.aws_iam_role_policy_attachment.interfaces")).toMatchObject({
        policy_arn: "arn:aws:iam::aws:policy/service-role/AWSLambdaENIManagementAccess",
      });
      expect(plan().statements(address("iam_role_policy")).DenyInterfacesToTheProgram).toMatchObject({
        Effect: "Deny",
        Action: expect.arrayContaining(["ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface"]),
        Resource: "*",
        Condition: {
          ArnEquals: { "lambda:SourceFunctionArn": "arn:aws:lambda:eu-central-1:111122223333:function:shop-rotation" },
        },
      });
    });

    test("is called only by Secrets Manager for secrets of the account", () => {
      expect(values("lambda_permission")).toMatchObject({
        action: "lambda:InvokeFunction",
        function_name: "shop-rotation",
        principal: "secretsmanager.amazonaws.com",
        source_account: "111122223333",
      });
    });

    test("notifies the topic of each error", () => {
      expect(values("cloudwatch_metric_alarm")).toMatchObject({
        namespace: "AWS/Lambda",
        metric_name: "Errors",
        dimensions: { FunctionName: "shop-rotation" },
        threshold: 0,
        comparison_operator: "GreaterThanThreshold",
        alarm_actions: [base.alertTopicArn],
      });
    });
  },
);

test("the first rotation starts when Secrets Manager may call the function, and the function may do its work", () => {
  const main = emitted(RdsUserRotation, "main.tf.json");
  expect(main).toMatchObject({
    resource: {
      aws_lambda_function: {
        this: { depends_on: ["aws_iam_role_policy.this", "aws_iam_role_policy_attachment.interfaces"] },
      },
      aws_secretsmanager_secret_rotation: {
        this: { depends_on: ["aws_lambda_permission.this", "aws_secretsmanager_secret_policy.this"] },
      },
    },
  });
});

test("no guardrail is broken, and each is decided from the source", () => {
  const root = newRoot();
  new RdsUserRotation(root, "rotation", base);
  const tree = new Configurations(new Map(renderTree([root]).map(({ path, content }) => [path, content])));
  const judgement = judgeRoot(tree.root(root.address), [], "2026-01-01");
  expect(
    [...judgement.broken, ...judgement.unknown].map(({ guardrail, address, got }) => [guardrail.id, address, got]),
  ).toEqual([]);
});
