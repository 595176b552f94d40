/** The table of requirements in docs/systems/wardmitra.md names what the tree and the project have. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { marked, type Tokens } from "marked";
import { z } from "zod";
import { GUARDRAIL_IDS } from "../../../lib/common/guardrail-ids";
import { TREE } from "../committed-tree";

const PROJECT = path.join(__dirname, "../../..");
const ROOTS: Readonly<Record<string, readonly string[]>> = {
  aws: ["dev", "staging", "prod"].map((name) => `environments/wardmitra/${name}/aws`),
  cluster: ["environments/wardmitra/prod/cluster"],
  rehearsal: ["environments/wardmitra/staging/rehearsal"],
  account: ["accounts/wardmitra-prod"],
};
const MAIN = z.object({ module: z.record(z.string(), z.unknown()) });
const textOf = (root: string) => readFileSync(path.join(TREE, root, "main.tf.json"), "utf8");
const calls = (root: string) => Object.keys(MAIN.parse(JSON.parse(textOf(root))).module);

const ALERTS = path.join(PROJECT, "modules/kube-prometheus-stack/alerts.ts");

function isThere(name: string): boolean {
  const [kind = "", call = ""] = name.split("/");
  if (kind === "__tests__") return existsSync(path.join(PROJECT, name));
  if (kind in ROOTS) return (ROOTS[kind] ?? []).some((root) => calls(root).includes(call));
  const guardrails: readonly string[] = GUARDRAIL_IDS;
  return guardrails.includes(name) || readFileSync(ALERTS, "utf8").includes(`"${name}"`);
}

const tokens = marked.lexer(readFileSync(path.join(PROJECT, "docs/systems/wardmitra.md"), "utf8"));
const isTable = (token: { type: string }): token is Tokens.Table => token.type === "table";
const start = tokens.findIndex((token) => token.type === "heading" && "text" in token && token.text === "Requirements");
const rows = (tokens.slice(start + 1).find(isTable)?.rows ?? []).map(([requirement, where]) => ({
  requirement: requirement?.text ?? "",
  names: Array.from(
    where?.text
      .split(" where ")[0]
      ?.split(" with ")[0]
      ?.matchAll(/`([^`]+)`/g) ?? [],
    ([, name = ""]) => name,
  ),
}));

test("each requirement has a place, and each place is in the tree or the project", () => {
  expect(rows.length).toBeGreaterThan(20);
  expect(rows.filter(({ names }) => names.length === 0)).toEqual([]);
  expect(rows.flatMap(({ names }) => names).filter((name) => !isThere(name))).toEqual([]);
});

test.each(["aws/databases", "cluster/api_deployment", "__tests__/none.test.ts", "rds-none", "ApiSlowly"])(
  "%s would be reported",
  (name) => {
    expect(isThere(name)).toBe(false);
  },
);
