import { readFileSync } from "node:fs";
import path from "node:path";
import { Root } from "../../../../lib";
import { projectSettings } from "../../../../lib/generator/project-settings";
import { matrix } from "../../../../lib/pipeline/delivery/matrix";
import { readWorkflow } from "../../../../lib/pipeline/workflows/file";
import { shopProps } from "./shop";

const WAVES = Array.from({ length: projectSettings().waves }, (_, i) => i + 1);
const root = (environment: string, wave: number) => new Root(shopProps(environment, wave));
const names = (rows: readonly { readonly name: string }[]) => rows.map(({ name }) => name);

test("the matrix has the roots of a system by wave, and those of accounts apart", () => {
  const account = new Root({ ...shopProps("x"), path: "accounts/shop" });
  const other = new Root({ ...shopProps("x"), path: "environments/depot/prod" });
  const { accounts, systems, chunks } = matrix([root("prod", 3), root("dev", 1), account, root("eu", 3), other], []);
  expect(names(accounts)).toEqual(["accounts/shop"]);
  const inWaves = (...rows: readonly string[][]) => WAVES.map((wave) => rows[wave - 1] ?? []);
  expect(systems.map(({ system, waves }) => [system, waves.map(names)])).toEqual([
    ["depot", inWaves(["depot/prod"])],
    ["shop", inWaves(["shop/dev"], [], ["shop/eu", "shop/prod"])],
  ]);
  expect(chunks.map(names)).toEqual([["accounts/shop", "depot/prod", "shop/dev", "shop/eu", "shop/prod"]]);
});

test("a root without delivery is left out", () => {
  const { delivery: _, ...props } = shopProps("dev");
  expect(matrix([new Root(props)], ["environments/shop/old"])).toEqual({
    format: 1,
    removed: ["environments/shop/old"],
    chunks: [],
    accounts: [],
    systems: [],
    sandboxes: [],
  });
});

test("roots of sandboxes are apart from all others, and nobody approves the end of a sandbox", () => {
  const own = { production: false, sandboxes: { states: "shop/sandbox", longestDays: 14, slots: 4 } };
  const roots = [
    root("dev", 1),
    new Root({ ...shopProps("sandbox"), ...own }),
    new Root({ ...shopProps("sandbox-end"), ...own, ending: true }),
  ];
  const { chunks, systems, sandboxes } = matrix(roots, []);
  expect(chunks.map(names)).toEqual([["shop/dev"]]);
  expect(systems.flatMap(({ waves }) => waves.flatMap(names))).toEqual(["shop/dev"]);
  expect(sandboxes).toMatchObject([
    {
      name: "shop/sandbox",
      makes: { name: "shop/sandbox", mode: "environment", environment: "shop-sandbox" },
      ends: { name: "shop/sandbox-end", mode: "ending", environment: "shop-sandbox-end" },
    },
  ]);
  expect(() => matrix(roots.slice(0, 2), [])).toThrow(
    "sandboxes: got no root with ending: true for the states in shop/sandbox; allowed: one, which ends them",
  );
});

test("a matrix has at most 256 jobs, so the rows come in chunks that lose none", () => {
  const roots = [1, 2, 3, 4].flatMap((wave) => Array.from({ length: 150 }, (_, i) => root(`e${wave}-${i}`, wave)));
  const { chunks } = matrix(roots, []);
  expect(chunks.map((chunk) => chunk.length)).toEqual([256, 256, 88]);
  expect(new Set(chunks.flat().map((row) => row.root)).size).toBe(600);
});

test("a job has the approval mode of its root", () => {
  const { delivery, ...props } = shopProps("dev");
  const root = new Root({ ...props, ...(delivery && { delivery: { ...delivery, approval: "codeowners" } }) });
  expect(matrix([root], []).chunks.flat()).toMatchObject([{ name: "shop/dev", mode: "codeowners" }]);
});

test("a job has the runner of its root, or none of its own", () => {
  const { delivery, ...props } = shopProps("dev");
  const inNetwork = new Root({ ...props, ...(delivery && { delivery: { ...delivery, runner: "shop-dev" } }) });
  expect(
    matrix([inNetwork, root("prod", 2)], [])
      .chunks.flat()
      .map(({ runner }) => runner),
  ).toEqual(["shop-dev", ""]);
});

const many = (count: number, pathOf: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => new Root({ ...shopProps("x"), path: pathOf(i) }));

test.each<[string, (i: number) => string]>([
  ["accounts", (i) => `accounts/a${i}`],
  ["systems", (i) => `environments/s${i}/dev`],
  ["shop, wave 1", (i) => `environments/shop/e${i}`],
])("more %s than one matrix takes are bad input: none is left out unsaid", (what, pathOf) => {
  expect(() => matrix(many(257, pathOf), [])).toThrow(`affected\n  ${what}: got 257; allowed: at most 256`);
  expect(matrix(many(256, pathOf), []).chunks).toHaveLength(1);
});

test("the workflow promote has a job for each wave", () => {
  const file = ".github/workflows/promote.yml";
  const { jobs } = readWorkflow(file, readFileSync(path.join(__dirname, "../../../..", file), "utf8"));
  expect(jobs.map(({ id }) => id)).toEqual(WAVES.map((wave) => `wave-${wave}`));
});
