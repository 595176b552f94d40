import { TELEMETRY } from "../../../../lib/judgement/guardrails/telemetry";
import { EncodedJson, type HclValue, Unknown } from "../../../../lib/judgement/hcl";
import { resourceOf } from "./fixture";
import { proveRows } from "./rows";

type Values = { readonly [argument: string]: HclValue };

const UNKNOWN = new Unknown();
const SHARED = ["AWS::CloudWatch::Metric", "AWS::Logs::LogGroup", "AWS::XRay::Trace"];
const MONITORS = "AWS::InternetMonitor::Monitor";

const ORGANIZATION = { StringEquals: { "aws:PrincipalOrgID": "o-shop000000" } };
const limit = (types: HclValue, operator = "ForAllValues:StringEquals") => ({
  [operator]: { "oam:ResourceTypes": types },
});
const sink = (statement: Values) => {
  const all = { Sid: "Link", Effect: "Allow", Principal: "*", Action: "oam:CreateLink", Resource: "*", ...statement };
  return resourceOf("aws_oam_sink_policy", { policy: new EncodedJson({ Version: "2012-10-17", Statement: [all] }) });
};
const link = (resource_types: HclValue) => resourceOf("aws_oam_link", { resource_types });

proveRows(TELEMETRY, {
  "oam-sink-named-accounts": [
    [
      "holds for an organization, and for an account",
      [sink({ Condition: ORGANIZATION }), sink({ Principal: { AWS: "111122223333" } })],
      "holds",
      "holds",
    ],
    [
      "is broken by everybody, also with a limit of types or addresses",
      [
        sink({}),
        sink({ Condition: limit(SHARED) }),
        sink({ Condition: { IpAddress: { "aws:SourceIp": "198.51.100.0/24" } } }),
        sink({ Principal: { AWS: ["*"] } }),
      ],
      'broken: policy, Link: "*"',
      'broken: policy, Link: "*"',
      'broken: policy, Link: "*"',
      'broken: policy, Link: "*"',
    ],
    [
      "is broken by every organization, and by everybody but some",
      [
        sink({ Condition: { StringLike: { "aws:PrincipalOrgID": "o-*" } } }),
        sink({ Principal: {}, NotPrincipal: { AWS: "111122223333" } }),
      ],
      'broken: policy, Link: "*"',
      'broken: policy, Link: {"NotPrincipal": ["111122223333"]}',
    ],
    [
      "is unknown if the policy or the principal is",
      [resourceOf("aws_oam_sink_policy", { policy: UNKNOWN }), sink({ Principal: { AWS: UNKNOWN } })],
      "unknown: policy = (known after apply)",
      "unknown: policy, Link: (known after apply)",
    ],
  ],
  "oam-telemetry-only": [
    [
      "holds for metrics, logs and traces",
      [
        link(SHARED),
        sink({ Condition: { ...ORGANIZATION, ...limit(SHARED) } }),
        sink({ Condition: limit(SHARED[0] ?? "") }),
      ],
      "holds",
      "holds",
      "holds",
    ],
    ["is broken by a link with another type", [link([...SHARED, MONITORS])], `broken: resource_types = "${MONITORS}"`],
    [
      "is broken by a sink without a limit, with another type, or with a limit that one type of many passes",
      [
        sink({}),
        sink({ Condition: limit([...SHARED, MONITORS]) }),
        sink({ Condition: limit(SHARED, "ForAnyValue:StringEquals") }),
      ],
      "broken: policy, Link: {}",
      `broken: policy, Link: {"ForAllValues:StringEquals": {"oam:ResourceTypes": ["AWS::CloudWatch::Metric", "AWS::Logs::LogGroup", "AWS::XRay::Trace", "${MONITORS}"]}}`,
      'broken: policy, Link: {"ForAnyValue:StringEquals": {"oam:ResourceTypes": ["AWS::CloudWatch::Metric", "AWS::Logs::LogGroup", "AWS::XRay::Trace"]}}',
    ],
    [
      "is unknown if a type is",
      [link([UNKNOWN]), sink({ Condition: limit([UNKNOWN]) })],
      "unknown: resource_types = (known after apply)",
      "unknown: policy, Link: (known after apply)",
    ],
  ],
});
