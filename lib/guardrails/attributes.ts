/** Judgements on a resource's arguments, from which the rows are put together. */
import { type ResourceInstance, type RootConfiguration, show } from "../configuration";
import { Unknown, Unordered, type Value } from "../hcl";
import { broken, HOLDS, undecided, type Verdict } from "./guardrail";

export type Judgement = (resource: ResourceInstance, root: RootConfiguration) => Verdict;

/**
 * Every value at a path, `rule.status`: blocks that stand there several times are all walked. Null where a block leaves
 * it out, and one null where there is no block.
 */
export function valuesAt(value: Value, path: string): readonly Value[] {
  const found = path === "" ? [value] : walk([value], path.split("."));
  return found.length > 0 ? found : [null];
}

function walk(values: readonly Value[], [name, ...rest]: readonly string[]): readonly Value[] {
  if (name === undefined) return values;
  const flat = values.flatMap((value): readonly Value[] => (isList(value) ? value : [value]));
  const next = flat.map((value) => (value instanceof Unknown ? value : isObject(value) ? (value[name] ?? null) : null));
  return walk(next, rest);
}

/** The argument is set to something that the test allows. Nothing set counts as null, and so does an empty block. */
export function allows(path: string, test: (value: Value) => boolean): Judgement {
  return ({ values }) => judgeValues(path, valuesAt(values, path), test);
}

export function judgeValues(path: string, values: readonly Value[], test: (value: Value) => boolean): Verdict {
  const wrong = values.find((value) => !(value instanceof Unknown) && !test(value));
  if (wrong !== undefined) return broken(`${path} = ${show(wrong)}`);
  const open = values.find((value) => value instanceof Unknown);
  return open === undefined ? HOLDS : undecided(`${path} = ${show(open)}`);
}

export function equals(path: string, ...allowed: readonly Value[]): Judgement {
  return allows(path, (value) => allowed.includes(value));
}

export function atLeast(path: string, least: number): Judgement {
  return allows(path, (value) => typeof value === "number" && value >= least);
}

/** The argument names something, be it a resource whose name only the apply will tell. */
export function given(path: string): Judgement {
  return ({ values }) => {
    const found = valuesAt(values, path);
    if (found.some((value) => value === null || value === "" || (isList(value) && value.length === 0))) {
      return broken(`${path} = ${show(found[0] ?? null)}`);
    }
    const open = found.find((value) => value instanceof Unknown && value.references.length === 0);
    return open === undefined ? HOLDS : undecided(`${path} = ${show(open)}`);
  };
}

/** All of them: the first that is broken, else the first that is not known. */
export function all(...judgements: readonly Judgement[]): Judgement {
  return (resource, root) => worst(judgements.map((judge) => judge(resource, root)));
}

/** Terraform itself refuses to destroy it. */
export const keptFromDestruction: Judgement = ({ lifecycle }) =>
  judgeValues("lifecycle.prevent_destroy", [lifecycle.prevent_destroy ?? null], (value) => value === true);

/** At least one of them. */
export function either(...judgements: readonly Judgement[]): Judgement {
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
export function where(path: string, test: (value: Value) => boolean, judge: Judgement): Judgement {
  return (resource, root) => {
    const values = valuesAt(resource.values, path);
    const open = values.find((value) => value instanceof Unknown);
    if (values.some((value) => !(value instanceof Unknown) && test(value))) return judge(resource, root);
    return open === undefined ? HOLDS : undecided(`${path} = ${show(open)}`);
  };
}

/**
 * Another resource of the root belongs to this one, and keeps a judgement of its own:
 * every bucket has a public access block that blocks everything.
 */
export function accompanied(type: string, by: string, judge: Judgement = () => HOLDS): Judgement {
  return (resource, root) => {
    const companions = root
      .of(type)
      .filter((other) => valuesAt(other.values, by).some((value) => pointsAt(value, resource)));
    if (companions.length === 0) {
      const open = root.of(type).find((other) => valuesAt(other.values, by).some(stemsFromNothing));
      return open === undefined ? broken(`no ${type} whose ${by} is this`) : undecided(`${by} of ${open.address}`);
    }
    return worst(companions.map((companion) => judge(companion, root)));
  };
}

/** What stands there breaks the rule by being there. */
export const forbidden: Judgement = ({ type }) => broken(`a resource of type ${type}`);

/** The test holds in every one of the blocks: one that leaves the argument out counts as null. */
export function eachBlock(blocks: string, path: string, test: (value: Value) => boolean): Judgement {
  return ({ values }) => {
    const found = valuesAt(values, blocks).flatMap((value): readonly Value[] => (isList(value) ? value : [value]));
    return worst(found.map((block) => judgeValues(`${blocks}.${path}`, valuesAt(block, path), test)));
  };
}

/** So many different items stand in a list, or so many blocks. */
export function several(path: string, least: number): Judgement {
  return ({ values }) => {
    const found = valuesAt(values, path).map((value) => (value instanceof Unordered ? value.elements : value));
    const open = found.find((value) => value instanceof Unknown);
    const items = found.flatMap((value): readonly Value[] => (isList(value) ? value : [value]));
    const different = new Set(items.map((item, position) => (stemsFromNothing(item) ? String(position) : show(item))));
    if (open === undefined && (items[0] === null || different.size < least)) {
      return broken(`${path} = ${show(found[0] ?? null)}`);
    }
    return open === undefined ? HOLDS : undecided(`${path} = ${show(open)}`);
  };
}

/** Whether it can be anything: an unknown value without a resource that it belongs to. */
export function stemsFromNothing(value: Value): boolean {
  return value instanceof Unknown && value.references.length === 0;
}

/** Arguments and attributes by which other resources name one. */
const IDENTIFIERS = ["id", "arn", "bucket", "name", "identifier", "cluster_identifier", "url"];

/** Whether a value names the resource: a reference to it, or the text of one of its identifiers. */
export function pointsAt(value: Value, resource: ResourceInstance): boolean {
  if (isList(value)) return value.some((item) => pointsAt(item, resource));
  if (value instanceof Unknown) return value.references.some(({ address }) => address === resource.address);
  return value !== null && value !== "" && IDENTIFIERS.some((name) => resource.values[name] === value);
}

export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

export function isObject(value: Value): value is { readonly [key: string]: Value } {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Unknown);
}
