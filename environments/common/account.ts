/**
 * One AWS account as its systems see it: its state backend, and the names of the roles that people and the pipeline
 * assume.
 */
import type { StateBackend } from "../../lib";

export interface Account {
  readonly name: string;
  /** Twelve digits. A plan with the credentials of another account fails. */
  readonly id: string;
  readonly state: StateBackend;
  /** Bucket where saved plans wait for their approval. */
  readonly plansBucket: string;
  /** Names of the roles that people assume in the account. Runbooks contain them. */
  readonly people: PeopleRoles;
}

export interface PeopleRoles {
  readonly developer: string;
  readonly operator: string;
  readonly admin: string;
}

/** @param region of the account's state */
export function accountWithState(name: string, id: string, region: string): Account {
  return {
    name,
    id,
    state: {
      bucket: `${name}-terraform-state-${id}`,
      region,
      kmsKeyArn: `arn:aws:kms:${region}:${id}:alias/terraform-state`,
      dynamodbTable: "terraform-locks",
    },
    plansBucket: `${name}-terraform-plans-${id}`,
    people: { developer: `${name}-developer`, operator: `${name}-operator`, admin: `${name}-admin` },
  };
}

/**
 * The same account with a second state backend, in the region of its standbys: state is readable while the first
 * region is down.
 */
export function inRegion({ id, people }: Account, name: string, region: string): Account {
  return { ...accountWithState(name, id, region), people };
}
