/** The sandboxes of a root: what their states record, and whether a sandbox may be planned. */
import { paginateListObjectsV2 } from "@aws-sdk/client-s3";
import { z } from "zod";
import { InputError, Refusal } from "../../common/errors";
import { readObject, s3Client } from "../../common/s3";
import { isS3 } from "../../generator/root/backend";
import type { Root } from "../../generator/root/root";
import { SANDBOX_NAME, SANDBOX_VALUES, type Sandboxes, sandboxStateKey } from "../../generator/root/sandbox";
import { PlansBucket } from "./plans-bucket";
import { recordsFolder } from "./record";

/** What a state says of its sandbox, by the names of the root's inputs. */
export type RecordedSandbox = z.infer<typeof SANDBOX_VALUES>;

export interface RecordedSandboxes {
  readonly live: readonly RecordedSandbox[];
  /** Names of sandboxes to destroy: their last day has passed, or their destruction has begun. */
  readonly expired: readonly string[];
  /** Names of destroyed sandboxes. Logs and snapshots have these names still, so that no other sandbox gets them. */
  readonly ended: readonly string[];
  /** States that record no valid end. Nothing destroys them, and a person has to look at them. */
  readonly problems: readonly SandboxProblem[];
}

export interface SandboxProblem {
  readonly name: string;
  readonly problem: string;
}

const STATE = z.object({
  outputs: z.record(z.string(), z.object({ value: z.unknown() })),
  resources: z.array(z.unknown()),
});

/**
 * Reads every state in the folder of the root.
 * @param ending the root that ends the sandboxes; a record of its apply shows that the destruction has begun
 * @throws Refusal if the bucket cannot be listed or a state cannot be read
 */
export async function recordedSandboxes(root: Root, ending: Root, today: string): Promise<RecordedSandboxes> {
  const sandboxes = sandboxesOf(root);
  const states = await statesIn(root, sandboxes);
  const bucket = new PlansBucket(ending);
  const begun = new Set(
    (await bucket.keys(recordsFolder({ root: ending.address }))).map((key) => key.split("/").at(-2) ?? ""),
  );
  const judged = states.map(({ name, text }) => judge(name, text, { sandboxes, today, begun: begun.has(name) }));
  return {
    live: judged.flatMap((one) => ("live" in one ? [one.live] : [])),
    expired: judged.flatMap((one) => ("expired" in one ? [one.expired] : [])),
    ended: judged.flatMap((one) => ("ended" in one ? [one.ended] : [])),
    problems: judged.flatMap((one) => ("problem" in one ? [one] : [])),
  };
}

type Judged =
  | { readonly live: RecordedSandbox }
  | { readonly expired: string }
  | { readonly ended: string }
  | SandboxProblem;

interface Circumstances {
  readonly sandboxes: Sandboxes;
  readonly today: string;
  /** Whether the ending root was applied to the state. */
  readonly begun: boolean;
}

function judge(name: string, text: string, { sandboxes, today, begun }: Circumstances): Judged {
  const state = STATE.safeParse(parsed(text));
  if (!SANDBOX_NAME.safeParse(name).success || !state.success)
    return { name, problem: "the folder has another name than a sandbox, or the object is no state" };
  const { outputs, resources } = state.data;
  if (resources.length === 0) return { ended: name };
  if (begun) return { expired: name };
  const recorded = SANDBOX_VALUES.safeParse(
    Object.fromEntries(Object.entries(outputs).map(([key, { value }]) => [key, value])),
  );
  if (!recorded.success || recorded.data.name !== name || dayOf(recorded.data.last_day) === undefined)
    return { name, problem: "its state has resources, and records no valid name, owner, last day and slot" };
  const { last_day } = recorded.data;
  const latest = addDays(today, sandboxes.longestDays);
  if (last_day > latest) return { name, problem: `its last day: got ${last_day}; allowed: at most ${latest}` };
  return last_day < today ? { expired: name } : { live: recorded.data };
}

/**
 * Compares the values of a sandbox with the days, and with the sandboxes that exist.
 * @returns one line for each problem
 */
