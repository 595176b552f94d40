/** Calls that are renamed without a `moved` block, or removed: Terraform plans their deletion in spite of `prevent_destroy`. */
import { renderTree } from "../../../../lib/generator/synth/synthesize";
import { Configurations } from "../../../../lib/judgement/configuration";
import { appliedTree, type Planned } from "./applied";
import { ROOT, shop } from "./shop";

const files = renderTree([shop()]).map(({ path, content }) => [path, content] as const);
const { applied, gateOn } = appliedTree(new Configurations(new Map(files)));
const entries = applied(ROOT);

const inCalls = (calls: readonly string[]) =>
  entries.filter(({ address }) => calls.some((call) => address.startsWith(`module.${call}.`)));

const deleted = (entry: Planned): Planned => ({ ...entry, after: null, actions: ["delete"] });

function created({ address, before, ...entry }: Planned): Planned {
  const { id: _, arn: __, ...after } = before ?? {};
  return {
    ...entry,
    address: address.replace(/^module\.(\w+)/, "module.$1_new"),
    before: null,
    after,
    actions: ["create"],
  };
}

/** Calls with a resource that holds data, which no apply restores. */
const CALLS = ["backend", "database", "documents", "key", "secrets"] as const;

const STATEFUL = /\.aws_(db_instance|kms_key|s3_bucket|secretsmanager_secret|cloudwatch_log_group)\./;

/** The answer for each resource that holds data: `refused`, or the approval that is needed. */
const answers = (changes: readonly Planned[], production: boolean) => {
  const { refused, toApprove } = gateOn(ROOT, changes, { production });
  const found = [...refused, ...toApprove].filter(({ guardrail }) => guardrail.id === "stateful-kept");
  return Object.fromEntries(
    found.map(({ address, approval, got }) => [address, { answer: approval ?? "refused", got }]),
  );
};

describe.each([
  ["production", true],
  ["an environment that is not production", false],
])("in %s", (_, production) => {
  test.each(CALLS)("the removal of call %s is refused, or needs the approval data", (call) => {
    const gone = inCalls([call]).map(deleted);
    const found = answers(gone, production);
    const kept = gone.filter(({ address }) => STATEFUL.test(address));
    expect(Object.keys(found).sort()).toEqual(kept.map(({ address }) => address).sort());
    for (const { address, type } of kept) {
      expect(found[address]?.answer).toBe(production || type === "aws_kms_key" ? "refused" : "data");
    }
  });

  test.each(CALLS)(
    "a new name for call %s is judged the same, and the gate names the moved block that keeps its resources",
    (call) => {
      const gone = inCalls([call]);
      const found = answers([...gone.map(deleted), ...gone.map(created)], production);
      expect(Object.values(found).length).toBeGreaterThan(0);
      for (const { got } of Object.values(found)) {
        expect(got).toContain(
          `is new with the same arguments: if it is the same resource, write a moved block from module.${call} to module.${call}_new`,
        );
      }
    },
  );
});

test("the gate suggests no moved block if the new resource has another argument", () => {
  const [database] = inCalls(["database"]).filter(({ type }) => type === "aws_db_instance");
  if (database === undefined) throw new Error("a database");
  const other = created(database);
  const found = answers([deleted(database), { ...other, after: { ...other.after, identifier: "other" } }], true);
  expect(Object.values(found).map(({ got }) => got)).toEqual(["deleted, with a database; no backup is named"]);
});
