/** The author's lines of constructs that are made by `new`. */
import type { IConstruct, Node } from "constructs";
import { type CallSite, callSite } from "../expression/source";

/** Records the author's line of each construct in a root, which `constructs` does not. */
export function linesOfChildren(node: Node): ReadonlyMap<string, CallSite> {
  const lines = new Map<string, CallSite>();
  const addChild: unknown = Reflect.get(node, "addChild");
  if (typeof addChild !== "function") return lines;
  Object.defineProperty(node, "addChild", {
    value(child: IConstruct, name: string): void {
      lines.set(name, callSite());
      Reflect.apply(addChild, node, [child, name]);
    },
  });
  return lines;
}
