/** Drift of a resource as an apply, or a refresh-only plan, finds it. */
import fc from "fast-check";
import { driftIn } from "../../../../lib/judgement/gate/drift";
import { withoutEmpty } from "../../../../lib/judgement/gate/empty";
import type { HclValue } from "../../../../lib/judgement/hcl";
import { readPlan } from "../../../../lib/terraform";
import { EMPTY_PLAN } from "../../terraform/empty-plan";
import { resourceOf, rootOf } from "../guardrails/fixture";

type Values = { readonly [name: string]: HclValue };

const TYPE = "aws_ecs_service";
const address = `module.call.${TYPE}.this`;
const APPLIED = {
  id: "s",
  desired_count: 2,
  tags: null,
  launch_type: "FARGATE",
  metadata: [{ name: "s", version: 1 }],
};

interface Case {
  /** Values that Terraform read; null where the object is gone. */
  readonly read: Values | null;
  /** Values that the plan leaves behind; undefined in a plan that does not touch the resource. */
  readonly planned?: Values | null;
  /** Mirrors the planned values: true stands where only the apply will tell. */
  readonly unknown?: object;
  /** Values after the last apply. */
  readonly applied?: Values;
  readonly source?: Values;
  readonly ignored?: readonly string[];
  readonly isRefreshOnly?: true;
}

const entry = (actions: readonly string[], before: unknown, after: unknown, unknown: object = {}) => ({
  address,
  module_address: "module.call",
  mode: "managed",
  type: TYPE,
  name: "this",
  change: { actions, before, after, after_unknown: unknown },
});

/** Names of the drifted arguments; `gone` for an object that somebody deleted. */
function drift({
  read,
  planned,
  unknown = {},
  applied = APPLIED,
  source = {},
  ignored = [],
  isRefreshOnly,
}: Case): string[] {
  const change =
    planned === undefined
      ? entry(["no-op"], read, read)
      : entry(read === null ? ["create"] : planned === null ? ["delete"] : ["update"], read, planned, unknown);
  const state = read === null ? [] : [{ ...entry([], {}, {}), values: read }];
  const plan = readPlan(
    "plan.json",
    JSON.stringify({
      ...EMPTY_PLAN,
      applyable: true,
      prior_state: { values: { root_module: { child_modules: [{ address: "module.call", resources: state }] } } },
      resource_changes: isRefreshOnly ? [] : [change],
      resource_drift: [entry([read === null ? "delete" : "update"], applied, read)],
    }),
  );
  const root = rootOf([resourceOf(TYPE, source, { lifecycle: { ignore_changes: ignored } })]);
  return driftIn(plan, root).flatMap(({ action, changed }) => (action === "delete" ? ["gone"] : changed));
}

const SOURCE = { desired_count: 2, launch_type: "FARGATE", metadata: { name: "s" } };

describe("a plan that changes resources", () => {
  test("has drift if it reverts a change without Terraform", () => {
    const read = { ...APPLIED, desired_count: 5, launch_type: "EC2" };
    expect(drift({ read, planned: { ...read, desired_count: 2 }, source: SOURCE })).toEqual(["desired_count"]);
  });

  test("has no drift in computed attributes, ignored arguments, and changes that the source contains", () => {
    const read = { ...APPLIED, desired_count: 5, tags: {}, metadata: [{ name: "s", version: 2 }] };
    expect(drift({ read, source: SOURCE })).toEqual([]);
    expect(drift({ read, planned: { ...read, launch_type: "EC2" }, source: SOURCE })).toEqual([]);
  });

  test("has no drift if null became empty, although it changes the argument", () => {
    const read = { ...APPLIED, tags: {} };
    expect(drift({ read, planned: { ...read, tags: { App: "shop" } }, source: { tags: { App: "shop" } } })).toEqual([]);
  });

  test("has drift if it creates a deleted object again, and none if the source no longer contains the object", () => {
    expect(drift({ read: null, planned: APPLIED, source: SOURCE })).toEqual(["gone"]);
    expect(drift({ read: null })).toEqual([]);
  });

  test("has no drift in an object that it deletes", () => {
    expect(drift({ read: { ...APPLIED, desired_count: 5 }, planned: null })).toEqual([]);
  });
});

