/** Policies that AWS sets on a resource that is created without one. */
import type { ResourceInstance } from "../configuration";
import { bare } from "../hcl";
import { type Entry, statements } from "./entries";

/** @param account account of the root, twelve digits */
export function defaultEntries({ type, values }: ResourceInstance, account: string | undefined): Entry[] {
  const policy = DEFAULTS[type];
  if (policy === undefined || account === undefined) return [];
  return statements(JSON.stringify({ Statement: policy(account, bare(values.arn ?? null)) }));
}

/** @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html */
function wholeKey(account: string): object {
  return { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: "kms:*", Resource: "*" };
}

const DEFAULTS: Readonly<Record<string, (account: string, arn: string) => object>> = {
  aws_kms_external_key: wholeKey,
  aws_kms_key: wholeKey,
  aws_kms_replica_external_key: wholeKey,
  aws_kms_replica_key: wholeKey,
  /** @see https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html */
  aws_sns_topic: (account, arn) => ({
    Effect: "Allow",
    Principal: { AWS: "*" },
    Action: [
      "SNS:AddPermission",
      "SNS:DeleteTopic",
      "SNS:GetTopicAttributes",
      "SNS:ListSubscriptionsByTopic",
      "SNS:Publish",
      "SNS:RemovePermission",
      "SNS:SetTopicAttributes",
      "SNS:Subscribe",
    ],
    Resource: arn,
    Condition: { StringEquals: { "AWS:SourceOwner": account } },
  }),
  /** @see https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html */
  aws_vpc_endpoint: () => ({ Effect: "Allow", Principal: "*", Action: "*", Resource: "*" }),
};
