/** Nested expressions keep their grouping. */
import fc from "fast-check";
import { parseExpression } from "../../../../lib/common/hcl/parse";
import type { BinaryOperator, HclExpression } from "../../../../lib/common/hcl/syntax";
import { codeOf, type Expression } from "../../../../lib/generator/expression/code";
import { condition, expression, hcl } from "../../../../lib/generator/expression/expression";

/** An expression, and the tree that Terraform has to read. */
interface Composed {
  readonly code: Expression<unknown>;
  readonly tree: HclExpression;
}

const OPERATORS = [
  "||",
  "&&",
  "==",
  "!=",
  "<",
  "<=",
  ">",
  ">=",
  "+",
  "-",
  "*",
  "/",
  "%",
] as const satisfies readonly BinaryOperator[];

const operator = (name: string) => expression({ hcl: name, owner: undefined });

const text = fc.string({ unit: fc.constantFrom("\\", '"', "$", "{", "}", "%", "(", ")", "n", "\n", "é", " ", "+") });

const leaf = fc.oneof(
  text.map((value): Composed => ({ code: hcl`${value}`, tree: { kind: "literal", value } })),
  fc.nat(9).map((value): Composed => ({ code: hcl`${value}`, tree: { kind: "literal", value } })),
  fc
    .constantFrom("a", "b")
    .map((name): Composed => ({ code: hcl`${operator(name)}`, tree: { kind: "variable", name } })),
);

const { any } = fc.letrec<{ any: Composed }>((tie) => {
  const inner = tie("any");
  return {
    any: fc.oneof(
      { maxDepth: 4, depthSize: "medium" },
      leaf,
      fc.tuple(inner, fc.constantFrom(...OPERATORS), inner).map(
        ([left, name, right]): Composed => ({
          code: binary(left.code, name, right.code),
          tree: { kind: "binary", operator: name, left: left.tree, right: right.tree },
        }),
      ),
      inner.map(
        ({ code, tree }): Composed => ({ code: hcl`-${code}`, tree: { kind: "unary", operator: "-", operand: tree } }),
      ),
      inner.map(
        ({ code, tree }): Composed => ({
          code: condition`!${code}`,
          tree: { kind: "unary", operator: "!", operand: tree },
        }),
      ),
      fc.tuple(inner, inner, inner).map(
        ([test, yes, no]): Composed => ({
          code: hcl`${test.code} ? ${yes.code} : ${no.code}`,
          tree: { kind: "conditional", condition: test.tree, ifTrue: yes.tree, ifFalse: no.tree },
        }),
      ),
      fc.tuple(inner, inner).map(
        ([of, key]): Composed => ({
          code: hcl`${of.code}[${key.code}]`,
          tree: { kind: "index", of: of.tree, key: key.tree },
        }),
      ),
      fc.tuple(inner, text).map(
        ([value, before]): Composed => ({
          code: hcl`${`${before}=${value.code}`}`,
          tree: { kind: "template", parts: [{ kind: "literal", value: `${before}=` }, value.tree] },
        }),
      ),
      fc.array(inner, { maxLength: 3 }).map(
        (items): Composed => ({
          code: hcl`${items.map(({ code }) => code)}`,
          tree: { kind: "tuple", items: items.map(({ tree }) => tree) },
        }),
      ),
    ),
  };
});

/** Operators are part of the text of a template. */
function binary(left: Expression<unknown>, name: BinaryOperator, right: Expression<unknown>): Expression<unknown> {
  return hcl(Object.assign(["", ` ${name} `, ""], { raw: ["", ` ${name} `, ""] }), left, right);
}

/** The tree without brackets, whose effect is the tree itself. */
function bare(tree: HclExpression): unknown {
  return JSON.parse(JSON.stringify(tree), (_, node) => (node?.kind === "parentheses" ? node.inner : node));
}

test("a composed expression parses as the tree that it is composed of", () => {
  fc.assert(
    fc.property(any, ({ code, tree }) => {
      expect(bare(parseExpression(codeOf(code).hcl))).toEqual(bare(tree));
    }),
    { numRuns: 1000 },
  );
});

test("a sum behind text that ends in a backslash stays a sum when it is multiplied", () => {
  const sum = hcl<number>`length(${"\\"}) + ${hcl`a`}`;
  expect(codeOf(hcl`${sum} * 10`).hcl).toBe('(length("\\\\") + a) * 10');
});
