/** What measures a website from outside: identity pools whose guests send events to CloudWatch RUM, and canaries. */
import { show } from "../configuration";
import { isUnknown } from "../hcl";
import { KEY_OF_ACCOUNT, keyOfAccount } from "./account-keys";
import { accompanied, all, equals, where } from "./attributes";
import { bounded } from "./boundaries";
import { broken, type ResourceGuardrail, undecided } from "./guardrail";
import { named } from "./values";

const POOLS = ["aws_cognito_identity_pool"] as const;
const CANARIES = ["aws_synthetics_canary"] as const;

export const MEASUREMENTS = [
  {
    id: "identity-pool-guests-measured",
    title: "An identity pool accepts guests only for CloudWatch RUM",
    why: "Everybody on the internet gets credentials of the account, without a login.",
    severity: "high",
    controls: { hipaa: ["164.312(d)"], soc2: ["CC6.1"], gdpr: ["32(1)(b)"], fsbp: ["Cognito.2"] },
    allowed:
      "allow_unauthenticated_identities = false, or an aws_rum_app_monitor whose identity_pool_id names the pool",
    types: POOLS,
    judge: where(
      "allow_unauthenticated_identities",
      (value) => value !== false && value !== null,
      accompanied("aws_rum_app_monitor", "app_monitor_configuration.identity_pool_id"),
    ),
  },
  {
    id: "identity-pool-enhanced-flow",
    title: "An identity pool offers only the enhanced flow",
    why: "In the classic flow, an identity asks for any role that trusts the pool, and Cognito does not limit the session.",
    severity: "high",
    controls: { soc2: ["CC6.1", "CC6.3"], gdpr: ["32(1)(b)"] },
    allowed: "allow_classic_flow = false, which is the default",
    types: POOLS,
    judge: equals("allow_classic_flow", false, null),
  },
  {
    id: "canary-artifacts-encrypted",
    title: "A canary encrypts its results with a customer managed key",
    why: "Screenshots and requests of the runs show what a signed-in user sees. Without a key of the account, a policy of the bucket is all that protects them.",
    severity: "medium",
    controls: { hipaa: ["164.312(a)(2)(iv)"], soc2: ["CC6.1"], gdpr: ["32(1)(a)"] },
    allowed: `artifact_config.s3_encryption with encryption_mode SSE_KMS and a kms_key_arn with ${KEY_OF_ACCOUNT}`,
    types: CANARIES,
    judge: all(
      equals("artifact_config.s3_encryption.encryption_mode", "SSE_KMS"),
      keyOfAccount("artifact_config.s3_encryption.kms_key_arn"),
    ),
  },
  {
    id: "canary-role-bounded",
    title: "The role of a canary has a permissions boundary",
    why: "A canary runs a script with a browser that loads pages from the internet: what breaks out of it has the role's permissions.",
    severity: "medium",
    controls: { soc2: ["CC6.1", "CC6.3"], gdpr: ["32(1)(b)"] },
    allowed:
      "execution_role_arn with a role of the root that has a permissions_boundary that is not itself administrator",
    types: CANARIES,
    judge: ({ values: { execution_role_arn: arn = null } }, root) => {
      const role = named(arn, "aws_iam_role", root);
      if (role !== undefined) return bounded(role, root);
      const got = `execution_role_arn = ${show(arn)}`;
      return isUnknown(arn) ? undecided(got) : broken(got);
    },
  },
] as const satisfies readonly ResourceGuardrail[];
