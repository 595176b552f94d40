/** The type of a rule about the changes of a plan. */
import type { GuardrailDescription } from "../guardrails/guardrail";
import type { Approval, GateContext } from "./context";

/** A place where a plan breaks a rule. */
export interface ActionFinding {
  readonly address: string;
  readonly got: string;
  /** The approval that resolves the finding; without one, the plan is refused. */
  readonly approval?: Approval;
}

export interface ActionGuardrail extends GuardrailDescription {
  judge(context: GateContext): readonly ActionFinding[];
}
