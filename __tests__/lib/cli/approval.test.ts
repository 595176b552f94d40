import { existsSync, rmSync } from "node:fs";
import path from "node:path";
import { APPROVAL_RECORD } from "../../../lib/pipeline/github/approval";
import { CommandFolder, runningGitHub } from "../pipeline/github/command";
import {
  answer,
  approvedBy,
  COMMIT,
  commit,
  HEAD,
  OTHER,
  PULL,
  RUN,
  refused,
  reviewedBy,
  runApproval,
  user,
} from "./approved";

jest.setTimeout(120_000);

const folder = new CommandFolder();
const server = runningGitHub();

beforeEach(() => {
  rmSync(path.join(folder.folder, "approval.json"), { force: true });
  answer(server);
});

const approval = (mode: string, ...more: [commits?: readonly string[], ...options: string[]]) =>
  runApproval(folder, server, mode, ...more);
const record = () => APPROVAL_RECORD.parse(JSON.parse(folder.read("approval.json")));
const wroteNothing = () => expect(existsSync(path.join(folder.folder, "approval.json"))).toBe(false);
const OWN = "wrote it and approved the run, and there is no valid review by another person";
const ELIGIBLE = "eligible approvers, in a new run that they did not start";
const NOBODY =
  "allowed: a person who wrote none of these commits, and is not the only person who has checked one of them";
const by = (...logins: readonly string[]) => {
  server.answers["/actions/runs/77/approvals"] = approvedBy(...logins);
};

describe("the reviewers of an environment", () => {
  test("are recorded with their comments, and each commit with its writers and reviewers", async () => {
    server.answers["/actions/runs/77/approvals"] = approvedBy("bob").map((one) => ({ ...one, comment: "Ship it." }));
    expect(await approval("environment")).toEqual({ exitCode: 0, stdout: "approved by bob\n", stderr: "" });
    expect(record()).toEqual({
      format: 2,
      mode: "environment",
      root: "environments/shop/prod",
      commit: COMMIT,
      environment: "shop-prod",
      approvers: [{ login: "bob", comment: "Ship it." }],
      commits: [
        {
          commit: COMMIT,
          writers: ["alice"],
          programs: [],
          withoutAccount: [],
          reviewers: [{ login: "bob", at: "2026-11-22T09:00:00Z", pullRequest: 7 }],
        },
      ],
      dispatcher: "dana",
      approvals: [],
      run: 77,
      recordedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    });
  });

  test("may have written a commit that another person reviewed, so that a team of two can work", async () => {
    by("alice");
    expect(await approval("environment")).toMatchObject({ exitCode: 0, stdout: "approved by alice\n" });
  });

  test("count for an earlier commit that was pushed, if they did not write it", async () => {
    expect(await approval("environment", [OTHER, COMMIT])).toMatchObject({ exitCode: 0 });
    expect(record().commits[0]).toMatchObject({ commit: OTHER, writers: ["alice"], reviewers: [] });
  });

  test("do not count for a commit that they pushed themselves, and the message names eligible approvers", async () => {
    by("alice");
    expect(await approval("environment", [OTHER, COMMIT])).toEqual(
      refused(`commit ${OTHER}: alice ${OWN}: no pull request merged it to main`, `${ELIGIBLE}: bob`),
    );
    wroteNothing();
  });

  test.each([
    ["Dana", "Dana approved the run and started it: the approver must be another person"],
    ["deployer[bot]", "deployer[bot] approved the run and is an app: the approver must be a person"],
  ])("do not count if the reviewer is %s", async (login, reason) => {
    by(login);
    expect(await approval("environment")).toEqual(refused(reason, `${ELIGIBLE}: alice; bob`));
    wroteNothing();
  });

  test("do not count if one of them may not approve, because GitHub does not report which approval continued the job", async () => {
    by("bob", "dana");
    expect(await approval("environment")).toMatchObject({ exitCode: 1 });
    by("bob", "alice");
    expect(await approval("environment", [OTHER])).toMatchObject({ exitCode: 1 });
    wroteNothing();
  });

  test("count beside the approval of an app", async () => {
    by("deployer[bot]", "bob");
    expect(await approval("environment")).toMatchObject({ exitCode: 0, stdout: "approved by bob\n" });
  });

  test("must approve this environment, and the message names a team without the writers of the commits", async () => {
    server.answers["/actions/runs/77/approvals"] = [
      { ...approvedBy("bob")[0], environments: [{ name: "shop-stage" }] },
      { ...approvedBy("bob")[0], state: "rejected" },
    ];
    server.answers["/environments/shop-prod"] = reviewedBy([], "platform");
    expect(await approval("environment", [OTHER])).toEqual(
      refused(
        "environment shop-prod: got no approval in this run; allowed: an approval by a required reviewer",
        `${ELIGIBLE}: members of the team platform, except alice`,
      ),
    );
  });

  test("who are all writers are refused, with a message that another person is needed", async () => {
    by("alice");
    server.answers["/environments/shop-prod"] = reviewedBy(["alice"]);
    expect(await approval("environment", [OTHER])).toEqual(
      refused(
        `commit ${OTHER}: alice ${OWN}: no pull request merged it to main`,
        `no eligible approver among the reviewers of the environment shop-prod: got alice; ${NOBODY}`,
      ),
    );
  });

  test("are not named if the token cannot read them", async () => {
    by("alice");
    server.refusals["GET /environments/shop-prod"] = { status: 403, message: "Resource not accessible by integration" };
    expect(await approval("environment", [OTHER])).toEqual(
      refused(`commit ${OTHER}: alice ${OWN}: no pull request merged it to main`),
    );
  });
});

