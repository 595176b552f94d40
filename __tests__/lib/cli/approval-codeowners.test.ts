import { existsSync, rmSync } from "node:fs";
import path from "node:path";
import { APPROVAL_RECORD } from "../../../lib/pipeline/github/approval";
import { CommandFolder, runningGitHub } from "../pipeline/github/command";
import { answer, COMMIT, OTHER, REVIEW, RUN, refused, runApproval, user } from "./approved";

jest.setTimeout(120_000);

const folder = new CommandFolder();
const server = runningGitHub();

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
const OWN = "wrote it and approved the run, and there is no valid review by another person";

describe("in the mode codeowners, the person who starts the run", () => {
  test("is recorded as its approver, with the approvals given by name", async () => {
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

  test("may be the author of a commit that a code owner reviewed, so that a team of two can work", async () => {
    startedBy("alice");
    expect(await start()).toMatchObject({ exitCode: 0 });
    startedBy("bob");
    expect(await start()).toMatchObject({ exitCode: 0 });
  });

  test("must not be the author of a commit that was pushed without a review", async () => {
    expect(await start([OTHER, COMMIT])).toMatchObject({ exitCode: 0 });
    startedBy("Alice");
    rmSync(path.join(folder.folder, "approval.json"));
    expect(await start([OTHER, COMMIT])).toEqual(
      refused(
        `commit ${OTHER}: Alice ${OWN}: no pull request merged it to main`,
        "eligible approvers, by starting a new run: bob",
      ),
    );
    wroteNothing();
  });

  test.each<[string, string, object, string]>([
    ["an app", "deployer[bot]", {}, "deployer[bot] started the run and is an app: a person must start it"],
    [
      "GitHub's own token",
      "github-actions[bot]",
      {},
      "github-actions[bot] started the run and is an app: a person must start it",
    ],
    [
      "an app that re-ran it in a person's name",
      "bob",
      { triggering_actor: user("deployer[bot]") },
      "deployer[bot] started the run and is an app: a person must start it",
    ],
    [
      "a schedule",
      "bob",
      { event: "schedule" },
      "event of the run: got schedule; allowed: workflow_dispatch, which a person starts",
    ],
  ])("must not be %s", async (_, login, other, reason) => {
    startedBy(login, other);
    expect(await start()).toEqual(refused(reason, "eligible approvers, by starting a new run: alice; bob"));
    wroteNothing();
  });

  test("must not be an app in GITHUB_ACTOR", async () => {
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
      [`commit ${COMMIT}: got a commit that is not on main; allowed: a commit on main`],
    ],
    [
      "if main requires no review by code owners",
      { "/rules/branches/main": [] },
      [
        "branch main: review by code owners: got not required (classic branch protection cannot be read: GitHub: GET /repos/shop/infra/branches/main/protection: 403 Resource not accessible by integration; GITHUB_TOKEN lacks a permission); allowed: required",
      ],
    ],
    [
      "for their own commit, which only a person without write access reviewed",
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
