/** The `sub` claim that GitHub puts into the OIDC tokens of a repository's jobs. */
import { z } from "zod";
import { type SentSubject, subjectOf, type TrustedSubjects } from "../../generator/root/repository";

import type { GitHub } from "./client";
import type { Gap } from "./gap";
import { isSameLogin } from "./user";

/** A repository as GitHub knows it, by its name of today: GitHub answers under the old one after a rename. */
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
 * The last two are not sent by GitHub Enterprise Server, which has no ids in `sub`.
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
  /** A template in place of GitHub's default, in words. */
  | { readonly customized: string };

export async function readSent(github: GitHub, repository: KnownRepository): Promise<Sent> {
  const path = "/repos/{owner}/{repo}/actions/oidc/customization/sub";
  return sentBy(repository, await github.get(path, {}, CUSTOMIZATION));
}

/**
 * GitHub's own prefix decides where it is answered: for repositories that got ids by their age, `use_immutable_subject` can
 * be false beside a prefix with ids.
 */
export function sentBy(repository: KnownRepository, customization: z.infer<typeof CUSTOMIZATION>): Sent {
  const { use_default, include_claim_keys, use_immutable_subject, sub_claim_prefix } = customization;
  if (!use_default) {
    const template = include_claim_keys?.length
      ? `claims ${include_claim_keys.join(", ")}`
      : "the organization's template";
    return { customized: `customized: ${template}` };
  }
  const subject = use_immutable_subject === true ? withIds(repository) : withName(repository);
  return { prefix: sub_claim_prefix ?? `repo:${subjectOf(subject)}` };
}

/** What the data says about a repository that sends its name alone. */
export function withName({ name }: KnownRepository): SentSubject {
  return { name, subject: "name" };
}

/** What the data says about a repository that sends ids. */
export function withIds({ name, ownerId, id }: KnownRepository): SentSubject {
  return { name, subject: "ids", ownerId, id };
}

/** Roles trust GitHub's default alone. */
export const DEFAULT_TEMPLATE = "GitHub's default, use_default: true";

/**
 * Where GitHub sends what no role trusts.
 * @param declared what the roots say about all repositories
 * @param today as `2026-11-22`
 */
export function subjectGaps(
  repository: KnownRepository,
  sent: Sent,
  declared: readonly TrustedSubjects[],
  today: string,
): Gap[] {
  const place = subjectPlace(repository);
  if ("customized" in sent) return [{ place, got: sent.customized, allowed: DEFAULT_TEMPLATE }];
  const own = declared.filter((one) => names(one).some((name) => isSameLogin(name, repository.name)));
  const trusted = new Set(own.flatMap((one) => trustedOn(today, one)));
  if (trusted.has(sent.prefix)) return [];
  const known = [...new Set(declared.map((one) => one.repository))].sort().join(", ") || "none does";
  const allowed = [...trusted].sort().join(" or ") || `a repository that a root declares: ${known}`;
  return [{ place, got: sent.prefix, allowed }];
}

export function subjectPlace({ name }: KnownRepository): string {
  return `OIDC subject of ${name}`;
}

/** Ids are not part of the name, and names have no `@`. */
function names({ repository, changingFrom }: TrustedSubjects): string[] {
  return [repository, ...(changingFrom ? [changingFrom.repository] : [])].map((one) => one.replace(/@\d+/g, ""));
}

function trustedOn(today: string, { repository, changingFrom }: TrustedSubjects): string[] {
  const before = changingFrom !== undefined && changingFrom.until >= today ? [changingFrom.repository] : [];
  return [repository, ...before].map((subject) => `repo:${subject}`);
}
