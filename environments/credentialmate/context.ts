/** What the parts of CredentialMate share. */
import type { Expression, Root } from "../../lib";
import type { CredentialMateEnvironment } from "./environment";

/** What every part of the system works with. */
export interface Context {
  readonly root: Root;
  readonly environment: CredentialMateEnvironment;
  /** Prefix of every name: `credentialmate-prod`. */
  readonly name: string;
  readonly dataKeyArn: Expression<string>;
  readonly logsKeyArn: Expression<string>;
  readonly alertTopicArn: Expression<string>;
}

export function documentsBucketName({ name, account }: CredentialMateEnvironment): string {
  return `credentialmate-${name}-documents-${account.id}`;
}
