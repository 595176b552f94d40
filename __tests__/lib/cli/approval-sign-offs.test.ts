import { existsSync, rmSync } from "node:fs";
import path from "node:path";
import { APPROVAL_RECORD } from "../../../lib/pipeline/github/approval";
import { CommandFolder, runningGitHub } from "../pipeline/github/command";
import { answer, approvedBy, COMMIT, refused, runApproval } from "./approved";

jest.setTimeout(120_000);

const folder = new CommandFolder();
const server = runningGitHub();

beforeEach(() => {
  rmSync(path.join(folder.folder, "approval.json"), { force: true });
  answer(server);
});

const TESTERS = "shop-stage-qa";
const OWNER = "shop-stage-product-owner";
const approval = (mode = "environment") =>
  runApproval(folder, server, mode, [COMMIT], "--sign-off", TESTERS, "--sign-off", OWNER);
const by = (environment: string, login: string) =>
  approvedBy(login).map((one) => ({ ...one, environments: [{ id: 2, name: environment }] }));
const reviews = (...more: ReturnType<typeof by>) => {
  server.answers["/actions/runs/77/approvals"] = [...approvedBy("bob"), ...more];
};

test("sign-offs by two people are recorded with the approval of the apply", async () => {
  reviews(...by(TESTERS, "eve"), ...by(OWNER, "olga"));
  expect(await approval()).toMatchObject({ exitCode: 0, stdout: "approved by bob\n" });
  const { commit, approvers, signOffs } = APPROVAL_RECORD.parse(JSON.parse(folder.read("approval.json")));
  expect({ commit, approvers, signOffs }).toEqual({
    commit: COMMIT,
    approvers: [{ login: "bob" }],
    signOffs: [
      { environment: TESTERS, approvers: [{ login: "eve" }] },
      { environment: OWNER, approvers: [{ login: "olga" }] },
    ],
  });
});

test.each([
  [
    "the owner's is missing",
    [...by(TESTERS, "eve")],
    `environment ${OWNER}: got no approval in this run; allowed: an approval by a required reviewer`,
  ],
  [
    "one person gives both",
    [...by(TESTERS, "eve"), ...by(OWNER, "Eve")],
    `sign-offs of ${TESTERS}, ${OWNER}: got eve; allowed: another person for each`,
  ],
  [
    "the person who started the run gives one",
    [...by(TESTERS, "dana"), ...by(OWNER, "olga")],
    "dana approved the run and started it: the approver must be another person",
  ],
])("an approved apply is refused if %s", async (_what, more, reason) => {
  reviews(...more);
  expect(await approval()).toEqual(refused(reason));
  expect(existsSync(path.join(folder.folder, "approval.json"))).toBe(false);
});

test("the mode codeowners has no environments whose reviewers could sign off", async () => {
  const { exitCode, stderr } = await approval("codeowners");
  expect(exitCode).toBe(2);
  expect(stderr).toContain(`--sign-off\n  got ${TESTERS}, ${OWNER}; allowed: no value with --mode codeowners`);
});
