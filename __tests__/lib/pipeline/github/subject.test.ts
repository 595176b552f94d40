import type { TrustedSubjects } from "../../../../lib/generator/root/repository";
import { gapInWords } from "../../../../lib/pipeline/github/gap";
import { sentBy, subjectGaps } from "../../../../lib/pipeline/github/subject";
import { BY_IDS, BY_NAME, SUBJECT_BY_IDS, SUBJECT_BY_NAME } from "../../cli/protected";

const REPOSITORY = { name: "shop/infra", ownerId: 11, id: 22 };
const TODAY = "2026-11-22";

function gaps(answer: Parameters<typeof sentBy>[1], trusted: TrustedSubjects, repository = REPOSITORY): string[] {
  return subjectGaps(repository, sentBy(repository, answer), [trusted], TODAY).map(gapInWords);
}

test.each([
  ["name", SUBJECT_BY_NAME, BY_NAME],
  ["ids", SUBJECT_BY_IDS, BY_IDS],
  ["ids by its age, while nobody has opted in", { ...SUBJECT_BY_IDS, use_immutable_subject: false }, BY_IDS],
  ["ids that only the flag tells of", { use_default: true, use_immutable_subject: true }, BY_IDS],
  ["name, where GitHub knows no ids", { use_default: true }, BY_NAME],
])(
  "a repository that sends its %s passes where that is trusted, and not where the other one is",
  (_what, answer, own) => {
    expect(gaps(answer, own)).toEqual([]);
    const other = own === BY_NAME ? BY_IDS : BY_NAME;
    expect(gaps(answer, other)).toEqual([
      `OIDC subject of shop/infra: got repo:${own.repository}; allowed: repo:${other.repository}`,
    ]);
  },
);

test("a subject in another case is another one", () => {
  expect(gaps({ use_default: true, sub_claim_prefix: "repo:Shop/infra" }, BY_NAME)).toEqual([
    "OIDC subject of shop/infra: got repo:Shop/infra; allowed: repo:shop/infra",
  ]);
});

test.each([
  ["claims of its own", { include_claim_keys: ["repo", "job_workflow_ref"] }, "claims repo, job_workflow_ref"],
  ["the template of its organization", {}, "the organization's template"],
  ["that template by an empty list", { include_claim_keys: [] }, "the organization's template"],
])("a repository that sends %s has a customized subject", (_what, answer, what) => {
  expect(gaps({ ...SUBJECT_BY_NAME, use_default: false, ...answer }, BY_NAME)).toEqual([
    `OIDC subject of shop/infra: got customized: ${what}; allowed: GitHub's default, use_default: true`,
  ]);
});

test("a repository that no root declares is told with those that are, such as after a transfer", () => {
  const transferred = { name: "store/infra", ownerId: 12, id: 22 };
  const answer = { use_default: true, use_immutable_subject: true };
  expect(gaps(answer, BY_IDS, transferred)).toEqual([
    "OIDC subject of store/infra: got repo:store@12/infra@22; allowed: a repository that a root declares: shop@11/infra@22",
  ]);
  expect(subjectGaps(transferred, sentBy(transferred, answer), [], TODAY).map(gapInWords)).toEqual([
    "OIDC subject of store/infra: got repo:store@12/infra@22; allowed: a repository that a root declares: none does",
  ]);
});

test("during a planned change both subjects pass, and after its last day the new one alone", () => {
  const changing = (until: string) => ({ ...BY_IDS, changingFrom: { ...BY_NAME, until } });
  for (const until of [TODAY, "2026-12-20"]) {
    expect(gaps(SUBJECT_BY_NAME, changing(until))).toEqual([]);
    expect(gaps(SUBJECT_BY_IDS, changing(until))).toEqual([]);
  }
  expect(gaps(SUBJECT_BY_IDS, changing("2026-11-21"))).toEqual([]);
  expect(gaps(SUBJECT_BY_NAME, changing("2026-11-21"))).toEqual([
    "OIDC subject of shop/infra: got repo:shop/infra; allowed: repo:shop@11/infra@22",
  ]);
});

test("before a planned rename, the subject under the old name passes", () => {
  const renaming = { repository: "shop@11/platform@22", changingFrom: { ...BY_NAME, until: TODAY } };
  expect(gaps(SUBJECT_BY_NAME, renaming)).toEqual([]);
});