export function sandboxProblems(
  { longestDays }: Sandboxes,
  name: string,
  values: Readonly<Record<string, unknown>>,
  { live, expired, ended, problems }: RecordedSandboxes,
  today: string,
): string[] {
  const { success, data } = SANDBOX_VALUES.safeParse(values);
  if (!success) return [`inputs: got ${JSON.stringify(values)}; allowed: name, owner, last_day and slot of a sandbox`];
  const { owner, last_day: day, slot } = data;
  const latest = addDays(today, longestDays);
  const own = live.find((one) => one.name === name);
  const sharing = live.filter((one) => one.name !== name && one.slot === slot).map((one) => one.name);
  const unknown = problems.map((one) => one.name).filter((one) => one !== name);
  return [
    ...(data.name === name ? [] : [`name: got "${data.name}"; allowed: "${name}", the name of the state`]),
    ...(dayOf(day) !== undefined && day >= today && day <= latest
      ? []
      : [`last_day: got ${day}; allowed: a day from ${today} to ${latest}`]),
    ...([...expired, ...ended].includes(name)
      ? [`name: got "${name}", a sandbox that has ended; allowed: a name that no sandbox had before`]
      : []),
    ...(own === undefined || own.owner === owner ? [] : [`owner: got ${owner}; allowed: ${own.owner}, the owner`]),
    ...(own === undefined || own.slot === slot ? [] : [`slot: got ${slot}; allowed: ${own.slot}, its address block`]),
    ...(sharing.length === 0 ? [] : [`slot: got ${slot}, which ${sharing.join(", ")} has; allowed: a slot of its own`]),
    ...(unknown.length === 0
      ? []
      : [
          `slot: got ${slot}, and the state of ${unknown.join(", ")} records none; allowed: states that record their slot`,
        ]),
  ];
}

/**
 * One line for each reason against a sandbox with these values. A sandbox that ends has no values.
 * @throws Refusal if the states cannot be listed and read
 */
export async function newSandboxProblems(
  root: Root,
  roots: readonly Root[],
  name: string,
  values: Readonly<Record<string, unknown>>,
): Promise<string[]> {
  if (root.props.ending) return [];
  const today = new Date().toISOString().slice(0, 10);
  const recorded = await recordedSandboxes(root, endingRootOf(root, roots), today);
  return sandboxProblems(sandboxesOf(root), name, values, recorded, today);
}

/**
 * Arguments for `terraform init`: the key of the sandbox's state.
 * @throws InputError for a sandbox of a root without sandboxes, and for no or a wrong name of a sandbox of a root with them
 */
export function backendArguments(root: Root, sandbox: string | undefined): string[] {
  const { sandboxes } = root.props;
  if (sandboxes === undefined) {
    if (sandbox === undefined) return [];
    throw new InputError(root.address, [`--sandbox: got ${sandbox}; allowed: none, since the root has one state`]);
  }
  const { success, data } = SANDBOX_NAME.safeParse(sandbox);
  if (success) return [`-backend-config=key=${sandboxStateKey(sandboxes, data)}`];
  throw new InputError(root.address, [
    `--sandbox: got ${JSON.stringify(sandbox) ?? "nothing"}; allowed: ${SANDBOX_NAME.meta()?.allowed}`,
  ]);
}

/** The root with `ending: true` for the same states. @throws InputError without one */
export function endingRootOf(root: Root, roots: readonly Root[]): Root {
  const { states } = sandboxesOf(root);
  const ending = roots.find(({ props }) => props.ending && props.sandboxes?.states === states);
  if (ending !== undefined) return ending;
  throw new InputError(root.address, [
    `sandboxes: got no root with ending: true for the states in ${states}; allowed: one, which ends them`,
  ]);
}

/** @throws InputError for a root without sandboxes, or one that ends them */
export function sandboxesOf({ address, props }: Root): Sandboxes {
  if (props.sandboxes !== undefined && !props.ending) return props.sandboxes;
  throw new InputError(address, [
    "got a root that makes no sandboxes; allowed: a root with sandboxes, and without ending",
  ]);
}

export function dayOf(date: string): Date | undefined {
  const day = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(date) ? day : undefined;
}

/** @param day ISO date */
function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function statesIn({ address, props: { backend } }: Root, { states }: Sandboxes) {
  if (!isS3(backend)) throw new InputError(address, ["backend: got another one than S3; allowed: S3"]);
  const { bucket, region } = backend;
  const client = s3Client(region);
  const found: { readonly name: string; readonly text: string }[] = [];
  try {
    for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: `${states}/` })) {
      for (const key of Contents.flatMap(({ Key }) => (Key?.endsWith("/terraform.tfstate") ? [Key] : []))) {
        const name = key.slice(states.length + 1, -"/terraform.tfstate".length);
        const body = await readObject(client, { Bucket: bucket, Key: key });
        found.push({ name, text: Buffer.from(body).toString() });
      }
    }
  } catch (error) {
    const got = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    throw new Refusal(`s3://${bucket}/${states}/\n  got ${got}; allowed: a role that may list and read the states`);
  }
  return found;
}
