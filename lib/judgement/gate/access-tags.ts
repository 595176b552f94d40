/** Tags in conditions of policies: a change of such a tag changes access without a change of any policy. */
import type { Configurations } from "../configuration";
import { asObject } from "../configuration/json";
import type { Change } from "./change";
import type { ActionGuardrail } from "./rule";

export const ACCESS_TAGS: ActionGuardrail = {
  id: "access-tags-approved",
  title: "Tags that a policy reads change only with the approval of security",
  why: "A policy that compares a tag grants or denies access as soon as the tag changes, and no policy shows it.",
  severity: "high",
  controls: { hipaa: ["164.308(a)(4)(ii)(C)"], soc2: ["CC6.1", "CC6.3", "CC8.1"], gdpr: ["32(1)(b)"] },
  allowed: "an approval by security",
  judge: ({ changes, tagsOfPolicies }) =>
    changes.flatMap((change) => {
      const read = changedTags(change).filter(
        (tag) => tagsOfPolicies.has(tag.toLowerCase()) || tagsOfPolicies.has(ANY),
      );
      if (read.length === 0) return [];
      return [
        { address: change.address, got: `another ${read.join(", ")}, which a policy reads`, approval: "security" },
      ];
    }),
};

/** Stands for every tag. */
const ANY = "*";

/**
 * Tags that any text of the tree reads, in lower case, because AWS compares condition keys without case. The policies of
 * one root read the tags of another root's resources, and a name that only Terraform knows can be that of any tag.
 */
export function tagsOfPolicies(tree: Configurations): ReadonlySet<string> {
  const names = [...tree.texts()].flatMap((text) => Array.from(text.matchAll(CONDITION_KEY), ([, name = ""]) => name));
  return new Set(names.map((name) => (/[$*?]/.test(name) ? ANY : name.toLowerCase())));
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_tags.html */
const CONDITION_KEY = /\b[\w-]+:(?:Resource|Principal|ExistingObject)Tag\/([^"'\\\s=}]+)/gi;

function changedTags({ action, before, after }: Change): string[] {
  if (action !== "update" || before === undefined || after === undefined) return [];
  return ["tags", "tags_all"]
    .flatMap((argument) => {
      const [then, now] = [asObject(before[argument]), asObject(after[argument])];
      return Object.keys({ ...then, ...now }).filter((tag) => then[tag] !== now[tag]);
    })
    .filter((tag, i, all) => all.indexOf(tag) === i);
}
