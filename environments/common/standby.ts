/** What a standby in another region and its primary environment share: names, and copies of the login of the database. */
import type { Expression, RecoveryTargets, Value } from "../../lib";
import { SecretsManager } from "../../modules/secrets-manager";
import { STANDBY_SECRETS_KEY } from "./delivery";
import { type Context, fullName, type PublicEnvironment } from "./environment";

/** Reference to another environment. ARNs are built from its name, so that no root reads the state of another root. */
export interface Place {
  readonly name: string;
  readonly region: string;
}

export interface Primary extends Place {
  /** Last six characters of the ARN of the secret `database-application`. */
  readonly databaseSecretSuffix: string;
  /** Largest acceptable loss of data and time after an outage of the other environment's region. */
  readonly targets: RecoveryTargets;
}

export interface WithStandby extends PublicEnvironment {
  /** Destination of copies of this environment's secrets; null if it has no standby. */
  readonly standby: Place | null;
  /** The environment whose standby this one is; null if it is no standby. */
  readonly standbyFor: Primary | null;
}

/**
 * @param description of the secret, whose JSON has username and password of the application's database user
 * @returns ARN of the secret: in a standby, of the copy of its primary's secret
 */
export function databaseSecret(
  { root, environment, name, dataKeyArn }: Context<WithStandby>,
  system: string,
  description: string,
): Value<string> {
  const { account, region, standby, standbyFor } = environment;
  if (standbyFor !== null) {
    return `arn:aws:secretsmanager:${region}:${account.id}:secret:${fullName(system, standbyFor)}/database-application-${standbyFor.databaseSecretSuffix}`;
  }
  const secrets = new SecretsManager(root, "secrets", {
    name,
    accountId: account.id,
    kmsKeyArn: dataKeyArn,
    secrets: { "database-application": description },
    ...(standby && {
      replicas: { [standby.region]: `arn:aws:kms:${standby.region}:${account.id}:alias/${STANDBY_SECRETS_KEY}` },
    }),
  });
  return secrets.arns.at("database-application") satisfies Expression<string>;
}

/** The secrets of a standby are copies under the account's key for copies. Only Secrets Manager may use that key for a task. */
export function copiedSecretsKeys({ account, region, standbyFor }: WithStandby) {
  return standbyFor === null ? {} : { secretsKmsKeyArns: [`arn:aws:kms:${region}:${account.id}:key/*`] };
}
