/** Services that AWS has ended or closed, so that they are reported before an apply fails. */
import { USED_BEFORE_CLOSING } from "../../aws/closed-services";
import type { ResourceInstance } from "../configuration";
import { forbidden, where } from "./attributes";
import { broken, HOLDS, type ResourceGuardrail, type Verdict } from "./guardrail";
import { isText } from "./values";

interface Discontinued {
  /** Prefix of the service's resource types; a full type if it does not end with `_`. */
  readonly prefix: string;
  readonly service: string;
  readonly since: string;
  readonly instead: string;
}

/** Services that no longer work. @see https://aws.amazon.com/products/lifecycle/ */
export const ENDED: readonly Discontinued[] = [
  { prefix: "aws_appmesh_", service: "App Mesh", since: "2026-09-30", instead: "ECS Service Connect" },
  { prefix: "aws_elastictranscoder_", service: "Elastic Transcoder", since: "2025-11-13", instead: "MediaConvert" },
  { prefix: "aws_evidently_", service: "CloudWatch Evidently", since: "2025-10-17", instead: "AppConfig" },
  { prefix: "aws_inspector_", service: "Inspector Classic", since: "2026-05-20", instead: "aws_inspector2_enabler" },
  {
    prefix: "aws_kinesis_analytics_application",
    service: "Kinesis Data Analytics for SQL",
    since: "2026-01-27",
    instead: "aws_kinesisanalyticsv2_application with Flink",
  },
  { prefix: "aws_lex_", service: "Lex V1", since: "2025-09-15", instead: "aws_lexv2models_bot" },
  { prefix: "aws_media_store_", service: "MediaStore", since: "2025-11-13", instead: "S3" },
  { prefix: "aws_opsworks_", service: "OpsWorks", since: "2024-05-26", instead: "Systems Manager" },
  { prefix: "aws_pinpoint_", service: "Pinpoint", since: "2026-10-30", instead: "SES and End User Messaging" },
  { prefix: "aws_qldb_", service: "QLDB", since: "2025-07-31", instead: "Aurora PostgreSQL" },
  { prefix: "aws_waf_", service: "WAF Classic", since: "2025-09-30", instead: "aws_wafv2_web_acl" },
  { prefix: "aws_wafregional_", service: "WAF Classic", since: "2025-09-30", instead: "aws_wafv2_web_acl" },
  { prefix: "aws_worklink_", service: "WorkLink", since: "2022-04-19", instead: "WorkSpaces Secure Browser" },
];

/** Services that only accounts with earlier use can use. @see https://aws.amazon.com/products/lifecycle/ */
export const CLOSED_TO_NEW_CUSTOMERS: readonly Discontinued[] = [
  { prefix: "aws_apprunner_", service: "App Runner", since: "2026-04-30", instead: "ECS on Fargate" },
  {
    prefix: "aws_auditmanager_",
    service: "Audit Manager",
    since: "2026-04-30",
    instead: "conformance packs of Config",
  },
  { prefix: "aws_cloud9_", service: "Cloud9", since: "2024-07-25", instead: "CloudShell" },
  { prefix: "aws_cloudsearch_", service: "CloudSearch", since: "2024-07-25", instead: "OpenSearch" },
  { prefix: "aws_codecatalyst_", service: "CodeCatalyst", since: "2025-11-07", instead: "GitHub" },
  { prefix: "aws_codegurureviewer_", service: "CodeGuru Reviewer", since: "2025-11-07", instead: "Inspector" },
  { prefix: "aws_datapipeline_", service: "Data Pipeline", since: "2024-07-25", instead: "Glue or Step Functions" },
  { prefix: "aws_glacier_", service: "Glacier vaults", since: "2025-12-15", instead: "S3 with storage class GLACIER" },
  {
    prefix: "aws_launch_configuration",
    service: "launch configurations",
    since: "2024-10-01",
    instead: "aws_launch_template",
  },
  {
    prefix: "aws_s3control_object_lambda_",
    service: "S3 Object Lambda",
    since: "2025-11-07",
    instead: "Lambda in front of S3",
  },
  { prefix: "aws_simpledb_", service: "SimpleDB", since: "2024-07-25", instead: "DynamoDB" },
  {
    prefix: "aws_ssmincidents_",
    service: "Incident Manager",
    since: "2025-11-07",
    instead: "alarms to SNS, or PagerDuty",
  },
  {
    prefix: "aws_timestreamquery_",
    service: "Timestream for LiveAnalytics",
    since: "2025-06-20",
    instead: "Timestream for InfluxDB",
  },
  {
    prefix: "aws_timestreamwrite_",
    service: "Timestream for LiveAnalytics",
    since: "2025-06-20",
    instead: "Timestream for InfluxDB",
  },
];

const CLOSED = notIn(CLOSED_TO_NEW_CUSTOMERS, "closed to new customers");

export const AVAILABLE_SERVICES = [
  {
    id: "service-not-ended",
    title: "No resource belongs to a service that AWS has ended",
    why: "The plan succeeds and the apply fails, or existing resources are gone.",
    severity: "high",
    controls: { soc2: ["A1.2"] },
    allowed: "services that AWS continues",
    types: ["*"],
    judge: notIn(ENDED, "ended"),
  },
  {
    id: "service-open-to-new-customers",
    title:
      "No resource belongs to a service that accepts no new customers, unless a tag says that the account used it before",
    why: "A new account cannot use it, so a new environment or a recovery in another account fails; and AWS does not improve it.",
    severity: "medium",
    controls: { soc2: ["A1.2"] },
    allowed: `services that are open to every account, or the tag ${USED_BEFORE_CLOSING} with the statement that this account used the service before`,
    types: ["*"],
    judge: (resource, root) => {
      const verdict = CLOSED(resource);
      if (verdict.outcome === "holds") return verdict;
      return where(`tags.${USED_BEFORE_CLOSING}`, (statement) => !isText(statement), CLOSED)(resource, root);
    },
  },
  {
    id: "load-balancer-current",
    title: "Load balancers are of the current generation",
    why: "A classic load balancer supports neither TLS 1.3 nor a web ACL, and the rules for current load balancers do not cover it.",
    severity: "medium",
    controls: { soc2: ["CC6.6", "CC6.7"] },
    allowed: "aws_lb",
    types: ["aws_elb"],
    judge: forbidden,
  },
] as const satisfies readonly ResourceGuardrail[];

function notIn(table: readonly Discontinued[], what: string): (resource: ResourceInstance) => Verdict {
  const known = new Map<string, Verdict>();
  const verdictOn = (type: string): Verdict => {
    const found = table.find(({ prefix }) => (prefix.endsWith("_") ? type.startsWith(prefix) : type === prefix));
    if (found === undefined) return HOLDS;
    return broken(`${type}: ${found.service}, ${what} since ${found.since}; use ${found.instead}`);
  };
  return ({ type }) => {
    const verdict = known.get(type) ?? verdictOn(type);
    known.set(type, verdict);
    return verdict;
  };
}
