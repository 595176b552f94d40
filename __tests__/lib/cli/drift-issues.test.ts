import type { DriftReport } from "../../../lib/pipeline/github/drift";
import { CommandFolder, runningGitHub } from "../pipeline/github/command";

jest.setTimeout(60_000);

const folder = new CommandFolder();
const server = runningGitHub();
const dev = "environments/shop/dev";
const prod = "environments/shop/prod";

beforeAll(() => {
  const stacks = { "shop-dev": { workingDirectory: dev }, "shop-prod": { workingDirectory: prod } };
  folder.write("terraform/manifest.json", JSON.stringify({ stacks }));
});
beforeEach(() => {
  Object.assign(server, { comments: [], issues: [], refusals: {}, writes: [], reads: [] });
});

const kinds = (outcome: DriftReport["outcome"]) =>
  (["drift", "unapplied"] as const).filter((kind) => outcome === kind || outcome === "both");

function report(root: string, outcome: DriftReport["outcome"], ...addresses: string[]): string {
  const content: DriftReport = {
    format: 1,
    root,
    outcome,
    changes: kinds(outcome).flatMap((kind) =>
      addresses.map((address) => ({ address, kind, actions: ["update"], attributes: ["policy"] })),
    ),
    ...(outcome === "failed" && { error: "Error: no credentials" }),
  };
  return folder.write(`${root.replaceAll("/", "-")}.json`, JSON.stringify(content));
}

const keep = (...words: string[]) => folder.run(["drift-issues", ...words], server.environment);
const topic = "module.alarms.aws_sns_topic.this";

const BODY = `<!-- groundplan drift of environments/shop/prod -->

The drift check of \`shop/prod\` updates this section, and closes the issue when there are no drift and no unapplied changes.

<!-- changes -->
<!-- places 00bf83ca976184ea -->

**Changed outside of Terraform; the next apply reverts it:**

- update \`module.alarms.aws_sns_topic.this\`: \`policy\`

<!-- end of groundplan drift -->`;

test("one issue per root is opened, updated and closed, and the same reports again change nothing", async () => {
  const reports = [report(dev, "none"), report(prod, "drift", topic)];
  expect(await keep(...reports)).toEqual({
    exitCode: 0,
    stdout: "shop/dev: no issue\nshop/prod: #10 opened\n",
    stderr: "",
  });
  expect(server.issues).toEqual([
    {
      number: 10,
      title: "shop/prod: changed outside of Terraform",
      state: "open",
      labels: ["drift"],
      body: BODY,
    },
  ]);
  expect(await keep(...reports)).toMatchObject({ stdout: "shop/dev: no issue\nshop/prod: #10 unchanged\n" });
  expect(server.writes).toHaveLength(1);

  expect(await keep(report(prod, "drift", topic, "module.queue.aws_sqs_queue.this"))).toMatchObject({
    stdout: "shop/prod: #10 edited, comment on #10 added\n",
  });
  expect(await keep(report(prod, "none"))).toMatchObject({ stdout: "shop/prod: comment on #10 added, #10 closed\n" });
  expect(server.writes.at(-1)).toEqual({
    method: "PATCH",
    path: "/issues/10",
    body: { state: "closed", state_reason: "completed" },
  });
  expect(await keep(report(prod, "none"))).toMatchObject({ stdout: "shop/prod: no issue\n" });
  expect(server.writes).toHaveLength(5);
});

test("drift after an issue was closed opens another issue", async () => {
  server.issues.push({
    number: 3,
    title: "shop/prod: changed outside of Terraform",
    body: BODY,
    state: "closed",
    labels: ["drift"],
  });
  expect(await keep(report(prod, "drift", topic))).toMatchObject({ stdout: "shop/prod: #11 opened\n" });
});

test("a failed plan closes no issue", async () => {
  server.issues.push({ number: 3, title: "Ours", body: BODY, state: "open", labels: ["drift"] });
  expect(await keep(report(prod, "failed"))).toMatchObject({ exitCode: 0, stdout: "shop/prod: #3 edited\n" });
  expect(server.issues[0]?.state).toBe("open");
});

