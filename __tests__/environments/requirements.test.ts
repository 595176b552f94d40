/** The table of requirements in the pages of a system names what the tree and the project have. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { GUARDRAIL_IDS } from "../../lib/common/guardrail-ids";
import { TREE } from "./committed-tree";
import { codesIn, filesOf, pageOf } from "./system-page";

const PROJECT = path.join(__dirname, "../..");
const ALERTS = path.join(PROJECT, "modules/kube-prometheus-stack/alerts.ts");
const MAIN = z.object({ module: z.record(z.string(), z.unknown()) });
const calls = (root: string) =>
  Object.keys(MAIN.parse(JSON.parse(readFileSync(path.join(TREE, root, "main.tf.json"), "utf8"))).module);

/** Roots by the first part of the places in a table. */
type Roots = Readonly<Record<string, readonly string[]>>;

const environments = (system: string, names: readonly string[], component: string) =>
  names.map((name) => `environments/${system}/${name}/${component}`);
const inVitality = (component: string) => environments("vitality", ["dev", "prod"], component);

const SYSTEMS: readonly [system: string, rows: number, roots: Roots][] = [
  [
    "wardmitra",
    20,
    {
      aws: environments("wardmitra", ["dev", "staging", "prod"], "aws"),
      cluster: ["environments/wardmitra/prod/cluster"],
      rehearsal: ["environments/wardmitra/staging/rehearsal"],
      account: ["accounts/wardmitra-prod"],
    },
  ],
  [
    "vitality",
    35,
    {
      ...Object.fromEntries(
        ["network", "database", "registry", "api", "frontend", "observability"].map((name) => [name, inVitality(name)]),
      ),
      account: ["accounts/vitality-dev", "accounts/vitality-prod"],
    },
  ],
];

function isThere(roots: Roots, name: string): boolean {
  const [kind = "", call = ""] = name.split("/");
  if (["__tests__", "docs", "environments"].includes(kind)) return existsSync(path.join(PROJECT, name));
  if (kind in roots) return (roots[kind] ?? []).some((root) => calls(root).includes(call));
  const guardrails: readonly string[] = GUARDRAIL_IDS;
  return guardrails.includes(name) || readFileSync(ALERTS, "utf8").includes(`"${name}"`);
}

describe.each(SYSTEMS)("%s", (system, least, roots) => {
  const rows = pageOf(filesOf(system))
    .rows("Requirements")
    .map(([requirement, where]) => ({
      requirement: requirement?.text ?? "",
      names: codesIn(where?.text.split(" where ")[0]?.split(" with ")[0]),
    }));

  test("each requirement has a place, and each place is in the tree or the project", () => {
    expect(rows.length).toBeGreaterThan(least);
    expect(rows.filter(({ names }) => names.length === 0)).toEqual([]);
    expect(rows.flatMap(({ names }) => names).filter((name) => !isThere(roots, name))).toEqual([]);
  });

  test.each([...Object.keys(roots).map((root) => `${root}/none`), "__tests__/none.test.ts", "rds-none", "ApiSlowly"])(
    "%s would be reported",
    (name) => {
      expect(isThere(roots, name)).toBe(false);
    },
  );
});
