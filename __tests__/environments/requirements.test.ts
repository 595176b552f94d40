/** The table of requirements in the pages of a system names what the tree and the project have. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { GUARDRAIL_IDS } from "../../lib/common/guardrail-ids";
import { TREE } from "./committed-tree";
import { codesIn, filesOf, pageOf } from "./system-page";

const PROJECT = path.join(__dirname, "../..");
const ALERTS = path.join(PROJECT, "modules/kube-prometheus-stack/alerts.ts");
const MAIN = z.object({ module: z.record(z.string(), z.record(z.string(), z.unknown())) });
const calls = (root: string) =>
  MAIN.parse(JSON.parse(readFileSync(path.join(TREE, root, "main.tf.json"), "utf8"))).module;

/** Roots by the first part of the places in a table. */
type Roots = Readonly<Record<string, readonly string[]>>;

const environments = (system: string, names: readonly string[], component: string) =>
  names.map((name) => `environments/${system}/${name}/${component}`);
const inVitality = (component: string) => environments("vitality", ["dev", "prod"], component);

/** Each system with the number of its requirements, so that none is lost. */
const SYSTEMS: readonly [system: string, count: number, roots: Roots][] = [
  [
    "wardmitra",
    29,
    {
      aws: environments("wardmitra", ["dev", "staging", "prod"], "aws"),
      cluster: environments("wardmitra", ["dev", "staging", "prod"], "cluster"),
      rehearsal: ["environments/wardmitra/staging/rehearsal"],
      account: ["accounts/wardmitra-prod"],
    },
  ],
  [
    "vitality",
    41,
    {
      ...Object.fromEntries(
        ["network", "database", "registry", "api", "frontend", "observability"].map((name) => [name, inVitality(name)]),
      ),
      account: ["accounts/vitality-dev", "accounts/vitality-prod"],
    },
  ],
];

/** What a cell names: places, of a call with the inputs that fulfil the requirement, and whether only some environments have it. */
function namedIn(cell: string) {
  const [text = "", condition] = cell.split(" where ");
  const codes = codesIn(text);
  const isInput = (code: string) => /^[a-z0-9_]+$/.test(code);
  const names = codes.filter((code) => !isInput(code));
  const inputs = codes.flatMap((code, i) =>
    isInput(code) ? [[codes.slice(0, i).findLast((one) => !isInput(one)) ?? "", code] as const] : [],
  );
  return { names, inputs, isInAll: condition === undefined };
}

function isThere(roots: Roots, name: string, isInAll = true, input?: string): boolean {
  const [kind = "", call = ""] = name.split("/");
  if (["__tests__", "docs", "environments"].includes(kind)) return existsSync(path.join(PROJECT, name));
  if (kind in roots) {
    const isIn = (root: string) => {
      const own = calls(root)[call];
      return own !== undefined && (input === undefined || JSON.stringify(own).includes(`"${input}":`));
    };
    const having = (roots[kind] ?? []).filter(isIn);
    return isInAll ? having.length === roots[kind]?.length : having.length > 0;
  }
  const guardrails: readonly string[] = GUARDRAIL_IDS;
  return guardrails.includes(name) || readFileSync(ALERTS, "utf8").includes(`"${name}"`);
}

describe.each(SYSTEMS)("%s", (system, count, roots) => {
  const rows = pageOf(filesOf(system))
    .rows("Requirements")
    .map(([, where]) => namedIn(where?.text ?? ""));

  test("each requirement has a place, and each place is in the tree or the project", () => {
    expect(rows).toHaveLength(count);
    expect(rows.filter(({ names }) => names.length === 0)).toEqual([]);
    const missing = rows.flatMap(({ names, inputs, isInAll }) => [
      ...names.filter((name) => !isThere(roots, name, isInAll)),
      ...inputs.filter(([name, input]) => !isThere(roots, name, isInAll, input)),
    ]);
    expect(missing).toEqual([]);
  });

  test.each([...Object.keys(roots).map((root) => `${root}/none`), "__tests__/none.test.ts", "rds-none", "ApiSlowly"])(
    "%s would be reported",
    (name) => {
      expect(isThere(roots, name)).toBe(false);
    },
  );
});

test("a call that only some environments have, and an input that it does not have, would be reported", () => {
  const roots = SYSTEMS[0]?.[2] ?? {};
  expect([isThere(roots, "aws/models"), isThere(roots, "aws/models", false)]).toEqual([false, true]);
  const inputs = ["multi_az", "multi_azs"].map((input) => isThere(roots, "aws/database", true, input));
  expect(inputs).toEqual([true, false]);
});
