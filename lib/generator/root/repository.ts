/** GitHub repositories as trust policies identify them: by the `sub` claim in the OIDC tokens of their jobs. */
import { z } from "zod";
import { text } from "../inputs/schema";

/**
 * Form of a repository in `sub`: its name, or its name with numeric ids. GitHub sends ids for repositories that were created,
 * renamed or transferred since 15 July 2026, and for older ones that opted in. `groundplan subject` prints the form.
 * @see https://docs.github.com/en/actions/reference/security/oidc#immutable-subject-claims
 */
export type SentSubject =
  | { readonly name: string; readonly subject: "name" }
  | { readonly name: string; readonly subject: "ids"; readonly ownerId: number; readonly id: number };

/** A repository whose jobs assume roles. `name` is `owner/name`. */
export type Repository = SentSubject & {
  /**
   * The former subject during a planned change. Roles trust it as well until the end of the day `until` in UTC, such as
   * `2026-12-31`, at most 30 days ahead. The limit is short because a former name may pass to another repository.
   */
  readonly changingFrom?: SentSubject & { readonly until: string };
};

/** A repository as it follows `repo:` in `sub`, with both ids or none: GitHub sends no mixture. */
export const REPOSITORY_SUBJECT = text(
  /^[\w.-]+(?:\/[\w.-]+|@[1-9][0-9]*\/[\w.-]+@[1-9][0-9]*)$/,
  "owner/name, or owner@<owner id>/name@<repository id>, without wildcards",
  "owner@1/name",
);

export const CHANGING_FROM = z.object({
  repository: REPOSITORY_SUBJECT.describe("What it sent before."),
  until: text(/^\d{4}-\d{2}-\d{2}$/, "a day such as 2026-12-31", "soon").describe("Last day on which it is trusted."),
});

export const TRUSTED_SUBJECTS = z.object({ repository: REPOSITORY_SUBJECT, changingFrom: CHANGING_FROM.optional() });

/** The trusted subjects of a repository, as inputs of `github-actions-role`. */
export type TrustedSubjects = Readonly<z.infer<typeof TRUSTED_SUBJECTS>>;

export function trustedSubjects({ changingFrom, ...sent }: Repository): TrustedSubjects {
  return {
    repository: subjectOf(sent),
    ...(changingFrom && { changingFrom: { repository: subjectOf(changingFrom), until: changingFrom.until } }),
  };
}

/** The part of `sub` between `repo:` and the part about the job. */
export function subjectOf(sent: SentSubject): string {
  if (sent.subject === "name") return sent.name;
  const [owner = "", name = ""] = sent.name.split("/");
  return `${owner}@${sent.ownerId}/${name}@${sent.id}`;
}
