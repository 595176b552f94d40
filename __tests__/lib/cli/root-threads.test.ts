import { cpSync, rmSync } from "node:fs";
import path from "node:path";
import { Root } from "../../../lib";
import { comparedRoots, type RootsTask, startRoots, takeRoots } from "../../../lib/cli/root-threads";
import { synthesize } from "../../../lib/generator/synth/synthesize";
import { Configurations, readTree } from "../../../lib/judgement/configuration";
import { isShared } from "../../../lib/judgement/parity/shared-texts";
import { rootPaths } from "../../../lib/terraform";
import { Kms } from "../../../modules/kms";
import { temporaryFolder } from "../terraform/sample";

jest.setTimeout(120_000);

const folder = path.join(temporaryFolder(), "terraform");
const roots = Array.from({ length: 90 }, (_, n) => {
  const kmsKeyArn = "arn:aws:kms:us-east-1:111111111111:alias/state";
  const root = new Root({
    ...(n === 89 && { ending: true }),
    path: `environments/shop/n${n}`,
    source: "main.ts",
    accountId: "111111111111",
    region: "us-east-1",
    backend: { bucket: "state", region: "us-east-1", kmsKeyArn, dynamodbTable: "lock" },
    tags: { CostCenter: "1", App: "shop", Owner: "platform", Env: `n${n}` },
  });
  const at = { name: `shop-n${n}`, accountId: "111111111111", region: "us-east-1" } as const;
  new Kms(root, "key", { ...at, description: "Data", services: ["logs"] });
  new Kms(root, "odd", {
    ...at,
    name: `odd-n${n}`,
    description: "Data",
    services: n === 7 ? ["logs"] : ["cloudwatch"],
  });
  return root;
});
synthesize(roots, folder);
const paths = rootPaths(folder);
const tree = new Configurations(readTree(folder));
const [clean = "", excepted = ""] = paths;

const exception = {
  guardrail: "logs-retention",
  address: "module.nothing.aws_cloudwatch_log_group.this",
  reason: "A test.",
  owner: "platform",
  approver: "security",
  ticket: "OPS-7",
  created: "2026-11-01",
  expires: "2026-11-30",
} as const;

const task: RootsTask = {
  folder,
  paths: [...paths, "environments/shop/none"],
  guardrails: { exceptions: new Map([[excepted, [exception]]]), own: [], locked: [], today: "2026-11-22" },
  compared: comparedRoots(roots),
};

const finished = startRoots(task)(tree);

test("several threads find what one thread finds: no summary of a root with a finding, or one that cannot be judged", async () => {
  const inThreads = await finished;
  const alone = takeRoots(tree, { ...task, next: new Int32Array(1) });
  expect([...inThreads.clean].sort()).toEqual([...alone.clean].sort());
  expect(inThreads.texts).toEqual(alone.texts);
  expect(inThreads.clean.get(clean)).toMatch(/^shop\/n0: \d+ hold, 0 broken, 0 excused, \d+ left to the plan/);
  expect([...inThreads.clean.keys()].sort()).toEqual(paths.filter((root) => root !== excepted).sort());
});

test("the environments of a system have the texts of their calls in common, except environments that end", async () => {
  const shop = (await finished).texts.get("shop") ?? new Map();
  expect(isShared(shop, "key", roots.length - 1)).toBe(true);
  expect(isShared(shop, "odd", roots.length - 1)).toBe(false);
});

test("few roots are left to the caller, who judges them sooner than a thread starts", async () => {
  const result = await startRoots({ ...task, paths: paths.slice(0, 10) })(tree);
  expect([result.clean.size, result.texts.size]).toEqual([0, 0]);
});

test("a thread that fails leaves its roots to the others", async () => {
  const unreadable = `${folder}-unreadable`;
  cpSync(folder, unreadable, { recursive: true });
  rmSync(path.join(unreadable, "manifest.json"));
  const { clean: summaries } = await startRoots({ ...task, folder: unreadable })(tree);
  expect([...summaries.keys()].sort()).toEqual(paths.filter((root) => root !== excepted).sort());
});
