/** Closed by default: changes that nobody has judged, or that may weaken a protection, need the approval of security. */
import { backendsOf, isBackendJudged } from "../guardrails/state";
import { heldBy, isJudged } from "../guardrails/types";
import { isJudgedByProject } from "../guardrails/types/project";
import { isAccess, isNetworkAccess } from "./access";
import { type Change, pastOf } from "./change";
import type { Approval, GateContext } from "./context";
import { type Inside, insideOf } from "./outside";
import { endedReports } from "./reports";
import type { ActionFinding, ActionGuardrail } from "./rule";
import { sensitiveChanges } from "./sensitive";
import { STATEFUL } from "./stateful";

export const CLOSED_BY_DEFAULT: readonly ActionGuardrail[] = [
  {
    id: "unjudged-types-approved",
    title: "Resources of unjudged types are created and removed only with the approval of security",
    why: "No guardrail covers the type, and nobody has judged what it grants, stores or records.",
    severity: "high",
    controls: { hipaa: ["164.308(a)(1)(ii)(A)"], soc2: ["CC3.2", "CC8.1"], gdpr: ["25(2)"] },
    allowed: "a type that a guardrail covers or that the project has judged in main.ts, or an approval by security",
    judge: (context) =>
      context.changes
        .filter((change) => !hasOwnRule(change) && isUnjudged(change, context))
        .map((change) => ({
          address: change.address,
          got: `${pastOf(change)} resource of the unjudged type ${change.type}`,
          approval: "security",
        })),
  },
  {
    id: "unjudged-backend-approved",
    title: "State is written to an unjudged backend only with the approval of security",
    why: "State contains all values of resources, and nobody has judged how the backend encrypts them.",
    severity: "high",
    controls: { hipaa: ["164.312(a)(2)(iv)"], soc2: ["CC6.1", "CC8.1"], gdpr: ["32(1)(a)"] },
    allowed:
      "a backend whose encryption a guardrail covers, or that the project has judged in main.ts, or an approval by security",
    judge: ({ plan, root, judged }) =>
      backendsOf(root)
        .filter(([type]) => plan.applyable && !isBackendJudged(type, judged))
        .map(([type]) => ({
          address: root.path,
          got: `a state in the unjudged backend ${type}`,
          approval: "security",
        })),
  },
  {
    id: "records-kept",
    title: "Resources that record or monitor events are removed only with the approval of security",
    why: "Without the record, nobody notices an incident and nobody can reconstruct it.",
    severity: "high",
    controls: { hipaa: ["164.312(b)", "164.308(a)(1)(ii)(D)"], soc2: ["CC7.2", "CC7.3"], gdpr: ["32(1)(d)"] },
    allowed: "an approval by security",
    judge: (context) => [
      ...context.changes
        .filter(({ type, after }) => after === undefined && heldBy(type) === "logging")
        .flatMap((change) => heldFinding(change, "records of events", "security")),
      ...endedReports(context),
    ],
  },
  {
    id: "held-data-approved",
    title: "Resources that hold or protect data are removed only with an approval by the owner of the data",
    why: "An apply cannot restore data, and a missing backup is noticed only when somebody needs it.",
    severity: "high",
    controls: { hipaa: ["164.308(a)(7)(ii)(A)"], soc2: ["A1.2", "CC8.1"], gdpr: ["32(1)(b)", "32(1)(c)"] },
    allowed: "an approval by the owner of the data",
    judge: ({ changes }) =>
      changes
        .filter(({ type, action }) => ENDS.has(action) && heldBy(type) === "data" && STATEFUL[type] === undefined)
        .flatMap((change) => heldFinding(change, "data or backups", "data")),
  },
  {
    id: "sensitive-arguments-approved",
    title: "Arguments that affect security change only with the approval of security",
    why: "A changed switch, key, target or period can weaken a protection that other rules rely on.",
    severity: "high",
    controls: { hipaa: ["164.308(a)(4)(ii)(C)", "164.312(b)"], soc2: ["CC6.1", "CC7.2", "CC8.1"], gdpr: ["32(1)(b)"] },
    allowed: "a change that strengthens the protection, or an approval by security",
    judge: (context) => {
      const inside = insideOf(context);
      return context.changes
        .filter((change) => !hasOwnRule(change))
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

/** Changes of permissions and network paths need the same approval under their own rules. */
function hasOwnRule(change: Change): boolean {
  return isAccess(change) || isNetworkAccess(change);
}

function sensitive(change: Change, inside: Inside, judged: GateContext["judged"]): ActionFinding[] {
  const found = sensitiveChanges(change, inside).filter(
    ({ mark }) => mark !== "unknown" || !isJudgedByProject(change.type, judged),
  );
  if (found.length === 0) return [];
  const arguments_ = found.map(({ path, mark }) => `${path} (${mark})`).join(", ");
  const got = `${change.before === undefined ? "new resource with" : "changed"} ${arguments_}`;
  return [{ address: change.address, got, approval: "security" }];
}
