/** AWS accounts, and where the state of their roots lies. */
import type { StateBackend } from "../lib";

export interface Account {
  readonly name: string;
  /** Twelve digits. A plan with the credentials of another account fails. */
  readonly id: string;
  readonly state: StateBackend;
}

function account(name: string, id: string, region: string): Account {
  return {
    name,
    id,
    state: {
      bucket: `${name}-terraform-state-${id}`,
      region,
      kmsKeyArn: `arn:aws:kms:${region}:${id}:alias/terraform-state`,
      dynamodbTable: "terraform-locks",
    },
  };
}

export const accounts = {
  credentialmateDev: account("credentialmate-dev", "111111111111", "us-east-1"),
  credentialmateStage: account("credentialmate-stage", "222222222222", "us-east-1"),
  credentialmateProd: account("credentialmate-prod", "333333333333", "us-east-1"),
} as const satisfies Record<string, Account>;
