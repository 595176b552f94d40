/**
 * Values of Terraform's expressions, among them those that only an apply will tell. What is known of
 * such a value stays with it: which resource's attribute it is, the text around it, the JSON it sits in.
 */
import { instanceKey } from "./instance-key";

export type Known = string | number | boolean | null;

/** Sets are lists that `setOf` made; maps and objects are the same here, and so are lists and tuples. */
export type Value = Known | Unknown | readonly Value[] | Mapping;

export interface Mapping {
  readonly [key: string]: Value;
}

/** A value that only an apply tells, of whatever type. */
export class Unknown {
  constructor(private readonly origin: readonly Reference[] = []) {}

  /** The attributes of resources that it is made from; empty where nothing is known of its origin. */
  get references(): readonly Reference[] {
    return this.origin;
  }

  /** The attribute `name` of this value. */
  attribute(_name: string): Value {
    return new Unknown(this.references);
  }

  /** The element at `key` of this value. */
  element(_key: string | number): Value {
    return new Unknown(this.references);
  }
}

/**
 * An attribute of a resource or data source, or with the path "" the whole of it. The parts of a reference are references
 * with longer paths, so that `aws_s3_bucket.this.id` still tells the bucket that it points at.
 */
export class Reference extends Unknown {
  /**
   * @param address in full: `module.documents.aws_s3_bucket.this["a"]`, `data.aws_partition.current`
   * @param path as HCL writes it: `arn`, `domain_validation_options[0].resource_record_name`
   */
  constructor(
    readonly address: string,
    readonly path = "",
  ) {
    super();
  }

  override get references(): readonly Reference[] {
    return [this];
  }

  override attribute(name: string): Value {
    return new Reference(this.address, this.path === "" ? name : `${this.path}.${name}`);
  }

  /** `tags["Name"]` has the path `tags.Name`, as either spelling means the same; an element of a whole resource is an instance of it. */
  override element(key: string | number): Value {
    if (this.path === "") return new Reference(`${this.address}${instanceKey(key)}`);
    if (typeof key === "string" && /^[a-z_][\w-]*$/i.test(key)) return this.attribute(key);
    return new Reference(this.address, `${this.path}${instanceKey(key)}`);
  }
}

/** Text of which some pieces are unknown. It is never null, and its literal pieces stand. */
export class PartialText extends Unknown {
  private found: readonly Reference[] | undefined;

  constructor(readonly parts: readonly (string | Unknown)[]) {
    super();
  }

  override get references(): readonly Reference[] {
    this.found ??= referencesOf(this.parts);
    return this.found;
  }
}

/** The JSON text of a value that has unknowns in it. */
export class EncodedJson extends Unknown {
  private found: readonly Reference[] | undefined;

  constructor(readonly value: Value) {
    super();
  }

  override get references(): readonly Reference[] {
    this.found ??= referencesOf(this.value);
    return this.found;
  }
}

/** Elements of which only the apply tells the order, and whether some of them are the same: a set with unknowns in it. */
export class Unordered extends Unknown {
  constructor(readonly elements: readonly Value[]) {
    super(referencesOf(elements));
  }
}

export function isUnknown(value: Value): value is Unknown {
  return value instanceof Unknown;
}

export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

export function isMapping(value: Value): value is Mapping {
  return typeof value === "object" && value !== null && !isList(value) && !isUnknown(value);
}

/** Whether the value, or anything in it, is unknown. */
export function hasUnknown(value: Value): boolean {
  if (isUnknown(value)) return true;
  if (isList(value)) return value.some(hasUnknown);
  return isMapping(value) && Object.values(value).some(hasUnknown);
}

/** The attributes of resources that the value, or anything in it, is made from; each once. */
export function referencesOf(value: Value): Reference[] {
  const found = new Map<string, Reference>();
  const visit = (inner: Value): void => {
    if (isUnknown(inner)) for (const one of inner.references) found.set(`${one.address} ${one.path}`, one);
    else if (isList(inner)) for (const item of inner) visit(item);
    else if (isMapping(inner)) for (const item of Object.values(inner)) visit(item);
  };
  visit(value);
  return [...found.values()];
}

/** A value of which only the origin is known. */
export function unknownFrom(...values: readonly Value[]): Unknown {
  return new Unknown(referencesOf(values));
}

/** Text from its pieces: plain where all of them are known. */
export function textFrom(pieces: readonly (string | Unknown)[]): string | PartialText {
  const parts: (string | Unknown)[] = [];
  for (const piece of pieces.flatMap((one) => (one instanceof PartialText ? one.parts : [one]))) {
    const last = parts.at(-1);
    if (typeof piece === "string" && typeof last === "string") parts.splice(-1, 1, last + piece);
    else if (piece !== "") parts.push(piece);
  }
  const literal = parts.every((part) => typeof part === "string");
  return literal ? parts.join("").normalize() : new PartialText(parts);
}

/** Whether the text begins with `prefix`; undefined where only the apply tells. Of what is no text, nothing can be said. */
export function beginsWith(value: Value, prefix: string): boolean | undefined {
  return agrees(value, prefix, (text, wanted) => text.startsWith(wanted), 0);
}

/** Whether the text ends with `suffix`; undefined where only the apply tells. */
export function finishesWith(value: Value, suffix: string): boolean | undefined {
  return agrees(value, suffix, (text, wanted) => text.endsWith(wanted), -1);
}

/** A known outermost piece decides as soon as it is as long as what is asked for, or contradicts it. */
function agrees(value: Value, wanted: string, matches: (text: string, wanted: string) => boolean, end: 0 | -1) {
  if (typeof value === "string") return matches(value, wanted);
  const piece = value instanceof PartialText ? value.parts.at(end) : undefined;
  if (typeof piece !== "string") return undefined;
  if (matches(piece, wanted)) return true;
  return matches(wanted, piece) ? undefined : false;
}
