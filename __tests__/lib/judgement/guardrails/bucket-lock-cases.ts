/** Cases of locks on buckets. */
import { arn, bucket, denyUnlocking, http, lock, of, policy, unknown } from "./bucket-cases";
import type { Case } from "./rows";

export const LOCK_CASES: readonly Case[] = [
  ["holds in compliance mode", [bucket(), lock({ mode: "COMPLIANCE", years: 1 })], "holds"],
  [
    "holds in governance mode if nobody may bypass it",
    [bucket(), lock({ mode: "GOVERNANCE", days: 396 }), policy(denyUnlocking())],
    "holds",
  ],
  [
    "is broken without a default retention",
    [bucket(), of("aws_s3_bucket_object_lock_configuration", {})],
    "broken: rule.default_retention.mode = null",
  ],
  [
    "is broken without a period",
    [bucket(), lock({ mode: "COMPLIANCE" })],
    "broken: rule.default_retention without days or years",
  ],
  [
    "is broken in governance mode without a policy",
    [bucket(), lock({ mode: "GOVERNANCE", days: 396 })],
    "broken: no aws_s3_bucket_policy whose bucket names this resource",
  ],
  ...[
    denyUnlocking({ Principal: { AWS: "111111111111" } }),
    denyUnlocking({ Condition: http }),
    denyUnlocking({ Resource: arn }),
    denyUnlocking({ Action: "s3:PutObjectRetention" }),
  ].map(
    (statement): Case => [
      "is broken in governance mode if somebody may bypass it",
      [bucket(), lock({ mode: "GOVERNANCE", days: 396 }), policy(statement)],
      "broken: policy has no statement that denies s3:BypassGovernanceRetention to everybody",
    ],
  ),
  [
    "is broken in governance mode for a bucket of another root",
    [lock({ mode: "GOVERNANCE", days: 396 })],
    "broken: mode GOVERNANCE for a bucket of another root",
  ],
  [
    "is unknown if the mode is known only after the apply",
    [bucket(), lock({ mode: unknown, days: 396 })],
    "unknown: rule.default_retention.mode = (known after apply)",
  ],
];
