/** Resources that CDKTF's own classes made in `build`: `new S3Bucket(this, …)` in the constructor of a construct. */
import { TerraformDataSource, TerraformElement, TerraformResource } from "cdktf";
import { z } from "zod";
import { requireName } from "../expression/names";
import type { Namespace } from "../expression/namespace";
import { mistake } from "../expression/source";
import { isToken } from "../expression/token";
import { Template } from "../synth/tree";
import type { Specification } from "./specification";
import { refuseRegion } from "./used-providers";

type Typed = Readonly<Record<string, Readonly<Record<string, object>>>>;

/** A resource of a class of CDKTF. */
type Foreign = TerraformDataSource | TerraformResource;

/**
 * Records the resources that were made by `new`, so that they have a source and an address of their own.
 * @returns their addresses
 * @throws InputError for another element of CDKTF, with the call that takes its place
 */
export function adoptResources(scope: Namespace, { source }: Specification): ReadonlySet<string> {
  const foreign = scope.node
    .findAll()
    .filter((construct) => TerraformElement.isTerraformElement(construct))
    .filter(({ node }) => !scope.sources.has(node.id));
  return new Set(
    foreign.map((element) => {
      if (!(element instanceof TerraformResource || element instanceof TerraformDataSource)) {
        throw mistake(
          `got ${element.node.path.slice(scope.node.path.length + 1)}, a ${element.constructor.name} of CDKTF; ` +
            `allowed: resources and data sources; ${INSTEAD[element.constructor.name] ?? "use the functions of Groundplan"}`,
          scope.address,
          source,
        );
      }
      const address = addressOf(element);
      requireName(`${scope.address}, ${element.node.path}`, element.friendlyUniqueId);
      scope.addSource(address, source);
      return address;
    }),
  );
}

const INSTEAD: Readonly<Record<string, string>> = {
  TerraformHclModule: "call the module from a root",
  TerraformLocal: "use local()",
  TerraformOutput: "return the value from build() as an output",
  TerraformVariable: "declare an input of the module, and pass it to the class",
};

function addressOf(element: Foreign): string {
  const kind = element instanceof TerraformDataSource ? "data." : "";
  return `${kind}${element.terraformResourceType}.${element.friendlyUniqueId}`;
}

const BODY = z.record(z.string(), z.unknown());

/**
 * The blocks of a module. In resources of CDKTF's classes, `${…}` is an expression, as CDKTF writes references in this form.
 * @param kind `data.` for data sources
 */
export function bodiesOf(
  blocks: Typed | undefined,
  {
    kind,
    adopted,
    owner,
  }: { readonly kind: "" | "data."; readonly adopted: ReadonlySet<string>; readonly owner: string },
): object | undefined {
  if (blocks === undefined) return undefined;
  return Object.fromEntries(
    Object.entries(blocks).map(([type, named]) => [
      type,
      Object.fromEntries(
        Object.entries(named).map(([name, body]) => {
          const own: object = { ...body, "//": undefined };
          const address = `${kind}${type}.${name}`;
          if (!adopted.has(address)) return [name, own];
          if (kind === "") refuseRegion(`${owner}/${address}`, type, own);
          return [name, asTemplates(own, `${owner}/${address}`)];
        }),
      ),
    ]),
  );
}

function asTemplates(value: unknown, place: string): unknown {
  if (typeof value === "string") {
    if (!isToken(value)) return new Template(value);
    throw mistake(`got ${value}, a token of CDKTF that was changed in TypeScript; allowed: Fn of CDKTF`, place);
  }
  if (Array.isArray(value)) return value.map((item) => asTemplates(item, place));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(BODY.parse(value)).map(([key, item]) => [key, asTemplates(item, place)]));
}
