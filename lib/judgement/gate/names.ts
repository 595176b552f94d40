/** Names of a root's resources for people: by call, independent of identifiers in AWS. */

import type { PlanJson, ResourceChange } from "../../terraform/plan-json";
import { type HclValue, PartialText, Reference, SENSITIVE, show, Unknown } from "../hcl";

/** Attributes that identify the resource as a whole. */
const IDENTITY = /^(id|arn|name|bucket|key_id|prefix_list_id)$/;

export class Names {
  private readonly byIdentifier: ReadonlyMap<string, string>;

  /** @param plan has the ids and ARNs of resources, such as `sg-0123` */
  constructor({ resource_changes: changes }: Pick<PlanJson, "resource_changes">) {
    const named = changes.flatMap(({ address, type, change }) =>
      [change.before, change.after]
        .flatMap((values) => identifiers(type, values))
        .map((identifier): [string, string] => [identifier, shortName(address)]),
    );
    // The policy of a bucket has the id of the bucket and comes after it, so the first resource with an id owns it.
    this.byIdentifier = new Map(named.reverse());
  }

  ofAddress(address: string): string {
    return shortName(address);
  }

  /** A value in words: `documents/*` for all objects below an ARN. */
  of(value: HclValue): string {
    if (value === SENSITIVE) return "(sensitive value)";
    if (typeof value === "string") return this.ofText(value);
    if (value instanceof Reference) return ofReference(value);
    if (value instanceof PartialText)
      return value.parts.map((part) => (typeof part === "string" ? part : this.of(part))).join("");
    if (value instanceof Unknown && value.references.length > 0) return value.references.map(ofReference).join(", ");
    return show(value);
  }

  private ofText(text: string): string {
    const account = /^arn:[^:]*:iam::(\d{12}):root$/.exec(text)?.[1];
    if (account !== undefined) return `account ${account}`;
    const [, identifier = text, rest = ""] = /^(arn:.*?)([:/]\*)?$/.exec(text) ?? [];
    const name = this.byIdentifier.get(identifier);
    return name === undefined ? text : `${name}${rest}`;
  }
}

function identifiers(type: string, values: ResourceChange["change"]["before"]): string[] {
  const { id, arn, name, bucket } = values ?? {};
  const others = type.startsWith("aws_iam_")
    ? [name]
    : type === "aws_s3_bucket"
      ? [bucket, `arn:aws:s3:::${bucket}`]
      : [];
  return [id, arn, ...others].filter((identifier) => typeof identifier === "string");
}

function ofReference({ address, path }: Reference): string {
  return path === "" || IDENTITY.test(path) ? shortName(address) : `${shortName(address)}.${path}`;
}

/** `documents` for `module.documents.aws_s3_bucket.this`, `database.monitoring` for `module.database.aws_iam_role.monitoring`. */
function shortName(address: string): string {
  const [, call, name, key = ""] = /^module\.([^.[]+)\.(?:data\.)?\w+\.(\w+)(\[.*\])?$/s.exec(address) ?? [];
  if (call === undefined) return address;
  return `${call}${name === "this" ? "" : `.${name}`}${key}`;
}
