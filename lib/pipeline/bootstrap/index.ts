/** The first apply of an account's root: its state is local until the root has created the bucket for it. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { apply, init, plan, stateVersion, TerraformError, waitingForLock } from "../../terraform";
import { RemoteState } from "./remote";
import type { TerraformState } from "./state";
import { describeState, type Facts, nextStep } from "./step";
import { BootstrapWorkplace } from "./workplace";

export interface Account {
  /** Root of the account: `accounts/shop`. */
  readonly rootPath: string;
  /** Twelve digits. */
  readonly id: string;
}

export interface Person {
  /** Prints the progress and the next step. */
  report(text: string): void;
  /** @returns the line that the person types; empty at the end of the input */
  ask(question: string): Promise<string>;
}

/**
 * Takes one step after the other until the state is in the root's backend, and only there.
 * @returns whether it is; otherwise the reason was printed
 * @throws Refusal, InputError. Completed steps stay, and the next run continues from there.
 */
export async function bootstrap(treeFolder: string, account: Account, person: Person): Promise<boolean> {
  const work = new BootstrapWorkplace(treeFolder, account.rootPath);
  const remote = new RemoteState(path.join(treeFolder, account.rootPath), account.id);
  let changes: boolean | undefined;
  for (;;) {
    const facts: Facts = { local: work.localState(), remote: await remote.read(), changes };
    const step = nextStep(facts);
    person.report(`${work.name}: ${describeState(facts)}`);
    if (typeof step === "object") {
      person.report(`refused: ${step.refused}`);
      return false;
    }
    person.report(step === "done" ? `done: the state is in ${remote.place}, and no local copy is left` : NEXT[step]);
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
  plan: "next: plan with the local state; this fails with credentials of another account, since the root's provider allows only one",
  apply: "next: ask for confirmation, then apply exactly this plan with the local state",
  migrate: "next: upload the local state to the bucket, which has no state yet",
  check: "next: plan with the remote state, which must show no changes; then remove the local state",
} as const;

const PLAN_FILE = "saved.tfplan";

/** Whether there are changes to apply. Waits for a Terraform that an earlier, killed run has left running. */
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
  person.report(`got "${answer.trim()}": nothing was applied`);
  return false;
}

/** Terraform writes each resource to the local state as soon as it exists. */
async function applyLocally(work: BootstrapWorkplace): Promise<void> {
  try {
    await apply(work, PLAN_FILE);
  } catch (error) {
    if (!(error instanceof TerraformError)) throw error;
    throw new TerraformError(
      `${error.message}\nthe resources that were created are in ${work.stateFile}; run the command again to continue`,
    );
  }
}

/** Does not lock the state: nothing is written, and a killed run would leave the lock. @throws TerraformError */
async function check(work: BootstrapWorkplace, remote: TerraformState | string): Promise<void> {
  work.useBackend("the root's");
  await init(work, ["-reconfigure"]);
  const seen = await stateVersion(work);
  if (typeof remote === "string" || seen.lineage !== remote.lineage || seen.serial < remote.serial)
    throw kept(work, `Terraform reads ${seen.lineage} version ${seen.serial} through the root's backend`);
  const exitCode = await plan(["-no-color", "-detailed-exitcode", "-lock=false"], { ...work, output: "shown" });
  if (exitCode === 2)
    throw kept(work, "a plan with the remote state has changes; apply them as usual, then run the command again");
}

function kept({ name, stateFile }: BootstrapWorkplace, problem: string): TerraformError {
  return new TerraformError(`${name}: ${problem}\nthe local copy is kept: ${stateFile}`);
}
