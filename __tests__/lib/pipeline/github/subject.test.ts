import type { TrustedSubjects } from "../../../../lib/generator/root/repository";
import { problemLine } from "../../../../lib/pipeline/github/setting-problem";
import { sentBy, subjectProblems } from "../../../../lib/pipeline/github/subject";
import { BY_IDS, BY_NAME, SUBJECT_BY_IDS, SUBJECT_BY_NAME } from "../../cli/protected";

const REPOSITORY = { name: "shop/infra", ownerId: 11, id: 22 };
const TODAY = "2026-11-22";

function problems(answer: Parameters<typeof sentBy>[1], trusted: TrustedSubjects, repository = REPOSITORY): string[] {
  return subjectProblems(repository, sentBy(repository, answer), [trusted], TODAY).map(problemLine);
}

test.each([
  ["name", SUBJECT_BY_NAME, BY_NAME],
  ["ids", SUBJECT_BY_IDS, BY_IDS],
  ["ids by default, without the setting", { ...SUBJECT_BY_IDS, use_immutable_subject: false }, BY_IDS],
  ["ids by the setting, without a prefix in the response", { use_default: true, use_immutable_subject: true }, BY_IDS],
  ["name, on a server without ids", { use_default: true }, BY_NAME],
])("a repository that sends its %s passes only if this subject is trusted", (_what, answer, own) => {
  expect(problems(answer, own)).toEqual([]);
  const other = own === BY_NAME ? BY_IDS : BY_NAME;
  expect(problems(answer, other)).toEqual([
    `OIDC subject of shop/infra: got repo:${own.repository}; allowed: repo:${other.repository}`,
  ]);
});

test("a subject in another case is not trusted", () => {
  expect(problems({ use_default: true, sub_claim_prefix: "repo:Shop/infra" }, BY_NAME)).toEqual([
    "OIDC subject of shop/infra: got repo:Shop/infra; allowed: repo:shop/infra",
  ]);
});

test.each([
  ["its own claims", { include_claim_keys: ["repo", "job_workflow_ref"] }, "the claims repo, job_workflow_ref"],
  ["the template of its organization", {}, "the claims of the organization"],
  ["the organization's template as an empty list", { include_claim_keys: [] }, "the claims of the organization"],
])("a repository that sends %s has a custom subject", (_what, answer, what) => {
  expect(problems({ ...SUBJECT_BY_NAME, use_default: false, ...answer }, BY_NAME)).toEqual([
    `OIDC subject of shop/infra: got a custom template with ${what}; allowed: GitHub's default template (use_default: true)`,
  ]);
});

test("the message for a repository that no root declares lists the declared ones, for example after a transfer", () => {
  const transferred = { name: "store/infra", ownerId: 12, id: 22 };
  const answer = { use_default: true, use_immutable_subject: true };
  expect(problems(answer, BY_IDS, transferred)).toEqual([
    "OIDC subject of store/infra: got repo:store@12/infra@22; allowed: a repository that a root declares: shop@11/infra@22",
  ]);
  expect(subjectProblems(transferred, sentBy(transferred, answer), [], TODAY).map(problemLine)).toEqual([
    "OIDC subject of store/infra: got repo:store@12/infra@22; allowed: a repository that a root declares: none is declared",
  ]);
});

test("during a planned change both subjects pass, and after its last day only the new one", () => {
  const changing = (until: string) => ({ ...BY_IDS, changingFrom: { ...BY_NAME, until } });
  for (const until of [TODAY, "2026-12-20"]) {
    expect(problems(SUBJECT_BY_NAME, changing(until))).toEqual([]);
    expect(problems(SUBJECT_BY_IDS, changing(until))).toEqual([]);
  }
  expect(problems(SUBJECT_BY_IDS, changing("2026-11-21"))).toEqual([]);
  expect(problems(SUBJECT_BY_NAME, changing("2026-11-21"))).toEqual([
    "OIDC subject of shop/infra: got repo:shop/infra; allowed: repo:shop@11/infra@22",
  ]);
});

test("before a planned rename, the subject under the old name passes", () => {
  const renaming = { repository: "shop@11/platform@22", changingFrom: { ...BY_NAME, until: TODAY } };
  expect(problems(SUBJECT_BY_NAME, renaming)).toEqual([]);
});
