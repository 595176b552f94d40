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
  ordersDev: account("orders-dev", "555555555555", "us-east-1"),
  ordersProd: account("orders-prod", "666666666666", "us-east-1"),
  /** The production account again; its state lies where it can be read when the first region cannot. */
  ordersDr: account("orders-dr", "666666666666", "us-west-2"),
} as const satisfies Record<string, Account>;
