/** Resources that a module no longer has at that address: `moved` and `removed` blocks. */
import { TerraformDataSource, type TerraformElement } from "cdktf";
import type { Construct } from "constructs";
import { Namespace } from "../expression/namespace";
import { callSite, mistake } from "../expression/source";
import { printHcl } from "../expression/template";
import { Verbatim } from "../synth/tree";

type FormerKeys = Readonly<Record<string, string>>;

/** The former name of a resource whose keys have changed as well. */
interface FormerResource {
  readonly name: string;
  readonly keys: FormerKeys;
}

/** The former name of a resource, the former keys of a resource with `for_each` by the present ones, or both. */
export type RenamedFrom = string | FormerKeys | FormerResource;

/** Names of states made by CDKTF have capitals and hashes: `docs_bucket_D8583716`. */
const FORMER_NAME = /^[A-Za-z_][\w-]*$/;

export function requireFormerName(place: string, name: string, owner: string): void {
  if (FORMER_NAME.test(name)) return;
  throw mistake(
    `${place}, renamedFrom: got "${name}"; allowed: a name such as docs or docs_bucket_D8583716, without the type`,
    owner,
  );
}

/** Records the former name of a resource. @param hasKeys whether the resource has `for_each` */
export function recordRename(
  space: Namespace,
  { type, name, hasKeys }: { readonly type: string; readonly name: string; readonly hasKeys: boolean },
  renamedFrom: RenamedFrom,
): void {
  const to = `${type}.${name}`;
  const source = callSite();
  const { name: former, keys } = formerOf(renamedFrom);
  if (former !== undefined) {
    requireFormerName(to, former, space.address);
    space.moves.push({ from: `${type}.${former}`, to, source });
  }
  if (keys === undefined) return;
  if (!hasKeys) {
    throw mistake(
      `${to}, renamedFrom: got keys; allowed: the former name, as only resourceForEach() has keys`,
      space.address,
    );
  }
  for (const [key, former] of Object.entries(keys)) {
    space.moves.push({ from: `${to}[${printHcl(former)}]`, to: `${to}[${printHcl(key)}]`, source });
  }
}

function formerOf(renamedFrom: RenamedFrom): Partial<FormerResource> {
  if (typeof renamedFrom === "string") return { name: renamedFrom };
  return isFormerResource(renamedFrom) ? renamedFrom : { keys: renamedFrom };
}

function isFormerResource(former: FormerResource | FormerKeys): former is FormerResource {
  return typeof former.keys === "object";
}

/** A resource class of a CDKTF provider package, of which only the type is read. */
interface TypedClass {
  readonly tfResourceType: string;
  readonly prototype: TerraformElement;
}

/**
 * Leaves in the account what a former resource of the module made: Terraform takes it out of the state and does not destroy
 * it. Without this block, the apply destroys it.
 */
export function forget(scope: Construct, type: TypedClass, formerName: string): void {
  const space = Namespace.of(scope);
  const address = `${type.tfResourceType}.${formerName}`;
  if (type.prototype instanceof TerraformDataSource) {
    throw mistake(
      `forget: got data.${address}; allowed: resources, as Terraform manages no data source`,
      space.address,
    );
  }
  requireFormerName(`forget ${type.tfResourceType}`, formerName, space.address);
  if (space.forgotten.has(address)) {
    const first = space.forgotten.get(address)?.() ?? "another line";
    throw mistake(`forget: got ${address}, which ${first} forgets already; allowed: once`, space.address);
  }
  space.forgotten.set(address, callSite());
}

/** The blocks of a module. @throws InputError where a former address is one of a present resource, or is named twice */
export function formerBlocks(space: Namespace): { readonly moved: object[]; readonly removed: object[] } {
  const taken = new Set<string>();
  for (const { from, to, source } of space.moves) {
    const present = space.sources.get(from)?.();
    if (present !== undefined) {
      const got = `renamedFrom: got ${from} for ${to}`;
      throw mistake(`${got}, which is a resource (${present}); allowed: a former resource`, space.address, source);
    }
    if (taken.has(from)) {
      throw mistake(`renamedFrom: got ${from} twice; allowed: one resource for each former one`, space.address, source);
    }
    taken.add(from);
  }
  for (const [address, source] of space.forgotten) {
    if (!space.sources.has(address) && !taken.has(address)) continue;
    throw mistake(`forget: got ${address}, which the module has; allowed: a former resource`, space.address, source);
  }
  return {
    moved: space.moves.map(({ from, to }) => ({ from: new Verbatim(from), to: new Verbatim(to) })),
    removed: [...space.forgotten.keys()].map((from) => ({ from, lifecycle: { destroy: false } })),
  };
}
