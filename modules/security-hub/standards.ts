/** The standards that a hub checks, and the controls that they leave out. */
import type { SecurityhubAccount } from "@cdktf/provider-aws/lib/securityhub-account";
import { SecurityhubStandardsControlAssociation } from "@cdktf/provider-aws/lib/securityhub-standards-control-association";
import { SecurityhubStandardsSubscription } from "@cdktf/provider-aws/lib/securityhub-standards-subscription";
import type { Construct } from "constructs";
import { type Expression, partition, type Ref, type Resource, resource, resourceForEach } from "../../lib";

/** @see https://docs.aws.amazon.com/securityhub/latest/userguide/standards-reference.html */
const STANDARDS = {
  cis: "cis-aws-foundations-benchmark/v/5.0.0",
  fsbp: "aws-foundational-security-best-practices/v/1.0.0",
} as const;

type Reasons = Ref<Record<string, string>>;

interface Checked {
  readonly region: Expression<string>;
  readonly disabledCisControls: Reasons;
  readonly disabledFsbpControls: Reasons;
}

/** One after the other: Security Hub refuses a request while it enables a standard. */
export function enableStandards(scope: Construct, hub: Resource<SecurityhubAccount>, input: Checked) {
  const arnPartition = partition(scope);
  const arn = (standard: string) => `arn:${arnPartition}:securityhub:${input.region}::standards/${standard}`;
  const fsbp = resource(scope, SecurityhubStandardsSubscription, "fsbp", {
    standardsArn: arn(STANDARDS.fsbp),
    dependsOn: [hub],
  });
  const cis = resource(scope, SecurityhubStandardsSubscription, "cis", {
    standardsArn: arn(STANDARDS.cis),
    dependsOn: [fsbp],
  });
  const disable = (name: keyof typeof STANDARDS, controls: Reasons) =>
    resourceForEach(scope, SecurityhubStandardsControlAssociation, name, controls, (reason, control) => ({
      standardsArn: arn(STANDARDS[name]),
      securityControlId: control,
      associationStatus: "DISABLED",
      updatedReason: reason,
      dependsOn: [cis],
    }));
  disable("fsbp", input.disabledFsbpControls);
  disable("cis", input.disabledCisControls);
  return [fsbp, cis];
}
