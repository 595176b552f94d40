/** What a resource exports: its attributes as typed expressions. */
import {
  DefaultTokenResolver,
  type IResolvable,
  StringConcat,
  type TerraformElement,
  type TerraformMetaArguments,
  Tokenization,
} from "cdktf";
import type { Code, Expression } from "./code";
import { type Choice, choice, expression } from "./expression";
import { Namespace } from "./namespace";

type ScalarAttribute<V> = [V] extends [string]
  ? Expression<string>
  : [V] extends [number]
    ? Expression<number>
    : [V] extends [boolean | IResolvable]
      ? Choice
      : [V] extends [readonly string[]]
        ? Expression<string[]>
        : never;

/** What an attribute evaluates to. */
export type AttributeType<V> = ScalarAttribute<V> extends Expression<infer T> ? T : never;

export type AttributeName<R> = {
  [K in keyof R & string]: K extends
    | `${string}Input`
    | keyof TerraformMetaArguments
    | "fqn"
    | "friendlyUniqueId"
    | "terraformResourceType"
    ? never
    : [ScalarAttribute<R[K]>] extends [never]
      ? never
      : K;
}[keyof R & string];

/** A resource as an expression, with its attributes. */
export type Resource<R> = Expression<R> & { readonly [K in AttributeName<R>]: ScalarAttribute<R[K]> };

/** A resource, or one instance of it, at an address. */
export function handle<R extends TerraformElement>(element: R, address: Code): Resource<R>;
export function handle(element: TerraformElement, address: Code): Expression<unknown> {
  return new Proxy(expression(address, "collection"), {
    get(target, name) {
      if (typeof name === "symbol" || name in target) return Reflect.get(target, name);
      return attribute(element, address, name);
    },
  });
}

function attribute(element: TerraformElement, address: Code, name: string): Expression<unknown> {
  const code = { ...address, hcl: `${address.hcl}${attributePath(element, name)}` };
  const value: unknown = Reflect.get(element, name);
  if (Array.isArray(value)) return expression(code, "collection");
  return typeof value === "object" ? choice(code) : expression(code);
}

/** The attribute's path below its resource, in Terraform's spelling: `.arn_suffix`. */
export function attributePath(element: TerraformElement, name: string): string {
  const value: unknown = Reflect.get(element, name);
  const resolver = new DefaultTokenResolver(new StringConcat());
  const reference: unknown =
    typeof value === "function"
      ? undefined
      : Tokenization.resolve(value, { scope: element, resolver, preparing: false });
  const path = typeof reference === "string" ? /^\$\{(?:data\.)?\w+\.\w+(\.[\w.]+)\}$/.exec(reference)?.[1] : undefined;
  if (path === undefined) {
    throw new Error(
      `${Namespace.of(element).address}/${element.node.id}: ${name} is not an attribute that Terraform exports; got ${String(reference)}`,
    );
  }
  return path;
}
