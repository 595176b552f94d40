/**
 * Evaluation of Terraform expressions as far as their values are known before an apply. An unknown value is an `Unknown`
 * with its origin; a known value is equal to the one that Terraform computes.
 */

import type { ForObject, ForTuple, HclExpression } from "../../common/hcl/syntax";
import { attribute, element } from "./access";
import { FUNCTIONS } from "./functions";
import { binary, decides, unary } from "./operators";
import { type Scope, scopeOf } from "./scope";
import { unify } from "./unify";
import {
  EncodedJson,
  type HclValue,
  isList,
  isMapping,
  isUnknown,
  PartialText,
  Reference,
  textFrom,
  Unknown,
  Unordered,
  unknownFrom,
} from "./unknown";
import { asBoolean, asList, asText, EvaluationError, isTerraformSet, sortedKeys, wrong } from "./values";

/** @throws EvaluationError if Terraform refuses the expression for any value of its unknown parts */
export function evaluate(expression: HclExpression, scope: Scope): HclValue {
  return new Evaluation(scope).value(expression);
}

type Form<K extends HclExpression["kind"]> = Extract<HclExpression, { kind: K }>;

class Evaluation {
  /** Whether an unknown value was evaluated, so that the expression may still fail at the apply. `try` and `can` need this. */
  private metUnknown = false;

  constructor(
    private readonly scope: Scope,
    private readonly outer?: Evaluation,
    private readonly item: HclValue = null,
  ) {}

  value(expression: HclExpression): HclValue {
    const value = this.compute(expression);
    if (isUnknown(value) && this.leavesOpen(value)) this.meetUnknown();
    return value;
  }

  /** Whether an expression with this value may fail at the apply. */
  protected leavesOpen(value: Unknown): boolean {
    return this.outer?.leavesOpen(value) ?? true;
  }

  private compute(expression: HclExpression): HclValue {
    switch (expression.kind) {
      case "literal":
        return expression.value;
      case "template":
        return this.template(expression.parts);
      case "variable":
        return this.variable(expression.name);
      case "attribute":
        return attribute(this.value(expression.of), expression.name);
      case "index":
        return element(this.value(expression.of), this.value(expression.key));
      case "splat":
        return this.splat(this.value(expression.of), expression.each);
      case "item":
        return this.item;
      case "call":
        return this.call(expression);
      case "conditional":
        return this.conditional(expression);
      case "unary":
        return unary(expression.operator, this.value(expression.operand));
      case "binary":
        return this.binary(expression);
      case "tuple":
        return expression.items.map((item) => this.value(item));
      case "object":
        return this.object(expression);
      case "forTuple":
        return this.forTuple(expression);
      case "forObject":
        return this.forObject(expression);
      case "parentheses":
        return this.value(expression.inner);
    }
  }

  private template(parts: readonly HclExpression[]): HclValue {
    const values = parts.map((part) => this.value(part));
    return textFrom(values.map((value) => (isUnknown(value) ? value : asText(value))));
  }

  private variable(name: string): HclValue {
    const value = this.scope.resolve(name);
    if (value === undefined) throw new EvaluationError(`got the unknown name ${name}`);
    return value;
  }

  /** @see https://developer.hashicorp.com/terraform/language/expressions/splat */
  private splat(value: HclValue, each: HclExpression): HclValue {
    if (isUnknown(value)) return unknownFrom(value);
    const items = isList(value) ? value : value === null ? [] : [value];
    return items.map((item) => new Evaluation(this.scope, this, item).value(each));
  }

  private call({ name, arguments: list, expand }: Form<"call">): HclValue {
    if (name === "try") return this.try(list);
    if (name === "can") return this.can(list);
    const values = list.map((argument) => this.value(argument));
    const last = expand ? values.pop() : undefined;
    if (last !== undefined && isUnknown(last)) return unknownFrom(...values, last);
    if (last !== undefined) values.push(...asList(last));
    const compute = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
    return compute === undefined ? unknownFrom(...values) : compute(...values);
  }

  /** The first argument that succeeds. @see https://developer.hashicorp.com/terraform/language/functions/try */
  private try(list: readonly HclExpression[]): HclValue {
    for (const argument of list) {
      const { value, certain } = this.attempt(argument);
      if (value === undefined) continue;
      return certain || promisesNothing(value) ? value : unknownFrom(value);
    }
    throw new EvaluationError("every argument of try fails");
  }

  /** @see https://developer.hashicorp.com/terraform/language/functions/can */
  private can(list: readonly HclExpression[]): HclValue {
    const attempts = list.map((argument) => this.attempt(argument));
    if (attempts.some(({ value }) => value === undefined)) return false;
    return attempts.every(({ certain }) => certain) || unknownFrom(...attempts.map(({ value }) => value ?? null));
  }

  /** The value if the expression succeeds; `certain` if it cannot fail at the apply either. */
  private attempt(expression: HclExpression): { readonly value: HclValue | undefined; readonly certain: boolean } {
    const evaluation = new Evaluation(this.scope, this, this.item);
    try {
      const value = evaluation.value(expression);
      return { value, certain: !evaluation.metUnknown };
    } catch (error) {
      if (error instanceof EvaluationError) return { value: undefined, certain: true };
      throw error;
    }
  }

  private meetUnknown(): void {
    this.metUnknown = true;
    this.outer?.meetUnknown();
  }

