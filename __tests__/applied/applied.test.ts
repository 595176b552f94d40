/**
 * Applies roots to a mock of AWS. The second plan is empty, and the gate decides on real plans. By default, one environment of
 * one system is applied with its account. With APPLIED_ROOTS=all, every root is applied that the mock has the services of, and
 * changed and destroyed unless it reads from another one.
 *
 * The mock differs from AWS: support/cloud/lacks.py lists its gaps. Deployments succeed at once, pending changes of databases take
 * effect at once, and no permissions are checked.
 */
import type { Root } from "../../lib";
import { inParallel } from "../../lib/terraform";
import { roots } from "../../main";
import { describeWithCloud } from "../support/cloud/needed";
import { newName } from "./changes";
import { liveThrough, type Outcomes, rootsOf, select, standUp } from "./lanes";
import { DATABASES, type Life, type Stood } from "./life";
import { controllerOf } from "./past-terraform";

const which = process.env.APPLIED_ROOTS === "all" ? "all" : "one";
const { living, standing, leftOut } = select(roots, which);
const named = (list: readonly Root[]) => list.map((root) => [root.address, root] as const);
const addresses = (list: readonly Root[]) => list.map(({ address }) => address).join(", ");

describeWithCloud("applied to a mock of AWS", () => {
  let lives: Outcomes<Life> = new Map();
  let outcomes: Outcomes<Stood> = new Map();

  beforeAll(async () => {
    if (leftOut.length > 0) console.info(`not applied: ${addresses(leftOut)}`);
    if (standing.length > 0) console.info(`not changed and destroyed: ${addresses(standing.flatMap(rootsOf))}`);
    // All lanes at once would need more memory than a runner has: Terraform and the provider take 1 to 2 GB for each root.
    const stood = await inParallel(standing, standUp);
    const lived = await inParallel(living, liveThrough);
    lives = new Map(lived.flatMap((lane) => [...lane]));
    outcomes = new Map([...lives, ...stood.flatMap((lane) => [...lane])]);
    for (const [{ address }, outcome] of outcomes) {
      if (outcome.status === "fulfilled") console.info(`${address}: seconds`, outcome.value.seconds);
    }
  }, 60 * 60_000);

  test.each(named([...living, ...standing].flatMap(rootsOf)))(
    "the plan after the apply of %s passes, and there is nothing to change",
    (_address, root) => {
      const { decision, isEmpty, changes, drift, unmanaged } = fulfilled(outcomes, root).applied;
      const nothing: unknown[] = [];
      expect({ decision, isEmpty, changes, drift, unmanaged }).toEqual({
        decision: "pass",
        isEmpty: true,
        changes: nothing,
        drift: nothing,
        unmanaged: nothing,
      });
    },
  );

  const migrations = named(standing.flatMap(rootsOf).filter(({ props }) => props.migration !== undefined));
  if (migrations.length > 0) {
    test.each(migrations)("nothing of %s is left after its run", (_address, root) => {
      expect(fulfilled(outcomes, root).left).toBe(0);
    });
  }

  if (living.length > 0) {
    describe.each(named(living.flatMap(rootsOf)))("%s", (_address, root) => {
      const life = () => fulfilled(lives, root);

      test("the plan after an interrupted apply makes what is missing, and finishes or replaces what was begun", () => {
        const { resumed, missing } = life();
        expect(resumed.refused).toEqual([]);
        const begun = resumed.changes.filter(({ action }) => action !== "create");
        const drift = resumed.toApprove.filter(({ approval }) => approval === "drift");
        expect(missing).toEqual(expect.arrayContaining([...begun, ...drift].map(({ address }) => address)));
        for (const { action, reason, type } of begun) {
          expect([action, reason]).toEqual(
            DATABASES.includes(type) ? ["update", undefined] : ["replace", "an earlier apply left it tainted"],
          );
        }
      });

      test("a database whose creation was interrupted is not replaced", () => {
        const { missing, tainted } = life();
        const database = missing.some((address) => DATABASES.some((type) => address.includes(`.${type}.`)));
        expect(tainted?.includes("Instance cannot be destroyed") ?? false).toBe(database);
      });

      test("one service of each controller has another revision, and all have one more task", () => {
        const { deployed, services } = life();
        expect(deployed).toHaveLength(new Set(services.before.map(controllerOf)).size);
        for (const [i, { name, task_definition, desired_count }] of services.before.entries()) {
          const after = services.after[i];
          expect(after?.desired_count).toBe(desired_count + 1);
          expect(after?.task_definition === task_definition).toBe(!deployed.includes(name));
        }
      });

      test("deployments and scaling are not undone, and a change by hand needs an approval", () => {
        const { pastTerraform, byHand } = life();
        expect(pastTerraform.changes.map(({ address }) => address)).toEqual(byHand.set);
        expect(pastTerraform.toApprove.map(({ address, approval }) => [address, approval]).sort()).toEqual(
          [
            ...byHand.set.map((address) => [address, "drift"]),
            ...byHand.unmanaged.map((address) => [address, "security"]),
          ].sort(),
        );
        expect(pastTerraform.refused).toEqual([]);
      });

      test("sizes and a rename change in place, and a removal needs its approvals", () => {
        const { changes, changed, byHand } = life();
        const of = (call: string) => changes.changes.filter(({ address }) => address.startsWith(`module.${call}.`));
        for (const { kind, call, effect } of changed.sized) {
          expect([kind, ...of(call).map(({ type, action }) => `${action} ${type}`)]).toContain(
            effect.toReversed().join(" "),
          );
        }
        expect(of(changed.renamed)).toEqual([]);
        expect(new Set(of(newName(changed.renamed)).map(({ action }) => action))).toEqual(new Set(["move"]));
        expect(new Set(of(changed.removed.call).map(({ action }) => action))).toEqual(new Set(["delete"]));
        expect(changes.refused).toEqual([]);
        expect(changes.missing.toSorted()).toEqual(
          [...new Set([...changed.removed.approvals, ...(byHand.set.length > 0 ? ["drift"] : [])])].toSorted(),
        );
        const { call } = changed.removed;
        const ofOthers = changes.toApprove.filter(({ address }) => !address.startsWith(`module.${call}.`));
        expect(ofOthers.filter(({ approval }) => approval !== "drift")).toEqual([]);
      });

      test("Terraform refuses to destroy what is protected", () => {
        const { undestroyed = "", protected: kept } = life();
        // Terraform stops at the first error in a chain of resources, so it does not name all of them.
        const named = undestroyed
          .replaceAll(/\s+/g, " ")
          .matchAll(/Resource module\.\w+\.(\w+\.\w+)\S* has lifecycle/g);
        const refused = new Set([...named].map(([, resource]) => resource));
        expect(refused.size).toBeGreaterThan(0);
        const known = kept.filter(({ preventDestroy }) => preventDestroy).map(({ type, name }) => `${type}.${name}`);
        expect(known).toEqual(expect.arrayContaining([...refused]));
      });

      test("AWS refuses to delete what it protects", () => {
        const { undeleted, protected: kept } = life();
        for (const { type } of kept.filter(({ deletionProtection }) => deletionProtection)) {
          expect(undeleted[type]).toMatch(/protect/i);
        }
      });

      test("the override that lifts the protection changes nothing else, and the gate refuses it", () => {
        const { lifted, protected: kept } = life();
        expect(lifted.changes).toEqual([]);
        const lifts = kept.flatMap(({ set }) => Object.keys(set));
        expect(lifted.decision === "refused").toBe(lifts.length > 0);
        for (const { guardrail, address } of lifted.refused) {
          expect(guardrail.id).toBe("plan-of-reviewed-tree");
          expect(lifts.some((argument) => address.endsWith(`: ${argument}`))).toBe(true);
        }
      });

      test("with the override everything is destroyed", () => {
        expect(life().left).toBe(0);
      });
    });
  }
});

function fulfilled<T>(outcomes: Outcomes<T>, root: Root): T {
  const outcome = outcomes.get(root);
  if (outcome?.status === "fulfilled") return outcome.value;
  throw outcome?.reason;
}
