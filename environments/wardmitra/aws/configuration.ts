/** Configuration: the login of the database, which is rotated, in Secrets Manager; every other value in Parameter Store. */
import { type Value, values } from "../../../lib";
import { RdsUserRotation } from "../../../modules/rds-user-rotation";
import type { SecurityGroups } from "../../../modules/security-groups";
import { SsmParameters } from "../../../modules/ssm-parameters";
import { workloadsBoundaryArn } from "../../common/delivery";
import { bucketName, type Context, DATABASE_NAME, DATABASE_PORT, POOLER, settingsPath } from "../context";
import type { Data } from "./data";
import type { vpc } from "./network";

export function configuration(
  context: Context,
  network: ReturnType<typeof vpc>,
  groups: InstanceType<typeof SecurityGroups>,
  { database }: Data,
): void {
  const { root, environment, name } = context;
  const { account, region, sizing } = environment;
  const path = settingsPath(environment);
  const secretName = `${path}/database-application`;
  new RdsUserRotation(root, "database_login", {
    name: `${name}-login-rotation`,
    accountId: account.id,
    region,
    secretName,
    rotationDays: sizing.loginRotationDays,
    username: DATABASE_NAME,
    databaseHost: database.address,
    databasePort: DATABASE_PORT,
    databaseName: DATABASE_NAME,
    masterSecretArn: database.masterUserSecretArn,
    kmsKeyArn: context.dataKeyArn,
    subnetIds: values(network.vpc.privateSubnetIds),
    securityGroupIds: [groups.ids.at("rotation")],
    logKmsKeyArn: context.logsKeyArn,
    logRetentionDays: sizing.logRetentionDays,
    alertTopicArn: context.alertTopicArn,
    permissionsBoundaryArn: workloadsBoundaryArn(account),
  });
  new SsmParameters(root, "configuration", {
    path: `/${path}/config`,
    parameters: { ...settings(context, database.address, secretName), ...(sizing.aiWorkloads && models(context)) },
  });
}

interface Setting {
  readonly value: Value<string>;
  readonly description: string;
}

/** Settings that the API reads when it starts, and those that External Secrets reads for PgBouncer. */
function settings(
  { environment }: Context,
  databaseHost: Value<string>,
  secretName: string,
): Readonly<Record<string, Setting>> {
  const { region, domain, assetsDomain, poolerAuthority } = environment;
  return {
    "assets-url": { value: `https://${assetsDomain}`, description: "URL of the static assets" },
    "database-host": { value: databaseHost, description: "Host of the database, for PgBouncer and migrations" },
    "database-login": { value: secretName, description: "Name of the secret with user and password" },
    "database-name": { value: DATABASE_NAME, description: "Name of the database" },
    "log-level": { value: "info", description: "Lowest level that the API logs" },
    "photos-bucket": { value: bucketName(environment, "photos"), description: "Bucket of photos and uploads" },
    "pooler-authority": {
      value: Buffer.from(poolerAuthority, "base64").toString(),
      description: "Certificate of the authority that the API verifies PgBouncer with, as PEM",
    },
    "pooler-host": { value: POOLER.host, description: "Host of PgBouncer, for the API" },
    "pooler-port": { value: `${POOLER.port}`, description: "Port of PgBouncer" },
    "pooler-sslmode": {
      value: "verify-full",
      description: "TLS of the API to PgBouncer: authority and host are verified",
    },
    region: { value: region, description: "Region of buckets and secrets" },
    "reports-bucket": { value: bucketName(environment, "reports"), description: "Bucket of exported reports" },
    url: { value: `https://${domain}`, description: "URL of the API" },
  };
}

function models({ environment }: Context): Readonly<Record<string, Setting>> {
  return { "models-bucket": { value: bucketName(environment, "models"), description: "Bucket of models" } };
}
