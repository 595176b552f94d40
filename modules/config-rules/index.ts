import { ConfigConfigRule } from "@cdktf/provider-aws/lib/config-config-rule";
import { ConfigRemediationConfiguration } from "@cdktf/provider-aws/lib/config-remediation-configuration";
import { z } from "zod";
import {
  type Choice,
  CONFIG_REMEDIATIONS,
  type ConfigRemediation,
  condition,
  defineModule,
  hcl,
  resourceIf,
  resourceName,
  set,
} from "../../lib";
import { RULE_IDS, RULES, type RuleId } from "./rules";

/**
 * Three attempts within an hour: a document that fails three times needs a person.
 * @see https://docs.aws.amazon.com/config/latest/APIReference/API_RemediationConfiguration.html
 */
const ATTEMPTS = { maximumAutomaticAttempts: 3, retryAttemptSeconds: 3600 } as const;

export const ConfigRules = defineModule({
  name: "config-rules",
  description:
    "Rules of AWS Config in one region of an account, and the correction of what they find. A correction runs without a person, and sets only what the modules of this project declare. Rules without a correction report: nobody can encrypt an existing database, and a correction of a policy would differ from Terraform's.",
  inputs: {
    name: resourceName(40).describe("First part of the names of the rules: `<name>-<rule>`."),
    recorderName: z
      .string()
      .min(1)
      .describe("Recorder of the region, from the `config-recorder` module: AWS refuses a rule without one."),
    rules: set(z.enum(RULE_IDS))
      .min(1)
      .describe(
        "Rules of the region. `s3_account_public_access` is about the whole account: choose it in one region. Those of distributions exist in us-east-1 only.",
      ),
    remediationRoleArns: z
      .record(z.string(), z.string())
      .describe("Roles of the corrections by rule, from the `config-remediation-roles` module."),
  },
  outputs: {
    severities: z.record(z.string(), z.string()).describe("Severity of each rule by its name: HIGH, MEDIUM or LOW."),
  },
  example: {
    name: "account",
    recorderName: "default",
    rules: RULE_IDS,
    remediationRoleArns: Object.fromEntries(
      Object.keys(CONFIG_REMEDIATIONS).map((rule) => [
        rule,
        `arn:aws:iam::111122223333:role/account-remediation-${rule.replaceAll("_", "-")}`,
      ]),
    ),
  },
  build(scope, input) {
    for (const id of RULE_IDS) {
      const { identifier, title, resourceTypes, severity, trigger } = RULES[id];
      const chosen: Choice = condition`contains(${input.rules}, ${id})`;
      const rule = resourceIf(scope, ConfigConfigRule, id, chosen, {
        name: `${input.name}-${id.replaceAll("_", "-")}`,
        description: `${title}. Recorder: ${input.recorderName}`,
        source: { owner: "AWS", sourceIdentifier: identifier },
        ...(trigger === "change"
          ? { scope: { complianceResourceTypes: resourceTypes } }
          : { maximumExecutionFrequency: "TwentyFour_Hours" }),
        tags: { Severity: severity },
      });
      if (isRemediated(id)) {
        const { document, resourceType, idParameter, settings }: ConfigRemediation = CONFIG_REMEDIATIONS[id];
        resourceIf(scope, ConfigRemediationConfiguration, id, chosen, {
          configRuleName: hcl<string>`${rule}[0].name`,
          targetType: "SSM_DOCUMENT",
          targetId: document,
          resourceType,
          automatic: true,
          ...ATTEMPTS,
          // The provider reads them in this order; with another one, each plan has a change.
          parameter: [
            { name: "AutomationAssumeRole", staticValue: hcl<string>`${input.remediationRoleArns}[${id}]` },
            { name: idParameter, resourceValue: "RESOURCE_ID" },
            ...Object.entries(settings).map(([name, staticValue]) => ({ name, staticValue })),
          ].sort((one, other) => (one.name < other.name ? -1 : 1)),
        });
      }
    }
    const severities = Object.fromEntries(RULE_IDS.map((id) => [id, RULES[id].severity]));
    return {
      severities: hcl<
        Record<string, string>
      >`{ for id, severity in ${severities} : format("%s-%s", ${input.name}, replace(id, "_", "-")) => severity if contains(${input.rules}, id) }`,
    };
  },
});

function isRemediated(id: RuleId): id is RuleId & keyof typeof CONFIG_REMEDIATIONS {
  return id in CONFIG_REMEDIATIONS;
}
