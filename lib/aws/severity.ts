/** How urgent an alarm is: a tag of it, and whether it pages a person. */
import { z } from "zod";
import type { Expression } from "../generator/expression/code";
import { hcl } from "../generator/expression/expression";

export const SEVERITY = z.enum(["Critical", "High", "Warning"]).nullable().default(null);

interface Told {
  readonly topicArn: Expression<string>;
  readonly pageTopicArn: Expression<string | null>;
}

/** Arguments of an alarm. */
export function notified({ topicArn, pageTopicArn }: Told, severity: Expression<z.output<typeof SEVERITY>>) {
  const actions = hcl<string[]>`${severity} == "Critical" ? compact([${topicArn}, ${pageTopicArn}]) : [${topicArn}]`;
  return {
    alarmActions: actions,
    okActions: actions,
    tags: hcl<Record<string, string>>`${severity} == null ? null : { Severity = ${severity} }`,
  };
}
