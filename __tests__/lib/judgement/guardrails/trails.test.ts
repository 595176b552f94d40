import { TRAIL_ROWS } from "../../../../lib/judgement/guardrails/trails";
import { type HclValue, Reference, Unknown } from "../../../../lib/judgement/hcl";
import { resourceOf } from "./fixture";
import { proveRows } from "./rows";

const trail = (values: { readonly [argument: string]: HclValue }) => [resourceOf("aws_cloudtrail", values)];
const everywhere = (values: { readonly [argument: string]: HclValue } = {}) =>
  trail({ is_multi_region_trail: true, ...values });
const key = new Reference("module.key.aws_kms_key.this", "arn");
const category = (name: string) => ({ field: "eventCategory", equals: [name] });

proveRows(TRAIL_ROWS, {
  "trail-records-all-calls": [
    ["holds in all regions without selectors", everywhere(), "holds"],
    ["holds with an empty selector, which has all management events", everywhere({ event_selector: [{}] }), "holds"],
    [
      "holds with a selector of management events beside one of data",
      everywhere({
        advanced_event_selector: [
          { field_selector: [category("Data"), { field: "resources.type", equals: ["AWS::S3::Object"] }] },
          { field_selector: [category("Management")] },
        ],
      }),
      "holds",
    ],
    ["is broken in one region", trail({}), "broken: is_multi_region_trail = null"],
    ["is broken if it is stopped", everywhere({ enable_logging: false }), "broken: enable_logging = false"],
    [
      "is broken without the events of IAM",
      everywhere({ include_global_service_events: false }),
      "broken: include_global_service_events = false",
    ],
    [
      "is broken without management events",
      everywhere({ event_selector: [{ include_management_events: false }] }),
      "broken: event_selector.include_management_events = false",
    ],
    [
      "is broken if it records only reads",
      everywhere({ event_selector: [{ read_write_type: "ReadOnly" }] }),
      'broken: event_selector.read_write_type = "ReadOnly"',
    ],
    [
      "is broken without the use of keys",
      everywhere({ event_selector: [{ exclude_management_event_sources: ["kms.amazonaws.com"] }] }),
      'broken: event_selector.exclude_management_event_sources = ["kms.amazonaws.com"]',
    ],
    [
      "is broken if an advanced selector leaves a service out",
      everywhere({
        advanced_event_selector: [
          { field_selector: [category("Management"), { field: "eventSource", not_equals: ["kms.amazonaws.com"] }] },
        ],
      }),
      'broken: advanced_event_selector.field_selector.field = "eventSource"',
    ],
    [
      "is broken with data events alone",
      everywhere({ advanced_event_selector: [{ field_selector: [category("Data")] }] }),
      'broken: advanced_event_selector.field_selector.equals = ["Data"]',
    ],
    [
      "is unknown while its selectors are",
      everywhere({ event_selector: [{ read_write_type: new Unknown() }] }),
      "unknown: event_selector.read_write_type = (known after apply)",
    ],
  ],
  "trail-validated": [
    ["holds with digests", trail({ enable_log_file_validation: true }), "holds"],
    ["is broken without, which is the default", trail({}), "broken: enable_log_file_validation = null"],
  ],
  "trail-encrypted": [
    ["holds with a key of the root", trail({ kms_key_id: key }), "holds"],
    ["is broken without a key", trail({}), "broken: kms_key_id = null"],
  ],
  "trail-in-log-group": [
    [
      "holds with a log group and a role",
      trail({
        cloud_watch_logs_group_arn: new Reference("module.trail.aws_cloudwatch_log_group.this", "arn"),
        cloud_watch_logs_role_arn: new Reference("module.trail.aws_iam_role.log", "arn"),
      }),
      "holds",
    ],
    ["is broken without a log group", trail({}), "broken: cloud_watch_logs_group_arn = null"],
    [
      "is broken without the role",
      trail({ cloud_watch_logs_group_arn: "arn:aws:logs:eu-central-1:111122223333:log-group:trail:*" }),
      "broken: cloud_watch_logs_role_arn = null",
    ],
  ],
});
