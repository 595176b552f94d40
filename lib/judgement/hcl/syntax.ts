/**
 * Terraform's expression language as data.
 *
 * @see https://developer.hashicorp.com/terraform/language/expressions
 * @see https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md
 */

export type Expression =
  | Literal
  | { readonly kind: "template"; readonly parts: readonly Expression[] }
  /** The first name of a reference: `var` in `var.name`, `item` within a `for`. */
  | { readonly kind: "variable"; readonly name: string }
  | { readonly kind: "attribute"; readonly of: Expression; readonly name: string }
  | { readonly kind: "index"; readonly of: Expression; readonly key: Expression }
  /** `of[*].a.b` is `each` for every element of `of`, where the element is an {@link Item}. */
  | { readonly kind: "splat"; readonly of: Expression; readonly each: Expression }
  | Item
  /** With `expand`, the last argument is a list of further arguments: `merge(list...)`. */
  | {
      readonly kind: "call";
      readonly name: string;
      readonly arguments: readonly Expression[];
      readonly expand: boolean;
    }
  | {
      readonly kind: "conditional";
      readonly condition: Expression;
      readonly ifTrue: Expression;
      readonly ifFalse: Expression;
    }
  | { readonly kind: "unary"; readonly operator: UnaryOperator; readonly operand: Expression }
  | {
      readonly kind: "binary";
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: "tuple"; readonly items: readonly Expression[] }
  | { readonly kind: "object"; readonly items: readonly ObjectItem[] }
  | ForTuple
  | ForObject
  | { readonly kind: "parentheses"; readonly inner: Expression };

export interface Literal {
  readonly kind: "literal";
  readonly value: string | number | boolean | null;
}

/** The element that a splat is at. */
export interface Item {
  readonly kind: "item";
}

/** A bare name as key is a literal: `{ a = 1 }`. */
export interface ObjectItem {
  readonly key: Expression;
  readonly value: Expression;
}

interface For {
  /** Name for the index of a list, the key of a map, or the element of a set. */
  readonly keyName: string | undefined;
  readonly valueName: string;
  readonly collection: Expression;
  readonly value: Expression;
  readonly condition: Expression | undefined;
}

export interface ForTuple extends For {
  readonly kind: "forTuple";
}

export interface ForObject extends For {
  readonly kind: "forObject";
  readonly key: Expression;
  /** `=> value...`: each key holds the list of its values. */
  readonly grouped: boolean;
}

export type UnaryOperator = "!" | "-";

/** How tightly each operator binds. @see https://developer.hashicorp.com/terraform/language/expressions/operators */
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