describe("a plan that changes a part of an argument", () => {
  const metadata = (labels: Values, version: number, more: Values = {}): Values => ({
    ...APPLIED,
    metadata: [{ name: "s", labels, version, ...more }],
  });
  const source = { metadata: { name: "s", labels: { team: "b" } } };
  const part = (read: Values, planned: Values, unknown: object = {}) =>
    drift({ applied: metadata({ team: "a" }, 1), read, planned, unknown, source });

  test("has no drift if the apply does not change the part that was changed without Terraform", () => {
    expect(part(metadata({ team: "a" }, 2), metadata({ team: "b" }, 2))).toEqual([]);
    const counted = { metadata: [{ version: true }] };
    expect(
      part(metadata({ team: "a" }, 2), { ...APPLIED, metadata: [{ name: "s", labels: { team: "b" } }] }, counted),
    ).toEqual([]);
  });

  test("has drift if the apply reverts the part, or sets it to a value that is known after the apply", () => {
    expect(part(metadata({ team: "x" }, 2), metadata({ team: "b" }, 2))).toEqual(["metadata"]);
    expect(part(metadata({ team: "a", extra: "x" }, 2), metadata({ team: "b" }, 2))).toEqual(["metadata"]);
    const untold = { metadata: [{ labels: { team: true } }] };
    expect(part(metadata({ team: "x" }, 2), metadata({}, 2), untold)).toEqual(["metadata"]);
  });
});

describe("a refresh-only plan", () => {
  const refresh = (read: Values | null, more: Partial<Case> = {}) =>
    drift({ read, source: SOURCE, isRefreshOnly: true, ...more });

  test("accepts drift in arguments of the source, and in deleted objects", () => {
    expect(refresh({ ...APPLIED, desired_count: 5 })).toEqual(["desired_count"]);
    expect(refresh({ ...APPLIED, metadata: [{ name: "other", version: 1 }] })).toEqual(["metadata"]);
    expect(refresh({ ...APPLIED, metadata: [] })).toEqual(["metadata"]);
    expect(refresh(null)).toEqual(["gone"]);
  });

  test("accepts a key that somebody added to a map of the source", () => {
    const tags = { App: "shop" };
    expect(refresh({ ...APPLIED, metadata: [{ name: "s", version: 1, owner: "me" }] }, { source: SOURCE })).toEqual([
      "metadata",
    ]);
    expect(refresh({ ...APPLIED, tags: { ...tags, Extra: "x" } }, { source: { tags } })).toEqual(["tags"]);
  });

  test("has no drift in counters of AWS, in omitted arguments and in ignored arguments", () => {
    expect(refresh({ ...APPLIED, metadata: [{ name: "s", version: 7 }] })).toEqual([]);
    expect(refresh({ ...APPLIED, tags: { a: "b" }, id: "t" })).toEqual([]);
    expect(refresh({ ...APPLIED, desired_count: 5 }, { ignored: ["desired_count"] })).toEqual([]);
    expect(refresh({ ...APPLIED, metadata: [] }, { ignored: ["metadata[0].name"] })).toEqual([]);
  });
});

test("all empty values are equal, and no other value equals them", () => {
  const empty = fc.constantFrom<unknown>(null, undefined, "", [], {}, { a: null }, { a: { b: [] } });
  fc.assert(fc.property(empty, (value) => expect(withoutEmpty(value)).toBeUndefined()));
  const full = fc.oneof(fc.boolean(), fc.integer(), fc.string({ minLength: 1 }));
  fc.assert(
    fc.property(full, empty, (value, nothing) => {
      expect(withoutEmpty({ a: value, b: nothing })).toEqual({ a: value });
      expect(withoutEmpty([value])).toEqual([value]);
    }),
  );
});
