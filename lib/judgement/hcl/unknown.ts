/**
 * Values of Terraform expressions, known and unknown before an apply. An unknown value keeps its known properties: the
 * attribute of a resource, the text around it, the JSON that contains it.
 */
import { instanceKey } from "./instance-key";

export type Known = string | number | boolean | null;

/** Sets are lists that `setOf` returns. Maps and objects have one form, and so have lists and tuples. */
export type HclValue = Known | Unknown | readonly HclValue[] | Mapping;

export interface Mapping {
  readonly [key: string]: HclValue;
}

/** A value of any type that is known after the apply. */
export class Unknown {
  constructor(private readonly origin: readonly Reference[] = []) {}

  /** The attributes of resources that it is made from; empty if its origin is unknown. */
  get references(): readonly Reference[] {
    return this.origin;
  }

  /** The attribute `name` of this value. */
  attribute(_name: string): HclValue {
    return new Unknown(this.references);
  }

  /** The element at `key` of this value. */
  element(_key: string | number): HclValue {
    return new Unknown(this.references);
  }
}

/**
 * An attribute of a resource or data source, or with the path "" the whole resource. Attributes of a reference are references
 * with longer paths, so `aws_s3_bucket.this.id` still shows the bucket.
 */
export class Reference extends Unknown {
  /**
   * @param address in full: `module.documents.aws_s3_bucket.this["a"]`, `data.aws_partition.current`
   * @param path in HCL: `arn`, `domain_validation_options[0].resource_record_name`
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

  override attribute(name: string): HclValue {
    return new Reference(this.address, this.path === "" ? name : `${this.path}.${name}`);
  }

  /** `tags["Name"]` has the path `tags.Name`, which is equivalent. An element of a whole resource is one of its instances. */
  override element(key: string | number): HclValue {
    if (this.path === "") return new Reference(`${this.address}${instanceKey(key)}`);
    if (typeof key === "string" && /^[a-z_][\w-]*$/i.test(key)) return this.attribute(key);
    return new Reference(this.address, `${this.path}${instanceKey(key)}`);
  }
}

/** Text with known and unknown pieces. It is never null. */
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

/** The JSON text of a value with unknown parts. */
export class EncodedJson extends Unknown {
  private found: readonly Reference[] | undefined;

  constructor(readonly value: HclValue) {
    super();
  }

  override get references(): readonly Reference[] {
    this.found ??= referencesOf(this.value);
    return this.found;
  }
}

/** A set with unknown elements. Their order, and whether some are equal, is known after the apply. */
export class Unordered extends Unknown {
  constructor(readonly elements: readonly HclValue[]) {
    super(referencesOf(elements));
  }
}

export function isUnknown(value: HclValue): value is Unknown {
  return typeof value === "object" && value instanceof Unknown;
}

export function isList(value: HclValue): value is readonly HclValue[] {
  return Array.isArray(value);
}

export function isMapping(value: HclValue): value is Mapping {
  return typeof value === "object" && value !== null && !isList(value) && !isUnknown(value);
}

/** Whether the value, or a part of it, is unknown. */
export function hasUnknown(value: HclValue): boolean {
  if (isUnknown(value)) return true;
  if (isList(value)) return value.some(hasUnknown);
  return isMapping(value) && Object.values(value).some(hasUnknown);
}

/** The distinct attributes of resources that the value is made from. */
export function referencesOf(value: HclValue): Reference[] {
  const found = new Map<string, Reference>();
  const visit = (inner: HclValue): void => {
    if (isUnknown(inner)) for (const one of inner.references) found.set(`${one.address} ${one.path}`, one);
    else if (isList(inner)) for (const item of inner) visit(item);
    else if (isMapping(inner)) for (const item of Object.values(inner)) visit(item);
  };
  visit(value);
  return [...found.values()];
}

/** An unknown value with its origin. */
export function unknownFrom(...values: readonly HclValue[]): Unknown {
  return new Unknown(referencesOf(values));
}

/** Text from pieces: a string if all of them are known. */
export function textFrom(pieces: readonly (string | Unknown)[]): string | PartialText {
  const parts: (string | Unknown)[] = [];
  let text = "";
  const end = () => {
    if (text !== "") parts.push(text);
    text = "";
  };
  for (const piece of pieces) {
    for (const part of piece instanceof PartialText ? piece.parts : [piece]) {
      if (typeof part === "string") {
        text += part;
        continue;
      }
      end();
      parts.push(part);
    }
  }
  if (parts.length === 0) return text.normalize();
  end();
  return new PartialText(parts);
}

/** Whether the text begins with `prefix`; undefined if that is known after the apply, or if the value is no text. */
export function beginsWith(value: HclValue, prefix: string): boolean | undefined {
  return agrees(value, prefix, (text, wanted) => text.startsWith(wanted), 0);
}

/** Whether the text ends with `suffix`; undefined as for `beginsWith`. */
export function finishesWith(value: HclValue, suffix: string): boolean | undefined {
  return agrees(value, suffix, (text, wanted) => text.endsWith(wanted), -1);
}

/** The outermost piece decides if it is known, and either contains the wanted text or contradicts it. */
function agrees(value: HclValue, wanted: string, matches: (text: string, wanted: string) => boolean, end: 0 | -1) {
  if (typeof value === "string") return matches(value, wanted);
  const piece = value instanceof PartialText ? value.parts.at(end) : undefined;
  if (typeof piece !== "string") return undefined;
  if (matches(piece, wanted)) return true;
  return matches(wanted, piece) ? undefined : false;
}
