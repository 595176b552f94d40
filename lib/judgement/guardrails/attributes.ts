/** Building blocks of rows: each judges arguments of a resource. */
import { type ResourceInstance, type RootConfiguration, show } from "../configuration";
import { type HclValue, isUnknown, PartialText, Unordered } from "../hcl";
import { broken, HOLDS, undecided, type Verdict } from "./guardrail";
import { isEmpty, itemsAt, itemsOf, many, stemsFromNothing, thoseNaming, valuesAt } from "./values";

export type Judge = (resource: ResourceInstance, root: RootConfiguration) => Verdict;

/** Judges a resource that belongs to another one. */
export type CompanionJudge = (companion: ResourceInstance, root: RootConfiguration, owner: ResourceInstance) => Verdict;

/**
 * The argument has a value that passes the test. An argument that is not set, or whose block is missing, counts as
 * null.
 */
export function allows(path: string, test: (value: HclValue) => boolean): Judge {
  return ({ values }) => judgeAt(values, path, test);
}

/** @param place prefix of the path in a message: `provider.aws[0].` */
export function judgeAt(value: HclValue, path: string, test: (value: HclValue) => boolean, place = ""): Verdict {
  return judgeValues(`${place}${path}`, valuesAt(value, path), test);
}

/** @param isOpen whether a value that passes the test cannot be judged yet */
export function judgeValues(
  path: string,
  values: readonly HclValue[],
  test: (value: HclValue) => boolean,
  isOpen: (value: HclValue) => boolean = isUnknown,
): Verdict {
  const wrong = values.find((value) => !isUnknown(value) && !test(value));
  if (wrong !== undefined) return broken(`${path} = ${show(wrong)}`);
  const open = values.find(isOpen);
  return open === undefined ? HOLDS : undecided(`${path} = ${show(open)}`);
}

export function equals(path: string, ...allowed: readonly HclValue[]): Judge {
  return allows(path, (value) => allowed.includes(value));
}

export function atLeast(path: string, least: number): Judge {
  return allows(path, (value) => typeof value === "number" && value >= least);
}

/** The argument names something. A resource whose name is known only after the apply counts. */
export function given(path: string): Judge {
  const isOpen = (value: HclValue) => stemsFromNothing(value) && !hasText(value);
  return ({ values }) => judgeValues(path, valuesAt(values, path), (value) => !isEmpty(value), isOpen);
}

/** Text with a known piece is not empty. */
function hasText(value: HclValue): boolean {
  return value instanceof PartialText && value.parts.some((part) => typeof part === "string");
}

/** All of them: returns the first broken verdict, else the first unknown one. */
export function all(...judgements: readonly Judge[]): Judge {
  return (resource, root) => worst(judgements.map((judge) => judge(resource, root)));
}

/**
 * Terraform refuses to destroy the resource while its block is in the configuration.
 * @see https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle#prevent_destroy
 */
export const keptFromDestruction: Judge = ({ lifecycle }) =>
  judgeAt(lifecycle, "prevent_destroy", (value) => value === true, "lifecycle.");

/** At least one of them holds. */
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

/** Judges only resources that meet the condition. An unknown condition gives an unknown verdict. */
export function where(path: string, test: (value: HclValue) => boolean, judge: Judge): Judge {
  const never = allows(path, (value) => !test(value));
  return (resource, root) => {
    const verdict = never(resource, root);
    return verdict.outcome === "broken" ? judge(resource, root) : verdict;
  };
}

/**
 * Another resource of the root belongs to this one and passes a judgement of its own: every bucket has a public access
 * block that blocks everything.
 */
export function accompanied(type: string, by: string, judge: CompanionJudge = () => HOLDS): Judge {
  return (resource, root) => {
    const companions = thoseNaming(resource, type, by, root);
    if (companions.length > 0) return worst(companions.map((companion) => judge(companion, root, resource)));
    const open = root.of(type).find((other) => valuesAt(other.values, by).some(stemsFromNothing));
    return open === undefined
      ? broken(`no ${type} whose ${by} names this resource`)
      : undecided(`${by} of ${open.address}`);
  };
}

/** Resource types that configure the same thing through different arguments. */
export function byType(judgements: { readonly [type: string]: Judge }): Judge {
  return (resource, root) => {
    const judge = judgements[resource.type];
    if (judge === undefined) throw new Error(`${resource.type}: got no judgement; allowed: ${Object.keys(judgements)}`);
    return judge(resource, root);
  };
}

/** Every resource of the type breaks the rule. */
export const forbidden: Judge = ({ type }) => broken(`a resource of type ${type}`);

/** The test holds in every block. In a block without the argument it gets null. */
export function eachBlock(blocks: string, path: string, test: (value: HclValue) => boolean): Judge {
  return ({ values }) => worst(itemsAt(values, blocks).map((block) => judgeAt(block, path, test, `${blocks}.`)));
}

/** A list has at least this many different items, or the resource at least this many different blocks. */
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

/** A list or set has none of the items. */
export function without(path: string, items: readonly string[]): Judge {
  return ({ values }) => {
    const found = valuesAt(values, path).flatMap(many);
    const wrong = found.find((item) => items.some((one) => one === item));
    if (wrong !== undefined) return broken(`${path} has ${show(wrong)}`);
    const open = found.find(stemsFromNothing);
    return open === undefined ? HOLDS : undecided(`${path} has ${show(open)}`);
  };
}
