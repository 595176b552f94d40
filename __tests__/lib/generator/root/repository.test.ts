import { REPOSITORY_SUBJECT, type Repository, trustedSubjects } from "../../../../lib/generator/root/repository";
import { rootProblems } from "../../../../lib/generator/root/root-props";
import { shopProps } from "../../pipeline/delivery/shop";

const BY_NAME = { name: "example/shop", subject: "name" } as const;
const BY_IDS = { name: "example/shop", subject: "ids", ownerId: 1, id: 2 } as const;

test.each([
  ["its name", BY_NAME, "example/shop"],
  ["its name with ids", BY_IDS, "example@1/shop@2"],
])("a repository that sends %s is trusted by this subject only", (_what, repository: Repository, subject) => {
  expect(trustedSubjects(repository)).toEqual({ repository: subject });
  expect(REPOSITORY_SUBJECT.safeParse(subject).success).toBe(true);
});

test("during a planned change a repository is trusted by its former subject as well, until a day", () => {
  const changing: Repository = { ...BY_IDS, name: "example/store", changingFrom: { ...BY_NAME, until: "2026-12-20" } };
  expect(trustedSubjects(changing)).toEqual({
    repository: "example@1/store@2",
    changingFrom: { repository: "example/shop", until: "2026-12-20" },
  });
});

test.each([
  [0, "example@0/shop@2"],
  [-1, "example@-1/shop@2"],
  [1.5, "example@1.5/shop@2"],
])("an owner id of %p is refused by the role", (ownerId, subject) => {
  const repositories = [trustedSubjects({ ...BY_IDS, ownerId })];
  expect(rootProblems({ ...shopProps("one"), repositories })).toEqual([
    `repositories[0].repository: got "${subject}"; allowed: text, owner/name, or owner@<owner id>/name@<repository id>, without wildcards`,
  ]);
});

test("an incomplete subject does not compile", () => {
  // @ts-expect-error One id alone.
  const half: Repository = { name: "example/shop", subject: "ids", ownerId: 1 };
  // @ts-expect-error Ids beside the name alone.
  const both: Repository = { name: "example/shop", subject: "name", ownerId: 1, id: 2 };
  // @ts-expect-error A change without a last day.
  const endless: Repository = { ...BY_IDS, changingFrom: BY_NAME };
  expect([half, both, endless]).toHaveLength(3);
});
