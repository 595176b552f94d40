/** Telemetry that accounts share with a central account: cross-account observability of CloudWatch. */
import { byType, type Judge, judgeValues } from "./attributes";
import { CALLER, type ConditionSubject } from "./condition-keys";
import { restricts } from "./conditions";
import type { ResourceGuardrail } from "./guardrail";
import { hasWildcard } from "./patterns";
import type { Statement } from "./policies";
import { type Answer, eachAllowed, openAmong, unless, wrongAmong } from "./statements";
import { itemsAt } from "./values";

const SHARED: readonly string[] = ["AWS::CloudWatch::Metric", "AWS::Logs::LogGroup", "AWS::XRay::Trace"];

export const TELEMETRY = [
  {
    id: "oam-sink-named-accounts",
    title: "A sink of CloudWatch admits named accounts, or those of an organization",
    why: "Any account of AWS can link itself to the sink. The people of the central account then read what a stranger writes among their own logs and metrics.",
    severity: "high",
    controls: { soc2: ["CC6.1", "CC7.2"], gdpr: ["32(1)(b)"] },
    allowed:
      "accounts in Principal, or a condition on aws:PrincipalOrgID, aws:PrincipalOrgPaths, aws:PrincipalAccount or aws:PrincipalArn",
    types: ["aws_oam_sink_policy"],
    judge: eachAllowed("policy", admitsNamed),
  },
  {
    id: "oam-telemetry-only",
    title: "Accounts share metrics, logs and traces with a central account, and nothing else",
    why: "A link shows the central account every resource of its types. Nobody has reviewed what the other types contain.",
    severity: "medium",
    controls: { soc2: ["CC6.1", "CC6.3"], gdpr: ["25(2)"] },
    allowed: `of ${SHARED.join(", ")}: resource_types of a link, and ForAllValues:StringEquals on oam:ResourceTypes in each statement of a sink`,
    types: ["aws_oam_link", "aws_oam_sink_policy"],
    judge: byType({
      aws_oam_link: linksTelemetry,
      aws_oam_sink_policy: eachAllowed("policy", admitsTelemetry),
    }),
  },
] as const satisfies readonly ResourceGuardrail[];

function admitsNamed(statement: Statement): Answer {
  const ids = statement.principals.map(({ id }) => id);
  const others = statement.notPrincipals.map(({ id }) => id);
  const wrong = others.length > 0 ? { wrong: { NotPrincipal: others } } : wrongAmong(ids, hasWildcard);
  return unless(restricts(statement, ACCOUNT), wrong ?? openAmong(ids));
}

/** The caller's account or organization. A range of addresses restricts no account. */
const ACCOUNT: ConditionSubject = (key) => (key.startsWith("aws:principal") ? CALLER(key) : undefined);

function linksTelemetry({ values }: Parameters<Judge>[0]) {
  return judgeValues("resource_types", itemsAt(values, "resource_types"), (type) => SHARED.includes(String(type)));
}

/** A link always has types, so that a condition on all of them cannot pass without one. */
function admitsTelemetry({ conditions, openConditions, condition }: Statement): Answer {
  const limits = conditions.filter(
    ({ key, test, quantifier }) => key === "oam:resourcetypes" && test === "stringequals" && quantifier === "all",
  );
  if (limits.some(({ values }) => values.every((type) => SHARED.includes(String(type))))) return undefined;
  return openAmong([...openConditions, ...limits.flatMap(({ values }) => values)]) ?? { wrong: condition };
}
