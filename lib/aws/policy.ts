/** IAM policies in modules. */
import { DataAwsPartition } from "@cdktf/provider-aws/lib/data-aws-partition";
import type { Construct } from "constructs";
import type { Expression } from "../generator/expression/code";
import { jsonencode, type Value } from "../generator/expression/expression";
import { local, resource } from "../generator/module/resource";

/** One statement of an IAM policy. Every statement has a Sid, by which findings and reviewers refer to it. */
export interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal?: Readonly<Record<string, Value<string> | readonly Value<string>[]>> | "*";
  readonly Action: Value<string> | readonly Value<string>[] | Expression<readonly string[]>;
  readonly Resource?: Value<string> | readonly Value<string>[] | Expression<readonly string[]>;
  readonly NotResource?: readonly Value<string>[] | Expression<readonly string[]>;
  readonly Condition?: Readonly<
    Record<string, Readonly<Record<string, Value<string> | readonly Value<string>[] | Expression<readonly string[]>>>>
  >;
}

/** An IAM policy document as JSON text. The document is a local value, so that its diff is line by line. */
export function policyDocument(
  scope: Construct,
  name: string,
  statements: readonly PolicyStatement[] | Expression<unknown>,
): Expression<string> {
  return jsonencode(local(scope, name, { Version: "2012-10-17", Statement: statements }));
}

/** Lets an AWS service assume a role, for resources of this account only. */
export function serviceTrust(
  scope: Construct,
  name: string,
  service: string,
  accountId: Expression<string>,
): Expression<string> {
  return policyDocument(scope, name, [
    {
      Sid: "AssumeByService",
      Effect: "Allow",
      Principal: { Service: service },
      Action: "sts:AssumeRole",
      Condition: { StringEquals: { "aws:SourceAccount": accountId } },
    },
  ]);
}

/** The partition in ARNs: `aws`, or the partition of GovCloud or China. The provider determines it without a request to AWS. */
export function partition(scope: Construct): Expression<string> {
  return resource(scope, DataAwsPartition, "current", {}).partition;
}
