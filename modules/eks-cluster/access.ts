/** Access of IAM roles to the API of a cluster: access entries with the access policies of EKS. */
import { EksAccessEntry } from "@cdktf/provider-aws/lib/eks-access-entry";
import { EksAccessPolicyAssociation } from "@cdktf/provider-aws/lib/eks-access-policy-association";
import type { Construct } from "constructs";
import { z } from "zod";
import { type Expression, hcl, type Ref, resourceForEach, set, text } from "../../lib";

/**
 * Policies by what they allow. All but View may read Secrets.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html
 */
const POLICIES = [
  "AmazonEKSClusterAdminPolicy",
  "AmazonEKSAdminPolicy",
  "AmazonEKSAdminViewPolicy",
  "AmazonEKSEditPolicy",
  "AmazonEKSViewPolicy",
] as const;

/** Policies without rights on objects outside of namespaces. EKS refuses namespaces for the others. */
export const IN_NAMESPACES: readonly string[] = ["AmazonEKSAdminPolicy", "AmazonEKSEditPolicy", "AmazonEKSViewPolicy"];

const ROLE_ARN = text(
  /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/,
  "an ARN of an IAM role",
  "arn:aws:iam::111122223333:user/sam",
);

export const ACCESS = z.record(
  text(/^[a-z][a-z0-9_-]*$/, "names of lower-case letters, digits, hyphens and underscores", "A Person"),
  z.object({
    roleArn: ROLE_ARN,
    policy: z.enum(POLICIES),
    namespaces: set(text(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/, "names of namespaces", "kube*")).default([]),
    groups: set(text(/^[a-z][a-z0-9-]*$/, "names of groups without a colon", "system:masters")).default([]),
  }),
);

interface AccessInput {
  readonly access: Ref<z.output<typeof ACCESS>>;
  readonly clusterName: Expression<string>;
  readonly arnPartition: Expression<string>;
}

/** No entry is for the role of a managed node group: EKS makes that one itself and refuses a second. */
export function accessEntries(scope: Construct, { access, clusterName, arnPartition }: AccessInput): void {
  const entries = resourceForEach(scope, EksAccessEntry, "this", access, ({ roleArn, groups }) => ({
    clusterName,
    principalArn: roleArn,
    type: "STANDARD",
    kubernetesGroups: hcl<string[] | null>`length(${groups}) == 0 ? null : sort(${groups})`,
  }));
  resourceForEach(scope, EksAccessPolicyAssociation, "this", access, ({ policy, namespaces }, name) => ({
    clusterName,
    principalArn: entries.at(name).principalArn,
    policyArn: `arn:${arnPartition}:eks::aws:cluster-access-policy/${policy}`,
    accessScope: {
      type: hcl<string>`length(${namespaces}) == 0 ? "cluster" : "namespace"`,
      namespaces: hcl<string[] | null>`length(${namespaces}) == 0 ? null : sort(${namespaces})`,
    },
  }));
}
