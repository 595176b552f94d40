import type { Root } from "../../../../lib/generator/root/root";
import type { DatabaseMigration } from "../../../../lib/generator/root/root-props";
import { renderTree } from "../../../../lib/generator/synth/synthesize";
import { Configurations } from "../../../../lib/judgement/configuration";
import { failure, newRoot } from "../support";

const step = { document: "docs/review.md", day: "2026-11-01", approver: "owner" };
const MIGRATION = {
  tables: ["shop.orders"],
  rehearsal: { assessmentWarnings: 0, fullLoadMinutes: 60, latencySeconds: 30, latencyMinutes: 30 },
  rollback: { latencySeconds: 300, latencyMinutes: 5, errorPercent: 1, errorMinutes: 10, signOffMinutes: 60 },
} as const satisfies DatabaseMigration;

function migrationIn(root: Root) {
  const files = new Map(renderTree([root]).map(({ path, content }) => [path, content]));
  return new Configurations(files).root(root.address).migration;
}

test("a root writes its migration into the tree, where guardrails read it", () => {
  const passed = {
    schemaReview: step,
    rollbackCriteria: step,
    cutoverDesign: step,
    rehearsal: step,
    ends: "2026-12-01",
  };
  const root = newRoot({ production: true, migration: { ...MIGRATION, passed } });
  expect(migrationIn(root)).toMatchObject({
    production: true,
    tables: ["shop.orders"],
    rehearsal: { full_load_minutes: 60 },
    passed: { schema_review: step, ends: "2026-12-01" },
  });
  expect(migrationIn(newRoot())).toBeNull();
});

test("a root that does not say otherwise is one of production", () => {
  expect(migrationIn(newRoot({ migration: MIGRATION }))).toMatchObject({ production: true });
  expect(migrationIn(newRoot({ migration: MIGRATION, production: false }))).toMatchObject({ production: false });
});

test("a migration in the account of a production environment cannot call itself a rehearsal", () => {
  const hidden = newRoot({ path: "environments/shop/rehearsal", production: false, migration: MIGRATION });
  const { accountId } = hidden.props;
  const prod = newRoot({ path: "environments/shop/prod" });
  const dev = newRoot({ path: "environments/shop/dev", production: false });
  expect(failure(() => renderTree([hidden, dev, prod])).message).toBe(
    `environments/shop/rehearsal\n  production: got false; allowed: true for a migration in account ${accountId}, which has environments/shop/prod`,
  );
  expect(renderTree([hidden, dev]).length).toBeGreaterThan(0);
});

test.each([
  [{ tables: [] }, "migration.tables: got []"],
  [{ tables: ["orders"] }, 'migration.tables[0]: got "orders"'],
  [{ rollback: { ...MIGRATION.rollback, errorPercent: 101 } }, "migration.rollback.errorPercent: got 101"],
  [{ rehearsal: { ...MIGRATION.rehearsal, latencyMinutes: 0 } }, "migration.rehearsal.latencyMinutes: got 0"],
])("criteria are checked: %j", (more, problem) => {
  expect(failure(() => newRoot({ migration: { ...MIGRATION, ...more } })).message).toContain(problem);
});