describe("a commit of an app", () => {
  beforeEach(() => {
    server.answers[`/commits/${COMMIT}`] = commit(COMMIT, "renovate[bot]");
    server.answers[`/commits/${COMMIT}/pulls`] = [{ ...PULL, user: user("renovate[bot]") }];
    server.answers["/pulls/7/commits"] = [commit(HEAD, "renovate[bot]")];
  });

  test("needs two people: a reviewer, and another person who approves the run", async () => {
    expect(await approval("environment")).toEqual(
      refused(
        `commit ${COMMIT}: an app wrote it, and bob, who approved the run, is the only person who has checked it`,
        `${ELIGIBLE}: alice`,
      ),
    );
    by("alice");
    expect(await approval("environment")).toMatchObject({ exitCode: 0 });
    expect(record().commits).toMatchObject([
      { writers: [], programs: ["renovate[bot]"], reviewers: [{ login: "bob" }] },
    ]);
  });

  test("without a review is refused, whoever approves the run", async () => {
    server.answers["/pulls/7/reviews"] = [];
    expect(await approval("environment")).toEqual(
      refused(
        `commit ${COMMIT}: an app wrote it, and bob, who approved the run, is the only person who has checked it: nobody approved pull request #7`,
        `no eligible approver among the reviewers of the environment shop-prod: got alice, bob; ${NOBODY}`,
      ),
    );
  });
});

describe.each(["environment", "codeowners"])("in the mode %s", (mode) => {
  test("a re-run is refused", async () => {
    server.answers["/actions/runs/77"] = { ...RUN, run_attempt: 2 };
    const reason = "attempt of the run: got 2; allowed: 1, as earlier approvals were for another plan; start a new run";
    expect(await approval(mode)).toEqual(refused(reason));
    wroteNothing();
  });

  test("a plan without commits needs only the approval of its run", async () => {
    expect(await approval(mode, [])).toMatchObject({ exitCode: 0 });
    expect(record().commits).toEqual([]);
  });
});

test("in the mode environment, --approved is an input error", async () => {
  expect(await approval("environment", [COMMIT], "--approved", "data")).toMatchObject({
    exitCode: 2,
    stderr: "--approved\n  got data; allowed: no value with --mode environment, in which reviewers approve\n",
  });
});

test("a modified custody.json is refused", async () => {
  const { exitCode, stderr } = await approval("environment", [COMMIT], "--digest", "0".repeat(64));
  expect({ exitCode, stderr }).toEqual({
    exitCode: 1,
    stderr: expect.stringMatching(
      /custody\.json: refused\n {2}custody\.json: got SHA-256 [0-9a-f]{64}; allowed: 0{64}; it was changed after its upload/,
    ),
  });
  wroteNothing();
});

test("a refused request to GitHub is one line and exit code 1", async () => {
  server.refusals["GET /actions/runs/77/approvals"] = {
    status: 403,
    message: "Resource not accessible by integration",
  };
  expect(await approval("environment")).toMatchObject({
    exitCode: 1,
    stderr:
      "GitHub: GET /repos/shop/infra/actions/runs/77/approvals: 403 Resource not accessible by integration; GITHUB_TOKEN lacks a permission\n",
  });
});
