/** What a rule about a plan's actions is. */
import type { GuardrailDescription } from "../guardrails/guardrail";
import type { Approval, GateContext } from "./context";

/** Where an action guardrail is not kept. */
export interface ActionFinding {
  readonly address: string;
  readonly got: string;
  /** Whose approval makes it right; nobody's where there is none. */
  readonly approval?: Approval;
}

export interface ActionGuardrail extends GuardrailDescription {
  judge(context: GateContext): readonly ActionFinding[];
}
