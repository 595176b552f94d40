/** Nested blocks whose number only Terraform knows. */
import { type IResolvable, Lazy, type TerraformElement } from "cdktf";
import { codeOf, type Expression, isExpression } from "../expression/code";
import { type Choice, expression, type Ref, type Value } from "../expression/expression";
import { snakeCase } from "../expression/names";
import { contentFor, type Given, type Presence } from "../expression/presence";
import { type Collection, elementReference } from "../expression/reference";
import { lower } from "../expression/template";

/** A nested block, in which further blocks may follow a collection. */
export type BlockContent<B> = Value<B> | { readonly [K in keyof B]: Part<Exclude<B[K], IResolvable>> };
type Part<T> = T extends readonly (infer E)[]
  ? Value<T> | Blocks<BlockContent<E>> | readonly BlockContent<E>[]
  : T extends object
    ? Value<T> | BlockContent<T> | SoleBlock<BlockContent<T>>
    : Value<T>;

/** Nested blocks whose number Terraform evaluates. */
export class Blocks<B> {
  constructor(
    readonly forEach: Expression<unknown>,
    readonly content: B,
    /** Name of the entry in the content; undefined if the content does not use it. */
    readonly iterator?: string,
  ) {}
}

/** A nested block that the provider allows once: CDKTF takes an object instead of a list. */
export class SoleBlock<B> {
  constructor(
    readonly enabled: Choice,
    readonly content: B,
  ) {}
}

/** Number of enclosing blocks: each has a different iterator. */
let depth = 0;

/** One nested block for each entry of a collection (`dynamic`). */
export function blockForEach<V, B>(
  collection: Collection<V>,
  content: (value: Ref<V>, key: Expression<string>) => B,
): Blocks<B> {
  const { owner } = codeOf(collection);
  const iterator = depth === 0 ? "block" : `block_${depth}`;
  const value = elementReference(collection, { hcl: `${iterator}.value`, owner });
  depth++;
  try {
    return new Blocks(collection, content(value, expression({ hcl: `${iterator}.key`, owner })), iterator);
  } finally {
    depth--;
  }
}

/** One nested block if the switch is on, else none. After `isSet`, a callback receives the values without null. */
export function blockIf<B, V extends readonly unknown[]>(
  given: Presence<V>,
  content: (...values: Given<V>) => B,
): Blocks<B>;
export function blockIf<B>(enabled: Choice, content: B): Blocks<B>;
export function blockIf<B>(enabled: Choice, content: B): Blocks<B> {
  return new Blocks(enabled([true], []), contentFor(enabled, content));
}

/** The same for a block that the provider allows once. */
export function soleBlockIf<B, V extends readonly unknown[]>(
  given: Presence<V>,
  content: (...values: Given<V>) => B,
): SoleBlock<B>;
export function soleBlockIf<B>(enabled: Choice, content: B): SoleBlock<B>;
export function soleBlockIf<B>(enabled: Choice, content: B): SoleBlock<B> {
  return new SoleBlock(enabled, contentFor(enabled, content));
}

/** A configuration for CDKTF, with one block for each `dynamic` block. */
export function sampleOf(value: unknown): unknown {
  if (value instanceof Blocks) return [sampleOf(value.content)];
  if (value instanceof SoleBlock) return sampleOf(value.content);
  if (isExpression(value) || typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(sampleOf);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, sampleOf(item)]));
}

/** Puts `dynamic` in the place of every block that was a sample. */
export function repeatBlocks(element: TerraformElement, type: string, name: string, config: object): void {
  if (!hasBlocks(config)) return;
  const { resource, data } = element.toTerraform();
  const written: object = (resource ?? data)[type][name];
  for (const [key, value] of Object.entries(config)) {
    const argument = snakeCase(key);
    const block = dynamicBlock(Reflect.get(written, argument), value);
    if (block !== undefined) {
      element.addOverride(argument, undefined);
      element.addOverride(`dynamic.${argument}`, block);
    } else if (hasBlocks(value)) {
      const content = dynamicContent(Reflect.get(written, argument), value);
      element.addOverride(argument, Lazy.anyValue({ produce: () => content }));
    }
  }
}

/** A `dynamic` block: CDKTF knows which keys of the sample are arguments and which a map's own. */
function dynamicBlock(written: unknown, value: unknown): object | undefined {
  if (!(value instanceof Blocks || value instanceof SoleBlock)) return undefined;
  const forEach = value instanceof Blocks ? value.forEach : value.enabled([true], []);
  const content = dynamicContent([written].flat()[0], value.content);
  const iterator = value instanceof Blocks ? value.iterator : undefined;
  return { for_each: lower(forEach), ...(iterator !== undefined && { iterator }), content };
}

function dynamicContent(written: unknown, config: unknown): unknown {
  if (Array.isArray(written) && Array.isArray(config)) return written.map((item, i) => dynamicContent(item, config[i]));
  if (typeof written !== "object" || written === null || Array.isArray(written)) return written;
  const parts = new Map(Object.entries(Object(config)).map(([key, value]) => [snakeCase(key), value]));
  const entries = Object.entries(written).filter(([, value]) => value !== null);
  const dynamic = entries.flatMap(([name, value]) => {
    const block = dynamicBlock(value, parts.get(name));
    return block === undefined ? [] : [[name, block]];
  });
  const fixed = entries.flatMap(([name, value]) => {
    const part = parts.get(name);
    return part instanceof Blocks || part instanceof SoleBlock ? [] : [[name, dynamicContent(value, part)]];
  });
  return { ...Object.fromEntries(fixed), ...(dynamic.length > 0 && { dynamic: Object.fromEntries(dynamic) }) };
}

function hasBlocks(value: unknown): boolean {
  if (value instanceof Blocks || value instanceof SoleBlock) return true;
  return typeof value === "object" && value !== null && !isExpression(value) && Object.values(value).some(hasBlocks);
}
