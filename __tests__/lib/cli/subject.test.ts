import { CommandFolder, runningGitHub } from "../pipeline/github/command";
import { REPOSITORY, SUBJECT_BY_IDS, SUBJECT_BY_NAME, SUBJECT_PATH } from "./protected";

const folder = new CommandFolder();
const server = runningGitHub();

beforeEach(() => {
  server.answers = { "/": REPOSITORY };
});

async function subject(answer: object) {
  server.answers[SUBJECT_PATH] = answer;
  return folder.run(["subject"], server.environment);
}

test("of a repository that sends ids, prints the subject and the data to put in", async () => {
  expect(await subject(SUBJECT_BY_IDS)).toEqual({
    exitCode: 0,
    stdout: `sub: repo:shop@11/infra@22:…
data: { name: "shop/infra", subject: "ids", ownerId: 11, id: 22 }
`,
    stderr: "",
  });
});

test("of one that sends its name alone, prints what it will send with ids as well", async () => {
  expect(await subject(SUBJECT_BY_NAME)).toMatchObject({
    exitCode: 0,
    stdout: `sub: repo:shop/infra:…
data: { name: "shop/infra", subject: "name" }
with ids: { name: "shop/infra", subject: "ids", ownerId: 11, id: 22 }
`,
  });
});

test.each([
  [
    "a customized one",
    { use_default: false, include_claim_keys: ["job_workflow_ref"] },
    "a custom template with the claims job_workflow_ref",
  ],
  ["one in a form of tomorrow", { use_default: true, sub_claim_prefix: "repository:22" }, "repository:22:…"],
])("%s has no data, and is answered by exit code 1", async (_what, answer, sub) => {
  expect(await subject(answer)).toEqual({
    exitCode: 1,
    stdout: `sub: ${sub}
data: none; allowed: GitHub's default template (use_default: true), which sends repo:shop/infra or repo:shop@11/infra@22
`,
    stderr: "",
  });
});

test("a repository that was renamed is named as GitHub names it today", async () => {
  server.answers["/"] = { ...REPOSITORY, full_name: "shop/platform" };
  const prefix = "repo:shop@11/platform@22";
  expect(await subject({ ...SUBJECT_BY_IDS, sub_claim_prefix: prefix })).toMatchObject({
    stdout: expect.stringContaining('data: { name: "shop/platform", subject: "ids", ownerId: 11, id: 22 }'),
  });
});

test("without a token it is a wrong use, and one that may not read it is told so", async () => {
  expect(await folder.run(["subject"], { ...server.environment, GITHUB_TOKEN: "" })).toMatchObject({
    exitCode: 2,
    stderr: "environment variables\n  GITHUB_TOKEN: got no value; allowed: a token for this repository\n",
  });
  expect(await folder.run(["subject"], server.environment)).toMatchObject({
    exitCode: 1,
    stderr:
      "GitHub: GET /repos/shop/infra/actions/oidc/customization/sub: 404 Not Found; it does not exist, or GITHUB_TOKEN has no access to it\n",
  });
});
