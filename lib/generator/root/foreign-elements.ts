/** Elements of CDKTF that an author makes by `new` in a root. None of them would be in the tree. */
import { TerraformElement, TerraformProvider } from "cdktf";
import type { IConstruct } from "constructs";
import { mistake } from "../expression/source";
import type { Root } from "./root";

/** @throws InputError for an element that neither the root nor a function of Groundplan made */
export function refuseForeignElements(root: Root): void {
  const own = new Set<IConstruct>([root, ...root.configurations.values()]);
  const foreign = root.node
    .findAll()
    .find((one) => TerraformElement.isTerraformElement(one) && !own.has(one) && !root.sources.has(one.node.id));
  if (foreign === undefined) return;
  const [, child = root] = foreign.node.scopes.slice(root.node.scopes.length - 1);
  const type = foreign.constructor.name;
  const instead =
    foreign instanceof TerraformProvider
      ? `root.provider(${type}, { … })`
      : "module calls, root.provider() and root.output()";
  throw mistake(
    `got "${foreign.node.id}", ${/^[AEIOU]/.test(type) ? "an" : "a"} ${type} that new made in a root; allowed: ${instead}`,
    root.address,
    root.lines.get(child.node.id) ?? (() => undefined),
  );
}
