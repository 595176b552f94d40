/** The `sub` claim in the OIDC tokens of a repository's jobs. */
import { z } from "zod";
import { type SentSubject, subjectOf, type TrustedSubjects } from "../../generator/root/repository";

import type { GitHub } from "./client";
import type { SettingProblem } from "./setting-problem";
import { isSameLogin } from "./user";

/** A repository with its current name. After a rename, GitHub also answers requests for the old name. */
export interface KnownRepository {
  /** `owner/name`, in the case that `sub` has. */
  readonly name: string;
  readonly ownerId: number;
  readonly id: number;
}

/** @see https://docs.github.com/en/rest/repos/repos#get-a-repository */
const REPOSITORY = z.object({ id: z.number(), full_name: z.string(), owner: z.object({ id: z.number() }) });

export async function readRepository(github: GitHub): Promise<KnownRepository> {
  const { id, full_name, owner } = await github.get("/repos/{owner}/{repo}", {}, REPOSITORY);
  return { name: full_name, ownerId: owner.id, id };
}

/**
 * GitHub Enterprise Server does not return the last two fields, as its `sub` has no ids.
 * @see https://docs.github.com/en/rest/actions/oidc#get-the-customization-template-for-an-oidc-subject-claim-for-a-repository
 */
const CUSTOMIZATION = z.object({
  use_default: z.boolean(),
  include_claim_keys: z.array(z.string()).nullish(),
  use_immutable_subject: z.boolean().nullish(),
  sub_claim_prefix: z.string().nullish(),
});

export type Sent =
  /** `sub` without the part about the job: `repo:owner/name`. */
  | { readonly prefix: string }
  /** Description of a template other than GitHub's default. */
  | { readonly customized: string };

export async function readSent(github: GitHub, repository: KnownRepository): Promise<Sent> {
  const path = "/repos/{owner}/{repo}/actions/oidc/customization/sub";
  return sentBy(repository, await github.get(path, {}, CUSTOMIZATION));
}

/**
 * The prefix in GitHub's response takes precedence: for repositories that have ids by default, `use_immutable_subject` can be false
 * although the prefix has ids.
 */
export function sentBy(repository: KnownRepository, customization: z.infer<typeof CUSTOMIZATION>): Sent {
  const { use_default, include_claim_keys, use_immutable_subject, sub_claim_prefix } = customization;
  if (!use_default) {
    const template = include_claim_keys?.length
      ? `the claims ${include_claim_keys.join(", ")}`
      : "the claims of the organization";
    return { customized: `a custom template with ${template}` };
  }
  const subject = use_immutable_subject === true ? withIds(repository) : withName(repository);
  return { prefix: sub_claim_prefix ?? `repo:${subjectOf(subject)}` };
}

/** Input of a root for a repository that sends its name only. */
export function withName({ name }: KnownRepository): SentSubject {
  return { name, subject: "name" };
}

/** Input of a root for a repository that sends ids. */
export function withIds({ name, ownerId, id }: KnownRepository): SentSubject {
  return { name, subject: "ids", ownerId, id };
}

/** Roles trust GitHub's default template only. */
export const DEFAULT_TEMPLATE = "GitHub's default template (use_default: true)";

/**
 * A subject that no role trusts.
 * @param declared repositories that the roots declare
 * @param today as `2026-11-22`
 */
export function subjectProblems(
  repository: KnownRepository,
  sent: Sent,
  declared: readonly TrustedSubjects[],
  today: string,
): SettingProblem[] {
  const place = subjectPlace(repository);
  if ("customized" in sent) return [{ place, got: sent.customized, allowed: DEFAULT_TEMPLATE }];
  const own = declared.filter((one) => names(one).some((name) => isSameLogin(name, repository.name)));
  const trusted = new Set(own.flatMap((one) => trustedOn(today, one)));
  if (trusted.has(sent.prefix)) return [];
  const known = [...new Set(declared.map((one) => one.repository))].sort().join(", ") || "none is declared";
  const allowed = [...trusted].sort().join(" or ") || `a repository that a root declares: ${known}`;
  return [{ place, got: sent.prefix, allowed }];
}

export function subjectPlace({ name }: KnownRepository): string {
  return `OIDC subject of ${name}`;
}

/** Removes ids. Names contain no `@`. */
function names({ repository, changingFrom }: TrustedSubjects): string[] {
  return [repository, ...(changingFrom ? [changingFrom.repository] : [])].map((one) => one.replace(/@\d+/g, ""));
}

function trustedOn(today: string, { repository, changingFrom }: TrustedSubjects): string[] {
  const before = changingFrom !== undefined && changingFrom.until >= today ? [changingFrom.repository] : [];
  return [repository, ...before].map((subject) => `repo:${subject}`);
}
