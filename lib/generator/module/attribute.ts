/** What a resource exports: its attributes as typed expressions. */
import type { IResolvable, TerraformElement, TerraformMetaArguments } from "cdktf";
import { type Code, type Expression, withCode } from "../expression/code";
import { type Choice, choice, expression } from "../expression/expression";
import { Namespace } from "../expression/namespace";
import { mistake } from "../expression/source";

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
  const proxy = new Proxy(expression(address, "collection"), {
    get(target, name) {
      if (typeof name === "symbol" || name in target) return Reflect.get(target, name);
      return attribute(element, address, name);
    },
  });
  return withCode(proxy, address);
}

function attribute(element: TerraformElement, address: Code, name: string): Expression<unknown> {
  const { path, kind } = attributeRead(element, name);
  const code = { ...address, hcl: `${address.hcl}.${path}` };
  return kind === "boolean" ? choice(code) : expression(code, kind);
}

/** The attribute's path below its resource, in Terraform's spelling: `.arn_suffix`. */
export function attributePath(element: TerraformElement, name: string): string {
  return `.${attributeRead(element, name).path}`;
}

interface AttributeRead {
  readonly path: string;
  readonly kind: "boolean" | "scalar" | "collection";
}

/** Reads a getter of the provider's class, which asks its element for the attribute of Terraform's name. */
function attributeRead(element: TerraformElement, name: string): AttributeRead {
  let read: AttributeRead | undefined;
  const note = (kind: AttributeRead["kind"], result: unknown) => ({
    value: (path: string) => {
      read = { path, kind };
      return result;
    },
  });
  const recorder = Object.create(element, {
    getStringAttribute: note("scalar", ""),
    getNumberAttribute: note("scalar", 0),
    getBooleanAttribute: note("boolean", false),
    getListAttribute: note("collection", []),
    getNumberListAttribute: note("collection", []),
    getStringMapAttribute: note("collection", {}),
  });
  const value: unknown = Reflect.get(element, name, recorder);
  if (read === undefined) {
    throw mistake(
      `${element.node.id}: got ${name}, which TypeScript reads as ${String(value)}; allowed: attributes that Terraform exports`,
      Namespace.of(element).address,
    );
  }
  return read;
}
