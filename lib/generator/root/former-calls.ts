/** The blocks of a root for calls and resources that had another address, or that exist already. */
import { InputError } from "../../common/errors";
import { placeOf } from "../expression/source";
import { type FilesOfModule, renamedIn, resourcesOf } from "../module/addresses";
import { requireFormerName } from "../module/former-resources";
import type { FormerCall, ModuleCall, Specification } from "../module/specification";
import { Verbatim } from "../synth/tree";
import { outlives } from "./outliving";
import { type Address, addressIn } from "./state-address";

type Calls = ReadonlyMap<string, ModuleCall>;

/**
 * Former names of calls, and former addresses of their resources: without these blocks, Terraform destroys the resources and
 * creates new ones.
 */
export function movedBlocks(calls: Calls, place: string, filesOf: FilesOfModule): object[] {
  const taken = new Map<string, string>();
  return [...calls.values()].flatMap((call) =>
    movesOf(call, calls, place, filesOf).map(({ from, to }) => {
      const other = taken.get(from);
      if (other !== undefined) {
        refuse(call, place, `renamedFrom: got ${from}, as ${other} does; allowed: one former address for each`);
      }
      taken.set(from, call.id);
      return { from: new Verbatim(from), to: new Verbatim(to) };
    }),
  );
}

function movesOf(call: ModuleCall, calls: Calls, place: string, filesOf: FilesOfModule) {
  const { call: former, resources } = formerOf(call);
  const moves = resourceMoves(call, resources, calls, { place, filesOf });
  if (former === undefined) return moves;
  const { id } = call;
  requireFormerName(`${place}/${id}`, former, place);
  if (calls.has(former)) {
    const own = [...calls.keys()].join(", ");
    refuse(call, place, `renamedFrom: got "${former}"; allowed: a former name, which none of ${own} is`);
  }
  // Terraform follows one block after the other, so that a resource of the former call has the new name of the call here.
  const renamed = ({ from, to }: { readonly from: string; readonly to: string }) => ({
    from: from.startsWith(`module.${former}.`) ? `module.${id}${from.slice(`module.${former}`.length)}` : from,
    to,
  });
  return [{ from: `module.${former}`, to: `module.${id}` }, ...moves.map(renamed)];
}

function formerOf({ renamedFrom = {} }: ModuleCall): Partial<FormerCall> & Pick<FormerCall, "resources"> {
  if (typeof renamedFrom === "string") return { call: renamedFrom, resources: {} };
  return isFormerCall(renamedFrom) ? renamedFrom : { resources: renamedFrom };
}

function isFormerCall(former: FormerCall | FormerCall["resources"]): former is FormerCall {
  return typeof former.resources === "object";
}

function resourceMoves(
  call: ModuleCall,
  resources: FormerCall["resources"],
  calls: Calls,
  { place, filesOf }: { readonly place: string; readonly filesOf: FilesOfModule },
) {
  const { id, specification } = call;
  return Object.entries(resources).map(([within, former]) => {
    const to = resourceOf(call, "renamedFrom", within, { place, filesOf });
    const from = addressIn(former);
    if (renamedIn(specification, filesOf).includes(within)) {
      const allowed = "one of both, as Terraform refuses two former addresses";
      refuse(
        call,
        place,
        `renamedFrom: got ${within}, which has renamedFrom in the module already; allowed: ${allowed}`,
      );
    }
    if (from === undefined || from.type !== to.type || stands(from, calls, filesOf)) {
      const allowed = `the former address of ${specification.name}'s ${within} in the state, such as ${to.type}.docs_D8583716 or module.docs.${within}`;
      return refuse(call, place, `renamedFrom: got ${former} for ${within}; allowed: ${allowed}`);
    }
    return { from: former, to: `module.${id}.${within}` };
  });
}

/** Whether the root has the resource at this address. A single key of it may be a former one. */
function stands({ modules, type, name, key }: Address, calls: Calls, filesOf: FilesOfModule): boolean {
  const [id, ...inner] = modules;
  const call = id === undefined || key !== undefined ? undefined : calls.get(id);
  return call !== undefined && hasResource(call.specification, { modules: inner, type, name }, filesOf);
}

/** Objects that exist already, and that Terraform takes into the state without a change of what is there. */
export function importBlocks(calls: Calls, place: string, filesOf: FilesOfModule): object[] {
  return [...calls.values()].flatMap((call) =>
    Object.entries(call.imports ?? {}).map(([within, id]) => {
      resourceOf(call, "imports", within, { place, filesOf });
      if (id === "") refuse(call, place, `imports: got no id for ${within}; allowed: the id that the provider imports`);
      return { to: new Verbatim(`module.${call.id}.${within}`), id };
    }),
  );
}

/** A resource of the call, or one instance of it. */
function resourceOf(
  call: ModuleCall,
  option: string,
  within: string,
  { place, filesOf }: { readonly place: string; readonly filesOf: FilesOfModule },
): Address {
  const address = addressIn(within);
  if (address !== undefined && hasResource(call.specification, address, filesOf)) return address;
  const all = resourcesOf(call.specification, filesOf).map(([, own]) => own);
  return refuse(call, place, `${option}: got ${within}; allowed: ${all.join(", ")}, with a key if there are several`);
}

function hasResource(specification: Specification, { modules, type, name }: Address, filesOf: FilesOfModule): boolean {
  const within = [...modules.map((id) => `module.${id}`), type, name].join(".");
  return resourcesOf(specification, filesOf).some(([, address]) => address === within);
}

function refuse({ id, source }: ModuleCall, place: string, problem: string): never {
  throw new InputError(placeOf(`${place}/${id}`, source()), [problem]);
}

/** `removed` blocks for resources of deleted calls: Terraform removes them from the state and keeps them in the account. */
export function removedBlocks(
  former: ReadonlyMap<string, Specification>,
  calls: ReadonlyMap<string, unknown>,
  place: string,
  filesOf: FilesOfModule,
): object[] {
  return [...former].flatMap(([id, specification]) => {
    if (calls.has(id)) throw new InputError(place, [`forget: got "${id}", which is a call; allowed: a former call`]);
    return resourcesOf(specification, filesOf)
      .filter(([type]) => outlives(type))
      .map(([, address]) => ({ from: `module.${id}.${address}`, lifecycle: { destroy: false } }));
  });
}
