/** ModuleBlocks of hand-written Terraform in the form of Terraform JSON, which the converter does not always meet. */
import { InputError } from "../../common/errors";

type Json = Readonly<Record<string, unknown>>;

/** The blocks of a module, by type: `resource`, then `aws_s3_bucket`, then `this`. */
export type ModuleBlocks = { readonly [type in keyof typeof READERS | keyof typeof VENDORED_READERS]?: unknown };

/** What a module may hold. The number says how many labels a block has; the function brings its body into form. */
const READERS = {
  terraform: { labels: 0, read: terraform },
  variable: { labels: 1, read: variable },
  locals: { labels: 0, read: (body: Json) => body },
  data: { labels: 2, read: resource },
  resource: { labels: 2, read: resource },
  output: { labels: 1, read: output },
  check: { labels: 1, read: (body: Json) => body },
} as const;

/** What a module from elsewhere may hold as well. */
const VENDORED_READERS = {
  ...READERS,
  terraform: { labels: 0, read: vendoredTerraform },
  module: { labels: 1, read: call },
  moved: { labels: 0, read: bareMembers },
} as const;

/** Where a module was written: in this project, or elsewhere. */
export type Origin = "own" | "vendored";

/**
 * All blocks of the files. @param files what the converter makes of each
 * @throws InputError that names every block which cannot be converted, or stands there twice.
 */
export function blocksOf(files: Readonly<Record<string, Json>>, origin: Origin = "own"): ModuleBlocks {
  const readers = Object.entries(origin === "own" ? READERS : VENDORED_READERS);
  const problems: string[] = [];
  const result: Record<string, unknown> = {};
  for (const [file, blocks] of Object.entries(files)) {
    for (const [type, value] of Object.entries(blocks)) {
      const reader = readers.find(([name]) => name === type)?.[1];
      if (reader === undefined) {
        const allowed = readers.map(([name]) => name).join(", ");
        problems.push(`${file}: got a block ${type}; allowed: ${allowed}`);
        continue;
      }
      if (type === "moved") {
        const moves = list(value).map((body) => bareMembers(asObject(body)));
        result.moved = [...list(result.moved ?? []), ...moves];
        continue;
      }
      const read = (body: Json, place: string) => {
        problems.push(...unsafeIn(body, `${file}: ${place}`));
        return reader.read(body, `${file}: ${place}`, problems);
      };
      result[type] = merged(result[type], labelled(value, reader.labels, type, read), `${file}: ${type}`, problems);
    }
  }
  if (problems.length > 0) throw new InputError("Terraform by hand", problems);
  return result;
}

type Read = (body: Json, place: string) => Json;

/** The converter puts each body into a list, as a block may be there twice. */
function labelled(value: unknown, labels: number, place: string, read: Read): Json {
  if (labels === 0) return Object.assign({}, ...list(value).map((body) => read(asObject(body), place)));
  const entries = Object.entries(asObject(value)).map(([label, inner]) => {
    const own = `${place} ${label}`;
    if (labels > 1) return [label, labelled(inner, labels - 1, own, read)];
    const [body, ...others] = list(inner);
    if (others.length > 0) throw new InputError(own, ["got it twice; allowed: once"]);
    return [label, read(asObject(body), own)];
  });
  return Object.fromEntries(entries);
}

function merged(one: unknown, other: Json, place: string, problems: string[]): Json {
  const result: Record<string, unknown> = { ...asObject(one) };
  for (const [name, value] of Object.entries(other)) {
    const isTyped = /(?:data|resource)$/.test(place);
    if (name in result && !isTyped) problems.push(`${place} ${name}: got it twice; allowed: once`);
    result[name] =
      name in result && isTyped ? merged(result[name], asObject(value), `${place} ${name}`, problems) : value;
  }
  return result;
}

/** JSON numbers of the converter are floating-point. */
function unsafeIn(json: unknown, place: string): string[] {
  if (typeof json === "number" && Number.isInteger(json) && !Number.isSafeInteger(json)) {
    return [`${place}: got a number of more than 15 digits; allowed: a shorter one, or text`];
  }
  if (typeof json !== "object" || json === null) return [];
  return Object.values(json).flatMap((member) => unsafeIn(member, place));
}

