/** The values of a Helm release: one JSON text, which a chart reads as YAML. */
import { type HclValue, isList, isMapping, type Mapping } from "../../hcl";
import { type Judge, worst } from "../attributes";
import { broken, HOLDS, type Verdict } from "../guardrail";
import { documentOf } from "../policies";
import { itemsAt } from "../values";

/** A member of a document at any depth. */
export interface Member {
  /** `values[0].grafana.image.tag`. */
  readonly place: string;
  readonly name: string;
  readonly value: HclValue;
  /** The object that contains it. */
  readonly siblings: Mapping;
}

/** All members of the values of a release. Known parts are found even if the text as a whole is unknown. */
export function membersOf(values: Mapping): Member[] {
  return itemsAt(values, "values").flatMap((text, position) => membersIn(documentOf(text), `values[${position}]`));
}

function membersIn(value: HclValue, place: string): Member[] {
  if (isList(value)) return value.flatMap((item, position) => membersIn(item, `${place}[${position}]`));
  if (!isMapping(value)) return [];
  return Object.entries(value).flatMap(([name, member]): Member[] => [
    { place: `${place}.${name}`, name, value: member, siblings: value },
    ...membersIn(member, `${place}.${name}`),
  ]);
}

/** Judges each member of the values. */
export function eachMember(judge: (member: Member) => Verdict): Judge {
  return ({ values }) => worst(membersOf(values).map(judge));
}

/** No member has one of these names with a value that the test finds, in the words of the Kubernetes API. */
export function withoutMembers(names: readonly string[], isWrong: (value: HclValue) => boolean): Judge {
  return eachMember(({ name, value, place }) =>
    names.includes(name) && isWrong(value) ? broken(`${place} = ${textOf(value)}`) : HOLDS,
  );
}

/** An object is not shown in full, because it may contain much. */
function textOf(value: HclValue): string {
  return typeof value === "object" && value !== null ? "an object" : JSON.stringify(value);
}