  /** Both results are converted to one type, so the type of the other result matters. */
  private conditional({ condition, ifTrue, ifFalse }: Form<"conditional">): HclValue {
    const decided = this.value(condition);
    if (isUnknown(decided)) {
      const sides = [this.attempt(ifTrue).value ?? null, this.attempt(ifFalse).value ?? null];
      return unknownFrom(decided, ...sides);
    }
    const [taken, left] = asBoolean(decided) ? [ifTrue, ifFalse] : [ifFalse, ifTrue];
    const value = this.value(taken);
    if (value === null || typeof value === "string" || isUnknown(value)) return value;
    const other = this.attempt(left).value;
    if (other === undefined) return value;
    const unified = unify([value, other]);
    return unified === undefined ? unknownFrom(value, other) : (unified[0] ?? null);
  }

  private binary({ operator, left, right }: Form<"binary">): HclValue {
    const first = this.value(left);
    if (operator !== "&&" && operator !== "||") return binary(operator, first, this.value(right));
    const deciding = operator === "||";
    if (decides(deciding, first)) return deciding;
    const second = isUnknown(first) ? this.attempt(right).value : this.value(right);
    if (second === undefined) return unknownFrom(first);
    if (decides(deciding, second)) return deciding;
    return isUnknown(first) || isUnknown(second) ? unknownFrom(first, second) : !deciding;
  }

  private object({ items }: Form<"object">): HclValue {
    const entries = items.map(({ key, value }) => [this.value(key), this.value(value)] as const);
    if (entries.some(([key]) => isUnknown(key))) return unknownFrom(...entries.flat());
    return Object.fromEntries(entries.map(([key, value]) => [asText(key), value]));
  }

  private forTuple(expression: ForTuple): HclValue {
    const { keyName, valueName, collection, condition, value } = expression;
    const over = this.value(collection);
    // The indexes of the elements are unknown, so only a `for` without a key and a condition can be evaluated.
    if (over instanceof Unordered && keyName === undefined && condition === undefined) {
      const item = (element: HclValue) =>
        new Evaluation(scopeOf({ [valueName]: element }, this.scope), this, this.item);
      return new Unordered(over.elements.map((element) => item(element).value(value)));
    }
    const rounds = this.rounds(expression);
    return rounds instanceof Unknown ? rounds : rounds.map((round) => round.value(expression.value));
  }

  private forObject({ key, value, grouped, ...head }: ForObject): HclValue {
    const rounds = this.rounds(head);
    if (rounds instanceof Unknown) return rounds;
    const entries = rounds.map((round) => [round.value(key), round.value(value)] as const);
    if (entries.some(([name]) => isUnknown(name))) return unknownFrom(...entries.flat());
    if (!grouped) {
      const values = new Map(entries.map(([name, item]) => [asText(name), item]));
      if (values.size < entries.length) throw new EvaluationError("two elements of a for have the same key");
      return Object.fromEntries(values);
    }
    const groups = new Map<string, HclValue[]>();
    for (const [name, item] of entries) groups.set(asText(name), [...(groups.get(asText(name)) ?? []), item]);
    return Object.fromEntries(groups);
  }

  /**
   * One evaluation for each element that meets the condition.
   * @see https://developer.hashicorp.com/terraform/language/expressions/for
   */
  private rounds({ keyName, valueName, collection, condition }: ForHead): readonly Evaluation[] | Unknown {
    const over = this.value(collection);
    if (isUnknown(over)) return unknownFrom(over);
    const namesOf = (key: HclValue, value: HclValue) =>
      scopeOf({ ...(keyName !== undefined && { [keyName]: key }), [valueName]: value }, this.scope);
    const rounds = entriesOf(over).map((entry) => new Evaluation(namesOf(...entry), this, this.item));
    if (condition === undefined) return rounds;
    // A condition that fails for each element fails for an empty collection too.
    if (rounds.length === 0) new EmptyRound(namesOf(NO_ELEMENT, NO_ELEMENT), this, this.item).value(condition);
    const kept = rounds.map((round) => round.value(condition));
    if (kept.some(isUnknown)) return unknownFrom(over, ...kept);
    return rounds.filter((_, i) => asBoolean(kept[i] ?? null));
  }
}

/** Stands for the key and the value of an element where there is none. */
const NO_ELEMENT = new Reference("element");

/** A round of a `for` over an empty collection. Its element is unknown for ever, and fails no apply. */
class EmptyRound extends Evaluation {
  protected override leavesOpen({ references }: Unknown): boolean {
    return references.length === 0 || references.some(({ address }) => address !== NO_ELEMENT.address);
  }
}

type ForHead = Pick<ForTuple, "keyName" | "valueName" | "collection" | "condition">;

function entriesOf(collection: HclValue): [HclValue, HclValue][] {
  if (isList(collection)) return collection.map((value, i) => [isTerraformSet(collection) ? value : i, value]);
  if (isMapping(collection)) return sortedKeys(collection).map((key) => [key, collection[key] ?? null]);
  throw wrong(collection, "a list, a set or a map to go through");
}

/** Whether the value is entirely unknown. Any other value would show that the attempt succeeds. */
function promisesNothing(value: HclValue): boolean {
  return isUnknown(value) && !(value instanceof PartialText || value instanceof EncodedJson);
}