test("a merged change without an apply opens an issue, and drift of the root is added to it", async () => {
  expect(await keep(report(prod, "unapplied", topic))).toMatchObject({ stdout: "shop/prod: #10 opened\n" });
  expect(server.issues[0]?.title).toBe("shop/prod: merged and not applied");
  expect(await keep(report(prod, "both", topic))).toMatchObject({
    stdout: "shop/prod: #10 edited, comment on #10 added\n",
  });
  expect(server.issues[0]?.title).toBe("shop/prod: changed outside of Terraform; merged and not applied");
  expect(await keep(report(prod, "unapplied", topic))).toMatchObject({
    stdout: "shop/prod: #10 edited, comment on #10 added\n",
  });
  expect(server.issues).toMatchObject([{ number: 10, state: "open" }]);
});

test("a root without a report is treated as a failed plan: its issue is opened and not closed", async () => {
  const roots = ["--root", "shop/dev", "--root", prod];
  expect(await keep(...roots, report(dev, "none"))).toEqual({
    exitCode: 0,
    stdout: "shop/dev: no issue\nshop/prod: #10 opened\n",
    stderr: "",
  });
  expect(server.issues[0]).toMatchObject({
    title: "shop/prod: could not be planned",
    body: expect.stringContaining(
      "so the list below may be out of date: there is no report, as the drift check did not finish",
    ),
  });
  expect(await keep(...roots)).toMatchObject({
    stdout: "shop/dev: #11 opened\nshop/prod: #10 unchanged\n",
  });
  expect(server.issues.map(({ state }) => state)).toEqual(["open", "open"]);
});

test("an issue is found by label and marker after hundreds of others, and pull requests are ignored", async () => {
  const labels = ["drift"];
  for (let i = 0; i < 230; i++) server.issues.push({ number: i + 1000, title: "", body: null, state: "open", labels });
  server.issues.push({ number: 1, title: "", body: BODY, state: "open", labels: ["other"] });
  server.issues.push({ number: 2, title: "", body: BODY, state: "open", labels, pull_request: {} });
  server.issues.push({ number: 9, title: "", body: `Dana looks into it.\n\n${BODY}`, state: "open", labels });
  expect(await keep(report(prod, "drift", "other"))).toMatchObject({
    stdout: "shop/prod: #9 edited, comment on #9 added\n",
  });
  expect(server.issues.at(-1)?.body).toMatch(/^Dana looks into it\.\n\n<!-- groundplan drift/);
  expect(server.reads).toHaveLength(3);
});

test.each([
  [
    "disabled issues",
    { status: 410, message: "Issues has been disabled in this repository." },
    "410 Issues has been disabled in this repository.; it is disabled in this repository",
  ],
  [
    "a repository that does not exist",
    { status: 404, message: "Not Found" },
    "404 Not Found; it does not exist, or GITHUB_TOKEN has no access to it",
  ],
  [
    "an exceeded rate limit",
    { status: 403, message: "API rate limit exceeded for installation ID 1." },
    "403 rate limit; try again later",
  ],
])("%s: exit code 1 with one line", async (_, refusal, told) => {
  server.refusals["GET /issues"] = refusal;
  expect(await keep(report(prod, "drift", topic))).toEqual({
    exitCode: 1,
    stdout: "",
    stderr: `GitHub: GET /repos/shop/infra/issues: ${told}\n`,
  });
});

describe("exit code 2:", () => {
  test("a file that is not a report", async () => {
    const file = folder.write("plan.json", '{ "format": 2 }');
    const { exitCode, stderr } = await keep(file);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(
      /^.*plan\.json\n {2}got something else than a drift report; allowed: a file that `groundplan drift --report` has written\n {2}format: /,
    );
  });

  test("neither a report nor a root", async () => {
    expect(await keep()).toMatchObject({
      exitCode: 2,
      stderr: "reports\n  got no report and no --root; allowed: at least one report or --root\n",
    });
  });

  test("a root that is not in the tree", async () => {
    expect(await keep("--root", "shop/stage")).toMatchObject({
      exitCode: 2,
      stderr: 'unknown root\n  got "shop/stage"; allowed: shop/dev, shop/prod\n',
    });
  });

  test("two reports of one root", async () => {
    const file = report(prod, "none");
    expect(await keep(file, file)).toMatchObject({
      exitCode: 2,
      stderr: "reports\n  got several reports for environments/shop/prod; allowed: one per root\n",
    });
  });
});
