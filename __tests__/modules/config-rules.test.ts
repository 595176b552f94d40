import { CONFIG_REMEDIATIONS } from "../../lib";
import { ConfigRemediationRoles } from "../../modules/config-remediation-roles";
import { ConfigRules } from "../../modules/config-rules";
import { RULE_IDS } from "../../modules/config-rules/rules";
import { describePlan } from "../support/planned";

const REMEDIATED = Object.keys(CONFIG_REMEDIATIONS);
const BOUNDARY = "module.roles.aws_iam_policy.boundary";

describePlan(
  "rules of AWS Config",
  (root) => {
    const { roleArns } = new ConfigRemediationRoles(root, "roles", {
      name: "account",
      accountId: root.props.accountId,
    });
    const all = { name: "account", recorderName: "default", remediationRoleArns: roleArns };
    new ConfigRules(root, "home", { ...all, rules: RULE_IDS });
    new ConfigRules(root, "elsewhere", { ...all, rules: ["distribution_web_acl", "key_rotated"] });
  },
  (plan) => {
    const named = (call: string, type: string) =>
      plan()
        .all(type)
        .filter(({ address }) => address.startsWith(`module.${call}.`))
        .map(({ address }) => /\.(\w+)\[0\]$/.exec(address)?.[1]);

    test("exist where they are chosen, with the corrections that belong to them", () => {
      expect(named("home", "aws_config_config_rule")).toEqual(RULE_IDS);
      expect(named("home", "aws_config_remediation_configuration")).toEqual(REMEDIATED);
      expect(named("elsewhere", "aws_config_config_rule")).toEqual(["distribution_web_acl", "key_rotated"]);
      expect(named("elsewhere", "aws_config_remediation_configuration")).toEqual(["key_rotated"]);
    });

    test("name their resource types, or are periodic, and have a severity", () => {
      const rules = "module.home.aws_config_config_rule";
      expect(plan().values(`${rules}.s3_bucket_public_access[0]`)).toMatchObject({
        name: "account-s3-bucket-public-access",
        source: [{ owner: "AWS", source_identifier: "S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED" }],
        scope: [{ compliance_resource_types: ["AWS::S3::Bucket"] }],
        tags: { Severity: "HIGH" },
      });
      expect(plan().values(`${rules}.key_rotated[0]`)).toMatchObject({
        maximum_execution_frequency: "TwentyFour_Hours",
        scope: [],
      });
    });

    test("are corrected without a person, three times at most, by the document's own role", () => {
      for (const { values } of plan().all("aws_config_remediation_configuration")) {
        expect(values).toMatchObject({
          automatic: true,
          target_type: "SSM_DOCUMENT",
          maximum_automatic_attempts: 3,
          retry_attempt_seconds: 3600,
        });
      }
      const { parameter, target_id } = plan().values(
        "module.home.aws_config_remediation_configuration.s3_bucket_versioned[0]",
      );
      expect(target_id).toBe("AWS-ConfigureS3BucketVersioning");
      expect(parameter).toEqual([
        expect.objectContaining({ name: "AutomationAssumeRole" }),
        expect.objectContaining({ name: "BucketName", resource_value: "RESOURCE_ID" }),
        expect.objectContaining({ name: "VersioningState", static_value: "Enabled" }),
      ]);
    });

    test("are corrected by roles that Systems Manager of the account assumes, within one boundary", () => {
      for (const rule of REMEDIATED) {
        const role = `module.roles.aws_iam_role.${rule}`;
        expect(plan().statements(role, "assume_role_policy")).toMatchObject({
          AssumeByService: {
            Principal: { Service: "ssm.amazonaws.com" },
            Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } },
          },
        });
        const own = plan().statements(`module.roles.aws_iam_role_policy.${rule}`);
        expect(plan().statements(BOUNDARY)).toMatchObject(own);
      }
    });

    test("are corrected with no action that deletes, and with one document for each role", () => {
      const actions = Object.values(plan().statements(BOUNDARY)).flatMap(({ Action }) => Action);
      expect(actions.filter((action) => /:\*|Delete|Terminate|Disable|Detach/.test(action))).toEqual([]);
      for (const [rule, { document }] of Object.entries(CONFIG_REMEDIATIONS)) {
        const started = Object.values(plan().statements(`module.roles.aws_iam_role_policy.${rule}`)).filter(
          ({ Action }) => Action === "ssm:StartAutomationExecution",
        );
        expect(started.map(({ Resource }) => Resource)).toEqual([
          `arn:aws:ssm:*:*:automation-definition/${document}:*`,
        ]);
      }
    });
  },
);
