import { GOOD, table, tables } from "../pipeline/service/migration/outputs";
import { Project } from "./project";

jest.setTimeout(60_000);

const project = new Project();
project.write(
  "main.ts",
  `import { Root } from "./lib";
import { Zone } from "./modules/zone";

const common = {
  source: "main.ts",
  accountId: "111122223333",
  region: "eu-central-1",
  backend: { bucket: "state", region: "eu-central-1", kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:alias/state", dynamodbTable: "lock" },
  tags: { CostCenter: "1", App: "shop", Owner: "platform", Env: "dev" },
  production: false,
};
const rehearsal = new Root({
  ...common,
  path: "environments/shop/rehearsal",
  migration: {
    tables: ["shop.orders", "shop.customers"],
    rehearsal: { assessmentWarnings: 1, fullLoadMinutes: 30, latencySeconds: 30, latencyMinutes: 30 },
    rollback: { latencySeconds: 300, latencyMinutes: 5, errorPercent: 1, errorMinutes: 10, signOffMinutes: 60 },
  },
});
const dev = new Root({ ...common, path: "environments/shop/dev" });
for (const root of [rehearsal, dev]) new Zone(root, "zone", { name: "shop.example" });
export const roots = [rehearsal, dev];
`,
);
for (const [name, content] of Object.entries(GOOD)) project.write(`lib/good/${name}`, JSON.stringify(content));
const bad = {
  ...GOOD,
  "tables.json": tables(table("shop", "orders"), table("shop", "customers", { TableState: "Table error" })),
};
for (const [name, content] of Object.entries(bad)) project.write(`lib/bad/${name}`, JSON.stringify(content));

beforeAll(async () => {
  const { exitCode, stderr } = await project.run(["synth"]);
  if (exitCode !== 0) throw new Error(stderr);
});

test("a rehearsal that meets its criteria ends with exit code 0, and with a report as JSON", async () => {
  const { exitCode, stdout } = await project.run([
    "criteria",
    "shop/rehearsal",
    "good",
    "--phase",
    "rehearsal",
    "--json",
  ]);
  expect({ exitCode, ...JSON.parse(stdout) }).toMatchObject({
    exitCode: 0,
    root: "environments/shop/rehearsal",
    phase: "rehearsal",
    passed: true,
    comparisons: { length: 8 },
  });
});

test("one that does not ends with exit code 1, and names the criterion", async () => {
  const { exitCode, stdout, stderr } = await project.run(["criteria", "shop/rehearsal", "bad", "--phase", "rehearsal"]);
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(/^NO +loaded tables +shop\.customers Table error, 0 rows in error +state Table completed/m);
  expect(stderr).toContain("environments/shop/rehearsal: 1 of 8 criteria are not met: the rehearsal has not passed\n");
});

test("a root without a migration, and a phase that does not exist, end with exit code 2", async () => {
  const other = await project.run(["criteria", "shop/dev", "good", "--phase", "rehearsal"]);
  expect(other.exitCode).toBe(2);
  expect(other.stderr).toContain(
    "environments/shop/dev\n  migration: got nothing; allowed: the root of a migration, with its criteria\n",
  );
  expect((await project.run(["criteria", "shop/rehearsal", "good", "--phase", "later"])).exitCode).toBe(2);
});
