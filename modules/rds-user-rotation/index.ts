import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { SecretsmanagerSecretPolicy } from "@cdktf/provider-aws/lib/secretsmanager-secret-policy";
import { SecretsmanagerSecretRotation } from "@cdktf/provider-aws/lib/secretsmanager-secret-rotation";
import { z } from "zod";
import {
  ACCOUNT_ID,
  arnOf,
  defineModule,
  denyOtherAccounts,
  hcl,
  LOG_RETENTION_DAYS,
  policyDocument,
  REGION,
  readyAfter,
  resource,
  resourceName,
  set,
  sizing,
  text,
} from "../../lib";
import { functionRole } from "./role";

const ARCHIVE = "function/function.zip";

export const RdsUserRotation = defineModule({
  name: "rds-user-rotation",
  description:
    "The login of an application in Secrets Manager, which a function in the VPC rotates in PostgreSQL. Two users alternate, `<username>` and `<username>_clone`: the login before the last rotation works until the next one. Both act as the role `<username>_owner`, which owns their objects. The first rotation, during the creation, makes users and value; Terraform never has the value. Passwords reach the server only as SCRAM verifiers, over verified TLS.",
  files: [ARCHIVE],
  inputs: {
    name: resourceName(64).describe("Name of the function, of its role and of its alarm."),
    accountId: ACCOUNT_ID.describe("Account of the secret."),
    region: REGION.describe("Region of the secret."),
    secretName: text(/^[\w/+=.@-]{1,256}$/, "a name of letters, digits and /_+=.@-", "a name").describe(
      "Name of the secret. Its value is JSON with `username` and `password`.",
    ),
    rotationDays: sizing(z.int().min(1).max(1000)).describe(
      "Days between rotations. A client has to read the login again within this time.",
    ),
    recoveryWindowDays: z
      .int()
      .min(7)
      .max(30)
      .default(30)
      .describe(
        "Days in which the deleted secret can be restored. Its name stays in use until then: to create the secret again earlier, run `aws secretsmanager restore-secret` and import it.",
      ),
    username: text(
      /^[a-z][a-z0-9_]{0,56}$/,
      "up to 57 lower-case letters, digits and underscores, a letter first",
      "no-hyphens",
    ).describe("Name of the first user. No other program changes the users and their role."),
    databaseHost: z.string().min(1).describe("Host name of the database, which its certificate has."),
    databasePort: z.int().min(1).max(65535).default(5432).describe("Port of the database."),
    databaseName: z.string().min(1).describe("Database whose objects belong to the application."),
    masterSecretArn: arnOf("secretsmanager").describe(
      "Secret with the login of the master user, which owns the database and may create roles.",
    ),
    kmsKeyArn: arnOf("kms").describe("Key that encrypts the secret, and the secret of the master user."),
    subnetIds: set(z.string()).describe(
      "Private subnets with an endpoint of Secrets Manager. AWS keeps the network interfaces of a deleted function for up to 40 minutes.",
    ),
    securityGroupIds: set(z.string()).describe(
      "Security groups that allow connections to the database and to the endpoint of Secrets Manager.",
    ),
    logKmsKeyArn: arnOf("kms").describe("Key that encrypts the log of the function."),
    logRetentionDays: sizing(LOG_RETENTION_DAYS).describe("Retention of the log. It contains no password."),
    alertTopicArn: arnOf("sns").describe(
      "Topic that is notified of a failed rotation. Its policy has to allow `cloudwatch.amazonaws.com`.",
    ),
    permissionsBoundaryArn: arnOf("iam")
      .nullable()
      .default(null)
      .describe("Permissions boundary of the role, if the apply role may create roles only with a boundary."),
  },
  outputs: {
    secretArn: z.string().describe("ARN of the secret, available after its rotation is configured."),
    functionName: z.string().describe("Name of the function, which is the dimension of its metrics."),
  },
  example: {
    name: "shop-database-rotation",
    accountId: "111122223333",
    region: "eu-central-1",
    secretName: "shop/database-application",
    rotationDays: 30,
    username: "shop",
    databaseHost: "shop.abcdefghijkl.eu-central-1.rds.amazonaws.com",
    databaseName: "shop",
    masterSecretArn: "arn:aws:secretsmanager:eu-central-1:111122223333:secret:rds!db-1234abcd-AbCdEf",
    kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    subnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
    securityGroupIds: ["sg-0123456789abcdef0"],
    logKmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/5678abcd-12ab-34cd-56ef-1234567890ab",
    logRetentionDays: 30,
    alertTopicArn: "arn:aws:sns:eu-central-1:111122223333:shop-alerts",
  },
  build(scope, input) {
    const secret = resource(scope, SecretsmanagerSecret, "this", {
      name: input.secretName,
      description: `Login of the application in ${input.databaseName}, rotated by ${input.name}`,
      kmsKeyId: input.kmsKeyArn,
      recoveryWindowInDays: input.recoveryWindowDays,
    });
    const policy = resource(scope, SecretsmanagerSecretPolicy, "this", {
      secretArn: secret.arn,
      blockPublicPolicy: true,
      policy: policyDocument(scope, "policy", [denyOtherAccounts(input.accountId)]),
    });
    const logGroup = resource(scope, CloudwatchLogGroup, "this", {
      name: `/aws/lambda/${input.name}`,
      kmsKeyId: input.logKmsKeyArn,
      retentionInDays: input.logRetentionDays,
    });
    const role = functionRole(scope, input, { secretArn: secret.arn, logGroupArn: logGroup.arn });
    const archive = `${hcl<string>`path.module`}/${ARCHIVE}`;
    const lambda = resource(scope, LambdaFunction, "this", {
      functionName: input.name,
      description: `Rotates ${input.secretName}`,
      role: role.arn,
      filename: archive,
      sourceCodeHash: hcl<string>`filebase64sha256(${archive})`,
      handler: "index.handler",
      runtime: "nodejs22.x",
      architectures: ["arm64"],
      memorySize: 256,
      timeout: 60,
      // Steps that run at the same time would change the password of one user.
      reservedConcurrentExecutions: 1,
      vpcConfig: { subnetIds: input.subnetIds, securityGroupIds: input.securityGroupIds },
      loggingConfig: { logFormat: "Text", logGroup: logGroup.name },
      environment: {
        variables: {
          LOGIN_USERNAME: input.username,
          MASTER_SECRET_ARN: input.masterSecretArn,
          PGDATABASE: input.databaseName,
          PGHOST: input.databaseHost,
          PGPORT: hcl<string>`tostring(${input.databasePort})`,
          PGSSLROOTCERT: AUTHORITIES,
        },
      },
      dependsOn: role.policies,
    });
    const permission = resource(scope, LambdaPermission, "this", {
      statementId: "RotateSecrets",
      action: "lambda:InvokeFunction",
      functionName: lambda.functionName,
      principal: "secretsmanager.amazonaws.com",
      sourceAccount: input.accountId,
    });
    resource(scope, CloudwatchMetricAlarm, "this", {
      alarmName: `${input.name}-errors`,
      alarmDescription: `A step of the rotation of ${input.secretName} failed. The current login stays valid. Read the log group ${logGroup.name}, and start a rotation after the cause is gone.`,
      namespace: "AWS/Lambda",
      metricName: "Errors",
      dimensions: { FunctionName: lambda.functionName },
      statistic: "Sum",
      period: 300,
      evaluationPeriods: 1,
      comparisonOperator: "GreaterThanThreshold",
      threshold: 0,
      treatMissingData: "notBreaching",
      alarmActions: [input.alertTopicArn],
      okActions: [input.alertTopicArn],
    });
    const rotation = resource(scope, SecretsmanagerSecretRotation, "this", {
      secretId: secret.id,
      rotationLambdaArn: lambda.arn,
      rotationRules: { automaticallyAfterDays: input.rotationDays },
      dependsOn: [permission, policy],
    });
    return { secretArn: readyAfter(secret.arn, rotation), functionName: lambda.functionName };
  },
});

/**
 * Lambda's file with the certificate authorities of AWS, those of RDS among them.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html
 */
const AUTHORITIES = "/var/runtime/ca-cert.pem";
