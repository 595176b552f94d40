import path from "node:path";
import { Root } from "../../../lib";
import { type JudgingTask, startJudging, summariesOfClean } from "../../../lib/cli/clean-roots";
import { synthesize } from "../../../lib/generator/synth/synthesize";
import { Configurations, readTree } from "../../../lib/judgement/configuration";
import { rootPaths } from "../../../lib/terraform";
import { temporaryFolder } from "../terraform/sample";

jest.setTimeout(120_000);

const folder = path.join(temporaryFolder(), "terraform");
const roots = Array.from({ length: 90 }, (_, n) => {
  const kmsKeyArn = "arn:aws:kms:us-east-1:111111111111:alias/state";
  return new Root({
    path: `environments/shop/n${n}`,
    source: "main.ts",
    accountId: "111111111111",
    region: "us-east-1",
    backend: { bucket: "state", region: "us-east-1", kmsKeyArn, dynamodbTable: "lock" },
    tags: { CostCenter: "1", App: "shop", Owner: "platform", Env: `n${n}` },
  });
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

const task: JudgingTask = {
  folder,
  paths: [...paths, "environments/shop/none"],
  exceptions: new Map([[excepted, [exception]]]),
  own: [],
  locked: [],
  today: "2026-11-22",
};

test("several threads summarize what one thread summarizes: not a root with a finding, nor one that cannot be judged", async () => {
  const inThreads = await startJudging(task)(tree);
  const alone = summariesOfClean(tree, { ...task, next: new Int32Array(1) });
  expect([...inThreads].sort()).toEqual([...alone].sort());
  expect(inThreads.get(clean)).toMatch(/^shop\/n0: \d+ hold, 0 broken, 0 excused, \d+ left to the plan/);
  expect([...inThreads.keys()].sort()).toEqual(paths.filter((root) => root !== excepted).sort());
});

test("few roots are left to the caller, who judges them sooner than a thread starts", async () => {
  expect(await startJudging({ ...task, paths: paths.slice(0, 10) })(tree)).toEqual(new Map());
});

test("a thread that fails leaves its roots to the others", async () => {
  const summaries = await startJudging({ ...task, folder: path.join(folder, "none") })(tree);
  expect([...summaries.keys()].sort()).toEqual(paths.filter((root) => root !== excepted).sort());
});
