/** Judgements on a resource's arguments, from which the rows are put together. */
import { type ResourceInstance, type RootConfiguration, show } from "../configuration";
import { isUnknown, Unordered, type Value } from "../hcl";
import { broken, HOLDS, undecided, type Verdict } from "./guardrail";
import { isEmpty, itemsAt, itemsOf, stemsFromNothing, thoseNaming, valuesAt } from "./values";

export type Judge = (resource: ResourceInstance, root: RootConfiguration) => Verdict;

/** A judgement on a resource that belongs to another one. */
export type CompanionJudge = (companion: ResourceInstance, root: RootConfiguration, owner: ResourceInstance) => Verdict;

/** The argument is set to something that the test allows. Nothing set counts as null, and so does an empty block. */
export function allows(path: string, test: (value: Value) => boolean): Judge {
  return ({ values }) => judgeAt(values, path, test);
}

/** @param place of the value, before its path: `provider.aws[0].` */
export function judgeAt(value: Value, path: string, test: (value: Value) => boolean, place = ""): Verdict {
  return judgeValues(`${place}${path}`, valuesAt(value, path), test);
}

/** @param isOpen tells of a value that the test does not fail whether it cannot be judged */
export function judgeValues(
  path: string,
  values: readonly Value[],
  test: (value: Value) => boolean,
  isOpen: (value: Value) => boolean = isUnknown,
): Verdict {
  const wrong = values.find((value) => !isUnknown(value) && !test(value));
  if (wrong !== undefined) return broken(`${path} = ${show(wrong)}`);
  const open = values.find(isOpen);
  return open === undefined ? HOLDS : undecided(`${path} = ${show(open)}`);
}

export function equals(path: string, ...allowed: readonly Value[]): Judge {
  return allows(path, (value) => allowed.includes(value));
}

export function atLeast(path: string, least: number): Judge {
  return allows(path, (value) => typeof value === "number" && value >= least);
}

/** The argument names something, be it a resource whose name only the apply will tell. */
export function given(path: string): Judge {
  return ({ values }) => judgeValues(path, valuesAt(values, path), (value) => !isEmpty(value), stemsFromNothing);
}

/** All of them: the first that is broken, else the first that is not known. */
export function all(...judgements: readonly Judge[]): Judge {
  return (resource, root) => worst(judgements.map((judge) => judge(resource, root)));
}

/**
 * Terraform refuses to destroy it, as long as its block is there.
 * @see https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle#prevent_destroy
 */
export const keptFromDestruction: Judge = ({ lifecycle }) =>
  judgeAt(lifecycle, "prevent_destroy", (value) => value === true, "lifecycle.");

/** At least one of them. */
export function either(...judgements: readonly Judge[]): Judge {
  return (resource, root) => {
    const verdicts = judgements.map((judge) => judge(resource, root));
    return (
      verdicts.find(({ outcome }) => outcome === "holds") ??
      verdicts.find(({ outcome }) => outcome === "unknown") ??
      broken(verdicts.map((verdict) => ("got" in verdict ? verdict.got : "")).join(" and "))
    );
  };
}

export function worst(verdicts: readonly Verdict[]): Verdict {
  return (
    verdicts.find(({ outcome }) => outcome === "broken") ??
    verdicts.find(({ outcome }) => outcome === "unknown") ??
    HOLDS
  );
}

/** Judges only where the condition holds; where the condition is not known, nothing is decided. */
export function where(path: string, test: (value: Value) => boolean, judge: Judge): Judge {
  const never = allows(path, (value) => !test(value));
  return (resource, root) => {
    const verdict = never(resource, root);
    return verdict.outcome === "broken" ? judge(resource, root) : verdict;
  };
}

/**
 * Another resource of the root belongs to this one, and keeps a judgement of its own:
 * every bucket has a public access block that blocks everything.
 */
export function accompanied(type: string, by: string, judge: CompanionJudge = () => HOLDS): Judge {
  return (resource, root) => {
    const companions = thoseNaming(resource, type, by, root);
    if (companions.length > 0) return worst(companions.map((companion) => judge(companion, root, resource)));
    const open = root.of(type).find((other) => valuesAt(other.values, by).some(stemsFromNothing));
    return open === undefined ? broken(`no ${type} whose ${by} is this`) : undecided(`${by} of ${open.address}`);
  };
}

/** Two resources say the same in different places. */
export function byType(judgements: { readonly [type: string]: Judge }): Judge {
  return (resource, root) => {
    const judge = judgements[resource.type];
    if (judge === undefined) throw new Error(`${resource.type}: got no judgement; allowed: ${Object.keys(judgements)}`);
    return judge(resource, root);
  };
}

/** What stands there breaks the rule by being there. */
export const forbidden: Judge = ({ type }) => broken(`a resource of type ${type}`);

/** The test holds in every one of the blocks: one that leaves the argument out counts as null. */
export function eachBlock(blocks: string, path: string, test: (value: Value) => boolean): Judge {
  return ({ values }) => worst(itemsAt(values, blocks).map((block) => judgeAt(block, path, test, `${blocks}.`)));
}

/** So many different items stand in a list, or so many blocks. */
export function several(path: string, least: number): Judge {
  return ({ values }) => {
    const found = valuesAt(values, path).map((value) => (value instanceof Unordered ? value.elements : value));
    const open = found.find(isUnknown);
    if (open !== undefined) return undecided(`${path} = ${show(open)}`);
    const items = found.flatMap(itemsOf);
    const different = new Set(items.map((item, position) => (stemsFromNothing(item) ? String(position) : show(item))));
    return items[0] === null || different.size < least ? broken(`${path} = ${show(found[0] ?? null)}`) : HOLDS;
  };
}
