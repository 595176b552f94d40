/** The definition of a planned state machine, and the states that its executions can reach. */
import { z } from "zod";
import type { Planned } from "./planned";

const STATE = z.looseObject({
  Type: z.string(),
  Next: z.string().optional(),
  Default: z.string().optional(),
  Choices: z.array(z.object({ Next: z.string() })).default([]),
  Catch: z.array(z.object({ ErrorEquals: z.array(z.string()), Next: z.string() })).default([]),
});
const MACHINE = z.object({
  QueryLanguage: z.literal("JSONata"),
  StartAt: z.string(),
  States: z.record(z.string(), STATE),
});
type Machine = z.infer<typeof MACHINE>;

export function machineOf(plan: Planned, module: string): Machine {
  return MACHINE.parse(plan.document(`module.${module}.aws_sfn_state_machine.this`, "definition"));
}

/** States that an execution can reach without passing through the barrier. */
export function reachable({ StartAt, States }: Machine, barrier: string): Set<string> {
  const reached = new Set<string>();
  const open = [StartAt];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const state = States[name];
    if (state === undefined) throw new Error(`${name} is no state; states: ${Object.keys(States).join(", ")}`);
    if (reached.has(name) || name === barrier) continue;
    reached.add(name);
    const nexts = [
      state.Next,
      state.Default,
      ...state.Choices.map(({ Next }) => Next),
      ...state.Catch.map(({ Next }) => Next),
    ];
    open.push(...nexts.filter((next) => next !== undefined));
  }
  return reached;
}
