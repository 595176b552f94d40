import { existsSync, rmSync } from "node:fs";
import path from "node:path";
import { APPROVAL_RECORD } from "../../../lib/pipeline/github/approval";
import { GitHubServer } from "../../support/github-server";
import { CommandFolder } from "../pipeline/github/command";
import { answer, COMMIT, OTHER, REVIEW, RUN, refused, runApproval, user } from "./approved";

jest.setTimeout(120_000);

const folder = new CommandFolder();
const server = new GitHubServer();

beforeAll(() => server.start());
afterAll(() => server.stop());
beforeEach(() => {
  rmSync(path.join(folder.folder, "approval.json"), { force: true });
  answer(server);
});

const start = (commits?: readonly string[], ...options: string[]) =>
  runApproval(folder, server, "codeowners", commits, ...options);
const startedBy = (login: string, other: object = {}) => {
  server.answers["/actions/runs/77"] = { ...RUN, actor: user(login), triggering_actor: user(login), ...other };
};
const record = () => APPROVAL_RECORD.parse(JSON.parse(folder.read("approval.json")));
const wroteNothing = () => expect(existsSync(path.join(folder.folder, "approval.json"))).toBe(false);
const OWN = "wrote it and approved the run, and nobody else's review counts";

describe("in the mode codeowners, who starts the run", () => {
  test("is recorded as its approver, with what they approved by naming it", async () => {
    expect(await start([COMMIT], "--approved=security", "--approved", "data")).toEqual({
      exitCode: 0,
      stdout: "approved by dana\n",
      stderr: "",
    });
    expect(record()).toMatchObject({
      mode: "codeowners",
      approvers: [{ login: "dana" }],
      approvals: ["security", "data"],
    });
  });

  test("may be the author of what a code owner reviewed: so a team of two can work", async () => {
    startedBy("alice");
    expect(await start()).toMatchObject({ exitCode: 0 });
    startedBy("bob");
    expect(await start()).toMatchObject({ exitCode: 0 });
  });

  test("is the one person who approved what was pushed, and may not have written it", async () => {
    expect(await start([OTHER, COMMIT])).toMatchObject({ exitCode: 0 });
    startedBy("Alice");
    rmSync(path.join(folder.folder, "approval.json"));
    expect(await start([OTHER, COMMIT])).toEqual(
      refused(
        `commit ${OTHER}: Alice ${OWN}: no pull request brought it to main`,
        "eligible approvers, by starting a new run: bob",
      ),
    );
    wroteNothing();
  });

  test.each<[string, string, object, string]>([
    ["a program", "deployer[bot]", {}, "deployer[bot] started the run and is a program"],
    ["GitHub's own token", "github-actions[bot]", {}, "github-actions[bot] started the run and is a program"],
    [
      "a program that started it again in a person's name",
      "bob",
      { triggering_actor: user("deployer[bot]") },
      "deployer[bot] started the run and is a program",
    ],
    [
      "a timer",
      "bob",
      { event: "schedule" },
      "a program started the run: got event schedule; allowed: workflow_dispatch",
    ],
  ])("is not %s", async (_, login, other, reason) => {
    startedBy(login, other);
    expect(await start()).toEqual(refused(reason, "eligible approvers, by starting a new run: alice; bob"));
    wroteNothing();
  });

  test("is no program as the job's environment has it", async () => {
    jest.spyOn(server, "environment", "get").mockReturnValueOnce({
      ...server.environment,
      GITHUB_ACTOR: "github-actions[bot]",
    });
    expect(await start()).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining("github-actions[bot] started"),
    });
    wroteNothing();
  });

  test.each<[string, Record<string, unknown>, string[]]>([
    [
      "for a commit that is not on main",
      { [`/compare/main...${COMMIT}`]: { status: "diverged" } },
      ["the commit is not on main"],
    ],
    [
      "where main asks for no code owner",
      { "/rules/branches/main": [] },
      [
        "main asks for no review by code owners, as far as can be read: GitHub: GET /repos/shop/infra/branches/main/protection: 403 Resource not accessible by integration; GITHUB_TOKEN lacks a permission",
      ],
    ],
    [
      "for what only somebody who may only read reviewed, and the starter wrote",
      {
        "/pulls/7/reviews": [{ ...REVIEW, user: user("eve") }],
        "/actions/runs/77": { ...RUN, actor: user("alice"), triggering_actor: user("alice") },
      },
      [
        `commit ${COMMIT}: alice ${OWN}: nobody approved pull request #7`,
        "eligible approvers, by starting a new run: bob",
      ],
    ],
  ])("approves nothing %s", async (_, answers, reasons) => {
    Object.assign(server.answers, answers);
    expect(await start()).toEqual(refused(...reasons));
    wroteNothing();
  });
});
