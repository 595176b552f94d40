/** Roots of sandboxes: one committed root, and a state for each sandbox that is made of it. */
import { z } from "zod";
import { text } from "../inputs/schema";
import { type Backend, isS3 } from "./backend";

/** Part of the names of all resources of a sandbox, and of the key of its state. */
export const SANDBOX_NAME = text(
  /^[a-z](?:-?[a-z0-9]){2,11}$/,
  "3 to 12 lower-case letters and digits, a letter first, and single hyphens between them",
  "Ada_1",
);

const LOGIN = text(/^[a-z0-9](?:[a-z0-9-]{0,37}[a-z0-9])?$/, "a GitHub login in lower case", "Ada Lovelace");
const DAY = text(/^\d{4}-\d{2}-\d{2}$/, "a day such as 2026-12-31", "tomorrow");

export const SANDBOXES = z.object({
  /**
   * Folder of the states in the bucket: `shop/sandbox` for `shop/sandbox/<name>/terraform.tfstate`. The root that makes sandboxes
   * and the one with `ending: true`, which ends them, have the same folder.
   */
  states: text(/^[a-z0-9-]+(?:\/[a-z0-9-]+)+$/, "<system>/<folder>", "sandbox"),
  /** Longest life of a sandbox, in days from its last plan. */
  longestDays: z.int().min(1).max(30),
  /** Number of address blocks. Each sandbox has one of its own. */
  slots: z.int().min(1).max(64),
});

export type Sandboxes = Readonly<z.infer<typeof SANDBOXES>>;

/** One line for each problem of a root of sandboxes. */
export function sandboxesProblems(backend: Backend, production = true): string[] {
  return [
    ...(isS3(backend) ? [] : ["sandboxes: got a backend other than S3; allowed: S3, where the states can be listed"]),
    ...(production ? ["sandboxes: got production: true; allowed: false, since every sandbox ends"] : []),
  ];
}

/** Key of the state of a sandbox. Terraform gets it at `terraform init`: the committed backend block has none. */
export function sandboxStateKey({ states }: Sandboxes, name: string): string {
  return `${states}/${name}/${FILE_NAME}`;
}

const FILE_NAME = "terraform.tfstate";

/** Names of the inputs and outputs of a root of sandboxes, as Terraform has them. */
export const SANDBOX_VALUES = z.object({ name: SANDBOX_NAME, owner: LOGIN, last_day: DAY, slot: z.int().min(0) });
