/** CloudTrail: which calls a trail records, and whether its records can be read and trusted. */
import type { ResourceInstance } from "../configuration";
import type { HclValue } from "../hcl";
import { KEY_OF_ACCOUNT, keyOfAccount } from "./account-keys";
import { all, allows, either, equals, given, type Judge, judgeAt, worst } from "./attributes";
import { HOLDS, type ResourceGuardrail, type Verdict } from "./guardrail";
import { isAbsent, isEmpty, itemsAt, many } from "./values";

const TRAILS = ["aws_cloudtrail"] as const;

export const TRAIL_ROWS = [
  {
    id: "trail-records-all-calls",
    title: "A trail records every call that changes or reads the settings of the account, in all regions",
    why: "What the trail does not record leaves no evidence: somebody who is inside works in another region, or through a service that is left out.",
    severity: "high",
    controls: { hipaa: ["164.312(b)"], soc2: ["CC7.2", "CC7.3"], fsbp: ["CloudTrail.1"] },
    allowed:
      "is_multi_region_trail = true, neither enable_logging nor include_global_service_events = false, and no selectors, or one with all management events",
    types: TRAILS,
    judge: all(
      equals("is_multi_region_trail", true),
      allows("enable_logging", (value) => value !== false),
      allows("include_global_service_events", (value) => value !== false),
      selectsAllCalls,
    ),
  },
  {
    id: "trail-validated",
    title: "A trail writes digests of its files",
    why: "Without digests, nobody can prove that a file was not changed or removed after its delivery.",
    severity: "medium",
    controls: { hipaa: ["164.312(b)", "164.312(c)(1)"], soc2: ["CC7.2", "PI1.5"], fsbp: ["CloudTrail.4"] },
    allowed: "enable_log_file_validation = true",
    types: TRAILS,
    judge: equals("enable_log_file_validation", true),
  },
  {
    id: "trail-encrypted",
    title: "A trail is encrypted with a customer managed KMS key",
    why: "The records have names, addresses and parameters of calls. The policy of the key decides who reads them, beside that of the bucket.",
    severity: "medium",
    controls: { hipaa: ["164.312(a)(2)(iv)"], soc2: ["CC6.1"], gdpr: ["32(1)(a)"], fsbp: ["CloudTrail.2"] },
    allowed: `kms_key_id with ${KEY_OF_ACCOUNT}`,
    types: TRAILS,
    judge: keyOfAccount("kms_key_id"),
  },
  {
    id: "trail-in-log-group",
    title: "A trail sends its events to a log group",
    why: "Alarms and searches read the log group. In the bucket alone, a stolen role is found when somebody looks.",
    severity: "medium",
    controls: { hipaa: ["164.308(a)(1)(ii)(D)"], soc2: ["CC7.2", "CC7.3"], fsbp: ["CloudTrail.5"] },
    allowed: "cloud_watch_logs_group_arn and cloud_watch_logs_role_arn",
    types: TRAILS,
    judge: all(given("cloud_watch_logs_group_arn"), given("cloud_watch_logs_role_arn")),
  },
] as const satisfies readonly ResourceGuardrail[];

/**
 * A trail without selectors records all management events; with selectors, it records those that one of them selects.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-management-events-with-cloudtrail.html
 */
function selectsAllCalls(resource: ResourceInstance, root: Parameters<Judge>[1]): Verdict {
  const verdicts = [
    ...blocksAt(resource, "event_selector").map(basic),
    ...blocksAt(resource, "advanced_event_selector").map(advanced),
  ];
  if (verdicts.length === 0) return HOLDS;
  return either(...verdicts.map((verdict) => () => verdict))(resource, root);
}

function blocksAt({ values }: ResourceInstance, blocks: string): HclValue[] {
  return itemsAt(values, blocks).filter((block) => block !== null);
}

function basic(selector: HclValue): Verdict {
  const at = (path: string, test: (value: HclValue) => boolean) => judgeAt(selector, path, test, "event_selector.");
  return worst([
    at("include_management_events", (value) => value !== false),
    at("read_write_type", (value) => isAbsent(value) || value === "All"),
    at("exclude_management_event_sources", isEmpty),
  ]);
}

function advanced(selector: HclValue): Verdict {
  const at = (path: string, test: (value: HclValue) => boolean) =>
    judgeAt(selector, path, test, "advanced_event_selector.");
  return worst([
    at("field_selector.field", (field) => field === "eventCategory"),
    at("field_selector.equals", (categories) => many(categories).includes("Management")),
  ]);
}
