/** Inputs and outputs of a root of sandboxes. */
import type { Root } from "./root";
import { SANDBOX_VALUES, type Sandboxes } from "./sandbox";

/**
 * Declares the inputs of a root of sandboxes, and the outputs that record them in the state, from which `groundplan sandboxes`
 * reads them.
 * @returns `name`, a part of all names; `owner`, a GitHub login; `lastDay`, after which the sandbox is destroyed; `slot`, the
 * number of its address block, from 0
 */
export function declareSandbox(root: Root, { slots }: Sandboxes) {
  const { name, owner, last_day, slot } = SANDBOX_VALUES.shape;
  const inputs = {
    name: root.input("name", name.describe("Name of the sandbox."), { standIn: "example" }),
    owner: root.input("owner", owner.describe("GitHub login of its owner."), { standIn: "example" }),
    lastDay: root.input("lastDay", last_day.describe("Day after which it is destroyed."), { standIn: "2026-12-31" }),
    slot: root.input("slot", slot.max(slots - 1).describe("Number of its address block."), { standIn: 0 }),
  };
  root.output("name", inputs.name, "Name of the sandbox.");
  root.output("owner", inputs.owner, "GitHub login of its owner.");
  root.output("last_day", inputs.lastDay, "Day after which the sandbox is destroyed.");
  root.output("slot", inputs.slot, "Number of its address block.");
  return inputs;
}
