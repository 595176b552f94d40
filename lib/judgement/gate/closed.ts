/** Closed by default: what nobody has judged, and what may weaken a protection, passes with the approval of security only. */
import { heldBy, isJudged } from "../guardrails/types";
import { isJudgedByProject } from "../guardrails/types/project";
import { isAccess, isNetworkAccess } from "./access";
import { type Change, pastOf } from "./change";
import type { Approval, GateContext } from "./context";
import { type Inside, insideOf } from "./outside";
import type { ActionFinding, ActionGuardrail } from "./rule";
import { sensitiveChanges } from "./sensitive";
import { STATEFUL } from "./stateful";

export const CLOSED_BY_DEFAULT: readonly ActionGuardrail[] = [
  {
    id: "unjudged-types-approved",
    title: "A resource of a type that nobody has judged comes and goes only with the approval of security",
    why: "No guardrail looks at the type, and nobody knows what it gives access to, stores or records.",
    severity: "high",
    controls: { hipaa: ["164.308(a)(1)(ii)(A)"], soc2: ["CC3.2", "CC8.1"], gdpr: ["25(2)"] },
    allowed: "a type that a guardrail is about, or that the project has judged in main.ts, or an approval by security",
    judge: (context) =>
      context.changes
        .filter((change) => !isNamedAlready(change) && isUnjudged(change, context))
        .map((change) => ({
          address: change.address,
          got: `${pastOf(change)} resource of ${change.type}, which nobody has judged`,
          approval: "security",
        })),
  },
  {
    id: "records-kept",
    title: "What records or watches events ends only with the approval of security",
    why: "Without the record, nobody notices an incident and nobody can reconstruct it.",
    severity: "high",
    controls: { hipaa: ["164.312(b)", "164.308(a)(1)(ii)(D)"], soc2: ["CC7.2", "CC7.3"], gdpr: ["32(1)(d)"] },
    allowed: "an approval by security",
    judge: ({ changes }) =>
      changes
        .filter(({ type, after }) => after === undefined && heldBy(type) === "logging")
        .flatMap((change) => heldFinding(change, "records of events", "security")),
  },
  {
    id: "held-data-approved",
    title: "What holds or protects data ends only with the approval of who answers for the data",
    why: "No apply brings data back, and a backup that nobody makes any more is missed when it is needed.",
    severity: "high",
    controls: { hipaa: ["164.308(a)(7)(ii)(A)"], soc2: ["A1.2", "CC8.1"], gdpr: ["32(1)(b)", "32(1)(c)"] },
    allowed: "an approval by who answers for the data",
    judge: ({ changes }) =>
      changes
        .filter(({ type, action }) => ENDS.has(action) && heldBy(type) === "data" && STATEFUL[type] === undefined)
        .flatMap((change) => heldFinding(change, "data, or its backups", "data")),
  },
  {
    id: "sensitive-arguments-approved",
    title: "Arguments that protect something change only with the approval of security",
    why: "A switch, a key, a target or a period can open or end what other rules take for granted.",
    severity: "high",
    controls: { hipaa: ["164.308(a)(4)(ii)(C)", "164.312(b)"], soc2: ["CC6.1", "CC7.2", "CC8.1"], gdpr: ["32(1)(b)"] },
    allowed: "a change that makes the protection stronger, or an approval by security",
    judge: (context) => {
      const inside = insideOf(context);
      return context.changes
        .filter((change) => !isNamedAlready(change))
        .flatMap((one) => sensitive(one, inside, context.judged));
    },
  },
];

function isUnjudged(change: Change, { judged }: GateContext): boolean {
  const { type, action } = change;
  return action !== "update" && action !== "move" && !isJudged(type) && !isJudgedByProject(type, judged);
}

const ENDS: ReadonlySet<Change["action"]> = new Set(["replace", "delete", "forget"]);

function heldFinding(change: Change, holds: string, approval: Approval): ActionFinding[] {
  return [{ address: change.address, got: `${pastOf(change)} ${change.type}, which holds ${holds}`, approval }];
}

/** Every change of access and of network paths asks for the same approval by itself. */
function isNamedAlready(change: Change): boolean {
  return isAccess(change) || isNetworkAccess(change);
}

function sensitive(change: Change, inside: Inside, judged: GateContext["judged"]): ActionFinding[] {
  const found = sensitiveChanges(change, inside).filter(
    ({ mark }) => mark !== "unknown" || !isJudgedByProject(change.type, judged),
  );
  if (found.length === 0) return [];
  const arguments_ = found.map(({ path, mark }) => `${path} (${mark})`).join(", ");
  const got = `${change.before === undefined ? "opens the account by" : "another"} ${arguments_}`;
  return [{ address: change.address, got, approval: "security" }];
}
