import fc from "fast-check";
import type { TerraformState } from "../../../../lib/pipeline/bootstrap/state";
import { describeState, type Facts, nextStep } from "../../../../lib/pipeline/bootstrap/step";

const state = (lineage: string, serial: number, ...resources: string[]): TerraformState => ({
  version: 4,
  lineage,
  serial,
  outputs: {},
  resources,
});

const anyState = fc
  .tuple(fc.constantFrom("ours", "theirs"), fc.nat(3), fc.subarray(["key", "bucket", "table"], { minLength: 1 }))
  .map(([lineage, serial, resources]) => state(lineage, serial, ...resources));
const anyFacts: fc.Arbitrary<Facts> = fc.record({
  local: fc.option(anyState, { nil: undefined }),
  remote: fc.oneof(anyState, fc.constantFrom("no bucket" as const, "no state" as const)),
  changes: fc.constantFrom(undefined, false, true),
});

test("nothing is planned, applied or stored if there is a remote state", () => {
  fc.assert(
    fc.property(anyFacts, (facts) => {
      fc.pre(typeof facts.remote === "object");
      expect(["plan", "apply", "migrate"]).not.toContain(nextStep(facts));
    }),
  );
});

test("the local state is removed only if the remote one has its lineage and is not older", () => {
  fc.assert(
    fc.property(anyFacts, (facts) => {
      fc.pre(nextStep(facts) === "check");
      const { local, remote } = facts;
      if (local === undefined || typeof remote === "string") throw new Error("nothing to check");
      expect(remote.lineage).toBe(local.lineage);
      expect(remote.serial).toBeGreaterThanOrEqual(local.serial);
      if (remote.serial === local.serial) expect(remote.resources).toEqual(local.resources);
    }),
  );
});

/** The world that a bootstrap changes. A killed run knows nothing of what it did; the world does. */
class World {
  local: TerraformState | undefined;
  remote: TerraformState | "no bucket" | "no state" = "no bucket";
  made: string[] = [];
  runs = 0;

  /** @returns the step that it ended with. */
  run(stepsUntilKilled: number, resourcesUntilKilled: number): unknown {
    let changes: boolean | undefined;
    for (let steps = 0; steps < stepsUntilKilled; steps++) {
      const step = nextStep({ local: this.local, remote: this.remote, changes });
      if (step === "plan") changes = this.missing().length > 0;
      else if (step === "apply") {
        if (this.apply(resourcesUntilKilled)) return "killed";
        changes = undefined;
      } else if (step === "migrate") this.remote = this.local ?? "no state";
      else if (step === "check") this.local = undefined;
      else return step;
    }
    return "killed";
  }

  private missing() {
    return ["key", "bucket", "table"].filter((name) => !this.local?.resources.includes(name));
  }

  private apply(resourcesUntilKilled: number): boolean {
    const doing = this.missing().slice(0, resourcesUntilKilled);
    for (const name of doing) {
      this.made.push(name);
      if (name === "bucket") this.remote = "no state";
      const { lineage, serial, resources } = this.local ?? state(`run ${++this.runs}`, 0);
      this.local = { ...state(lineage, serial + 1), resources: [...resources, name] };
    }
    return this.missing().length > 0;
  }
}

test("however often it is killed, it ends with each resource made once and the state in the bucket alone", () => {
  const kills = fc.array(fc.tuple(fc.nat(8), fc.nat(3)), { maxLength: 6 });
  fc.assert(
    fc.property(kills, (all) => {
      const world = new World();
      for (const [steps, resources] of all) world.run(steps, resources);
      expect(world.run(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY)).toBe("done");
      expect(world.made).toEqual(["key", "bucket", "table"]);
      expect(world.local).toBeUndefined();
      expect(world.remote).toMatchObject({ lineage: "run 1", resources: ["key", "bucket", "table"] });
    }),
  );
});

const REFUSALS: [string, Facts, RegExp][] = [
  [
    "a bucket without any state, since an apply would create everything a second time",
    { local: undefined, remote: "no state", changes: undefined },
    /^The bucket exists, but it has no state of this root, and there is no local state: an apply would create everything a second\ntime\./,
  ],
  [
    "a root that creates nothing",
    { local: undefined, remote: "no bucket", changes: false },
    /^The root creates no resources: there is no state to move\.$/,
  ],
  [
    "two states of different lineages",
    { local: state("ours", 3, "key"), remote: state("theirs", 1, "key"), changes: undefined },
    /^The local and the remote state have different lineages, ours and theirs: two people or two clones began\nthe bootstrap\. Nothing was changed\./,
  ],
  [
    "a local state that is newer than the remote one",
    { local: state("ours", 3, "key"), remote: state("ours", 2, "key"), changes: undefined },
    /^The local state is newer \(version 3\) than the remote one of the same lineage \(version 2\)/,
  ],
  [
    "two states of one version with different resources",
    { local: state("ours", 3, "key"), remote: state("ours", 3, "table"), changes: undefined },
    /^The local and the remote state have the same lineage and version 3, but different resources/,
  ],
];

test.each(REFUSALS)("refused: %s", (_what, facts, text) => {
  expect(nextStep(facts)).toEqual({ refused: expect.stringMatching(text) });
});

test("a remote state that was used for an apply after the move replaces the local copy", () => {
  const facts = { local: state("ours", 3, "key"), remote: state("ours", 5, "key", "role"), changes: undefined };
  expect(nextStep(facts)).toBe("check");
});

const PLACES: [Facts, string][] = [
  [{ local: undefined, remote: "no bucket", changes: undefined }, "no local state, no bucket yet"],
  [
    { local: state("ours", 3, "key"), remote: "no state", changes: true },
    "local state ours version 3 (resources: 1), a bucket without a state, a plan with changes",
  ],
  [
    { local: undefined, remote: state("ours", 3, "key"), changes: false },
    "no local state, remote state ours version 3 (resources: 1), a plan without changes",
  ],
];

test.each(PLACES)("the progress of a bootstrap is printed: %j", (facts, text) => {
  expect(describeState(facts)).toBe(text);
});
