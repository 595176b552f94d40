/**
 * Terraform's expression language as data.
 *
 * @see https://developer.hashicorp.com/terraform/language/expressions
 * @see https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md
 */

export type HclExpression =
  | Literal
  | { readonly kind: "template"; readonly parts: readonly HclExpression[] }
  /** The first name of a reference: `var` in `var.name`, `item` within a `for`. */
  | { readonly kind: "variable"; readonly name: string }
  | { readonly kind: "attribute"; readonly of: HclExpression; readonly name: string }
  | { readonly kind: "index"; readonly of: HclExpression; readonly key: HclExpression }
  /** `of[*].a.b` is `each` for every element of `of`, where the element is an {@link Item}. */
  | { readonly kind: "splat"; readonly of: HclExpression; readonly each: HclExpression }
  | Item
  /** With `expand`, the last argument is a list of further arguments: `merge(list...)`. */
  | {
      readonly kind: "call";
      readonly name: string;
      readonly arguments: readonly HclExpression[];
      readonly expand: boolean;
    }
  | {
      readonly kind: "conditional";
      readonly condition: HclExpression;
      readonly ifTrue: HclExpression;
      readonly ifFalse: HclExpression;
    }
  | { readonly kind: "unary"; readonly operator: UnaryOperator; readonly operand: HclExpression }
  | {
      readonly kind: "binary";
      readonly operator: BinaryOperator;
      readonly left: HclExpression;
      readonly right: HclExpression;
    }
  | { readonly kind: "tuple"; readonly items: readonly HclExpression[] }
  | { readonly kind: "object"; readonly items: readonly ObjectItem[] }
  | ForTuple
  | ForObject
  | { readonly kind: "parentheses"; readonly inner: HclExpression };

export interface Literal {
  readonly kind: "literal";
  readonly value: string | number | boolean | null;
}

/** The current element of a splat. */
export interface Item {
  readonly kind: "item";
}

/** A bare name as key is a literal: `{ a = 1 }`. */
export interface ObjectItem {
  readonly key: HclExpression;
  readonly value: HclExpression;
}

interface For {
  /** Name for the index of a list, the key of a map, or the element of a set. */
  readonly keyName: string | undefined;
  readonly valueName: string;
  readonly collection: HclExpression;
  readonly value: HclExpression;
  readonly condition: HclExpression | undefined;
}

export interface ForTuple extends For {
  readonly kind: "forTuple";
}

export interface ForObject extends For {
  readonly kind: "forObject";
  readonly key: HclExpression;
  /** `=> value...`: each key holds the list of its values. */
  readonly grouped: boolean;
}

export type UnaryOperator = "!" | "-";

/** Precedence of each operator. @see https://developer.hashicorp.com/terraform/language/expressions/operators */
export const PRECEDENCE = {
  "||": 1,
  "&&": 2,
  "==": 3,
  "!=": 3,
  "<": 4,
  "<=": 4,
  ">": 4,
  ">=": 4,
  "+": 5,
  "-": 5,
  "*": 6,
  "/": 6,
  "%": 6,
} as const;

export type BinaryOperator = keyof typeof PRECEDENCE;

/** The direct subexpressions of an expression. */
export function childrenOf(expression: HclExpression): readonly HclExpression[] {
  switch (expression.kind) {
    case "literal":
    case "variable":
    case "item":
      return [];
    case "template":
      return expression.parts;
    case "attribute":
      return [expression.of];
    case "index":
      return [expression.of, expression.key];
    case "splat":
      return [expression.of, expression.each];
    case "call":
      return expression.arguments;
    case "conditional":
      return [expression.condition, expression.ifTrue, expression.ifFalse];
    case "unary":
      return [expression.operand];
    case "binary":
      return [expression.left, expression.right];
    case "tuple":
      return expression.items;
    case "object":
      return expression.items.flatMap(({ key, value }) => [key, value]);
    case "forTuple":
    case "forObject": {
      const { collection, value, condition } = expression;
      const key = expression.kind === "forObject" ? [expression.key] : [];
      return [collection, ...key, value, ...(condition === undefined ? [] : [condition])];
    }
    case "parentheses":
      return [expression.inner];
  }
}
