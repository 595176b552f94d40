/** The `lifecycle` block of a resource, and the conditions that Terraform checks. */
import type { TerraformMetaArguments } from "cdktf";
import { parseExpression } from "../../common/hcl/parse";
import type { HclExpression } from "../../common/hcl/syntax";
import { codeOf, type Expression } from "../expression/code";
import type { Value } from "../expression/expression";
import { snakeCase } from "../expression/names";
import { mistake } from "../expression/source";
import { lower } from "../expression/template";

/** A condition, and the message that Terraform shows if it is false. */
export interface Assertion {
  readonly condition: Expression<boolean>;
  readonly errorMessage: Value<string>;
}

type Argument<C> = Exclude<keyof C & string, keyof TerraformMetaArguments>;

/** @see https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle */
export interface Lifecycle<C> {
  readonly createBeforeDestroy?: boolean;
  readonly preventDestroy?: boolean;
  /**
   * Arguments whose changes Terraform ignores after it has created the resource; `scalingConfig.desiredSize` for an argument of
   * a block that there is one of; `providerDetails["MetadataURL"]` for an entry of a map.
   */
  readonly ignoreChanges?:
    | "all"
    | readonly (Argument<C> | `${Argument<C>}.${string}` | `${Argument<C>}["${string}"]`)[];
  /** Resources of the same module, or attributes of them, whose change replaces the resource. */
  readonly replaceTriggeredBy?: readonly Expression<unknown>[];
  /** Conditions that have to hold before Terraform changes the resource. */
  readonly precondition?: readonly Assertion[];
  /** Conditions that have to hold afterwards. They call the resource `self`. */
  readonly postcondition?: readonly Assertion[];
}

/** @param user module of the resource @param place address of the resource, for messages */
export function lifecycleBlock<C>(lifecycle: Lifecycle<C>, user: string, place: string): object {
  const { ignoreChanges, replaceTriggeredBy, precondition, postcondition, ...switches } = lifecycle;
  return {
    ...Object.fromEntries(Object.entries(switches).map(([name, value]) => [snakeCase(name), value])),
    ...(ignoreChanges && { ignore_changes: ignoreChanges === "all" ? "all" : ignoreChanges.map(argumentPath) }),
    ...(replaceTriggeredBy && {
      replace_triggered_by: replaceTriggeredBy.map((trigger) => triggerOf(trigger, user, place)),
    }),
    ...(precondition && { precondition: precondition.map(assertionBlock) }),
    ...(postcondition && { postcondition: postcondition.map(assertionBlock) }),
  };
}

/** Terraform addresses a block by its place among the blocks of its name, and an entry of a map by its key. */
function argumentPath(path: string): string {
  const [, argument = path, key = ""] = /^(\w+)(\["[^"]+"\])$/.exec(path) ?? [];
  return `${argument.split(".").map(snakeCase).join("[0].")}${key}`;
}

export function assertionBlock({ condition, errorMessage }: Assertion): object {
  return lower({ condition, error_message: errorMessage });
}

/** Terraform takes managed resources of the same module, their instances and their attributes. */
function triggerOf(trigger: Expression<unknown>, user: string, place: string): string {
  const { hcl: code, owner } = codeOf(trigger);
  const type = firstName(parseExpression(code));
  if (owner === user && type !== undefined && !NO_RESOURCES.has(type)) return code;
  const got = owner === user || owner === undefined ? code : `${code} of ${owner}`;
  throw mistake(`${place}, replaceTriggeredBy: got ${got}; allowed: resources of ${user}, or attributes of them`, user);
}

const NO_RESOURCES: ReadonlySet<string> = new Set([
  "count",
  "data",
  "each",
  "local",
  "module",
  "path",
  "self",
  "terraform",
  "var",
]);

/** The first name of a reference; undefined for any other expression. */
function firstName(expression: HclExpression): string | undefined {
  if (expression.kind === "variable") return expression.name;
  return expression.kind === "attribute" || expression.kind === "index" ? firstName(expression.of) : undefined;
}
