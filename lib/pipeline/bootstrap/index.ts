/** The first apply of an account's root: its state lies on this machine until the bucket that it makes can take it. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { apply, init, plan, stateVersion, TerraformError, waitingForLock } from "../../terraform";
import { RemoteState } from "./remote";
import type { TerraformState } from "./state";
import { type Facts, nextStep, whereItStands } from "./step";
import { BootstrapWorkplace } from "./workplace";

export interface Account {
  /** Root of the account: `accounts/shop`. */
  readonly rootPath: string;
  /** Twelve digits. */
  readonly id: string;
}

export interface Person {
  /** Hears where it stands and what comes next, a text at a time. */
  tell(text: string): void;
  /** What the person types after the question; empty where nobody does. */
  ask(question: string): Promise<string>;
}

/**
 * Takes one step after the other until the state is where the root's backend keeps it, and nowhere else.
 * @returns whether it is; else the person has heard why not.
 * @throws Refusal, InputError. What is done by then stays done, and the next run goes on from there.
 */
export async function bootstrap(treeFolder: string, account: Account, person: Person): Promise<boolean> {
  const work = new BootstrapWorkplace(treeFolder, account.rootPath);
  const remote = new RemoteState(path.join(treeFolder, account.rootPath), account.id);
  let changes: boolean | undefined;
  for (;;) {
    const facts: Facts = { local: work.localState(), remote: await remote.read(), changes };
    const step = nextStep(facts);
    person.tell(`${work.name}: ${whereItStands(facts)}`);
    if (typeof step === "object") {
      person.tell(`refused: ${step.refused}`);
      return false;
    }
    person.tell(step === "done" ? `done: the state is ${remote.place}, and nothing of it is left here` : NEXT[step]);
    if (step === "plan") {
      changes = await planLocally(work);
    } else if (step === "apply") {
      if (!(await isAgreed(account, person))) return false;
      await applyLocally(work);
      changes = undefined;
    } else if (step === "migrate") {
      await remote.store(readFileSync(work.stateFile, "utf8"));
    } else {
      if (step === "check") await check(work, facts.remote);
      work.remove();
      if (step === "done") return true;
    }
  }
}

const NEXT = {
  plan: "next: plan with the local state; it fails with credentials of another account, as the root's provider allows one only",
  apply: "next: a person's yes, then apply exactly this plan with the local state",
  migrate: "next: copy the local state into the bucket, where no state is yet",
  check: "next: plan with the remote state, which must find nothing to change; then remove the local one",
} as const;

const PLAN_FILE = "saved.tfplan";

/** Whether there is something to apply. Waits for a Terraform that an earlier, killed run has left at work. */
async function planLocally(work: BootstrapWorkplace): Promise<boolean> {
  work.useBackend("local");
  await init(work, ["-reconfigure"]);
  const args = ["-no-color", "-detailed-exitcode", `-out=${PLAN_FILE}`];
  return (await plan(args, { ...waitingForLock(work, "plan"), output: "shown" })) === 2;
}

async function isAgreed({ id }: Account, person: Person): Promise<boolean> {
  const answer = await person.ask(
    `Type the id of the account, ${id}, to apply this plan; anything else applies nothing: `,
  );
  if (answer.trim() === id) return true;
  person.tell(`got "${answer.trim()}": nothing was applied`);
  return false;
}

/** Terraform writes each resource into the local state as soon as it is made. */
async function applyLocally(work: BootstrapWorkplace): Promise<void> {
  try {
    await apply(work, PLAN_FILE);
  } catch (error) {
    if (!(error instanceof TerraformError)) throw error;
    throw new TerraformError(
      `${error.message}\nwhat was made until then is in ${work.stateFile}; run this again to go on`,
    );
  }
}

/** Without the lock: nothing is written, and a killed run would leave it held. @throws TerraformError */
async function check(work: BootstrapWorkplace, remote: TerraformState | string): Promise<void> {
  work.useBackend("the root's");
  await init(work, ["-reconfigure"]);
  const seen = await stateVersion(work);
  if (typeof remote === "string" || seen.lineage !== remote.lineage || seen.serial < remote.serial)
    throw kept(work, `through the root's backend Terraform reads ${seen.lineage} version ${seen.serial}`);
  const exitCode = await plan(["-no-color", "-detailed-exitcode", "-lock=false"], { ...work, output: "shown" });
  if (exitCode === 2)
    throw kept(work, "a plan with the remote state has changes; apply them as usual, then run this again");
}

function kept({ name, stateFile }: BootstrapWorkplace, problem: string): TerraformError {
  return new TerraformError(`${name}: ${problem}\nthe local copy is kept: ${stateFile}`);
}