function terraform(body: Json, place: string, problems: string[]): Json {
  const { required_version, required_providers: lists, ...others } = body;
  for (const name of Object.keys(others)) {
    problems.push(`${place}: got ${name}; allowed: required_version, required_providers`);
  }
  const providers = Object.entries(asObject(Object.assign({}, ...list(lists ?? []))));
  return {
    ...(required_version !== undefined && { required_version }),
    required_providers: Object.fromEntries(
      providers.map(([name, value]) => {
        const { configuration_aliases: aliases, ...rest } = asObject(value);
        return [name, { ...rest, ...(aliases !== undefined && { configuration_aliases: list(aliases).map(bare) }) }];
      }),
    ),
  };
}

/** Modules of providers' vendors name themselves in requests by `provider_meta`. */
function vendoredTerraform({ provider_meta: meta, ...body }: Json, place: string, problems: string[]): Json {
  return { ...terraform(body, place, problems), ...(meta !== undefined && { provider_meta: meta }) };
}

function call({ providers, ...body }: Json): Json {
  return { ...dependent(body), ...(providers !== undefined && { providers: bareMembers(asObject(providers)) }) };
}

function bareMembers(body: Json): Json {
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, bare(value)]));
}

function variable({ type, default: byDefault, description, ...body }: Json): Json {
  return {
    ...body,
    ...(type !== undefined && { type: bare(type) }),
    ...(byDefault !== undefined && { default: literal(byDefault) }),
    ...(description !== undefined && { description: literal(description) }),
  };
}

function output({ description, ...body }: Json): Json {
  return { ...dependent(body), ...(description !== undefined && { description: literal(description) }) };
}

function resource({ provider, lifecycle, ...body }: Json, place: string, problems: string[]): Json {
  for (const name of ["provisioner", "connection"]) {
    if (name in body) problems.push(`${place}: got ${name}, which runs programs during an apply; allowed: none`);
  }
  return {
    ...asObject(withDynamic(dependent(body), place)),
    ...(provider !== undefined && { provider: bare(provider) }),
    ...(lifecycle !== undefined && { lifecycle: list(lifecycle).map((one) => life(asObject(one))) }),
  };
}

function life({ ignore_changes: ignored, replace_triggered_by: triggers, ...body }: Json): Json {
  return {
    ...body,
    ...(ignored !== undefined && { ignore_changes: Array.isArray(ignored) ? ignored.map(bare) : bare(ignored) }),
    ...(triggers !== undefined && { replace_triggered_by: list(triggers).map(bare) }),
  };
}

function dependent({ depends_on: dependencies, ...body }: Json): Json {
  return { ...body, ...(dependencies !== undefined && { depends_on: list(dependencies).map(bare) }) };
}

/**
 * `dynamic` blocks at any depth: one of a name as an object instead of a list of one, and several as a list, whose order
 * Terraform keeps. The converter does not keep the order of blocks and `dynamic` blocks of the same name.
 */
function withDynamic(json: unknown, place: string): unknown {
  if (Array.isArray(json)) return json.map((member) => withDynamic(member, place));
  if (typeof json !== "object" || json === null) return json;
  return Object.fromEntries(
    Object.entries(json).map(([name, value]) => {
      if (name !== "dynamic") return [name, withDynamic(value, place)];
      const blocks = Object.entries(asObject(value)).map(([block, bodies]) => {
        if (block in json) {
          throw new InputError(place, [
            `got a block ${block} beside a dynamic one, whose order would be lost; allowed: blocks ${block} of one kind`,
          ]);
        }
        const [first, ...others] = list(bodies).map((body) => dynamicBlock(asObject(body), place));
        return [block, others.length === 0 ? first : [first, ...others]];
      });
      return [name, Object.fromEntries(blocks)];
    }),
  );
}

function dynamicBlock({ content, iterator, ...body }: Json, place: string): Json {
  return {
    ...body,
    ...(iterator !== undefined && { iterator: bare(iterator) }),
    content: withDynamic(list(content)[0] ?? {}, place),
  };
}

/** A reference or type that Terraform reads without evaluating it: `aws.replica`, not `${aws.replica}`. */
function bare(value: unknown): unknown {
  return typeof value === "string" ? value.replace(/^\$\{([\s\S]*)\}$/, "$1") : value;
}

/** Where Terraform JSON evaluates nothing, an escape would stay. */
function literal(value: unknown): unknown {
  if (typeof value === "string") return value.replace(/([$%])\1\{/g, "$1{");
  if (Array.isArray(value)) return value.map(literal);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [literal(key), literal(member)]));
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function asObject(value: unknown): Json {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
