/** The override that lets Terraform destroy a root, derived from what its modules protect. */
import { z } from "zod";
import { callJson, callQuery } from "../support/cloud/call";
import type { Cloud } from "../support/cloud/server";
import type { StandingRoot } from "../support/cloud/standing";
import type { Resource } from "./past-terraform";

const BLOCK = z.looseObject({ lifecycle: z.looseObject({ prevent_destroy: z.boolean().optional() }).optional() });
const MODULE = z.object({ resource: z.record(z.string(), z.record(z.string(), BLOCK)).default({}) });

type Settings = Readonly<Record<string, boolean | string>>;

/** Arguments with which AWS refuses to delete a resource. */
const PROTECTIONS = ["deletion_protection", "deletion_protection_enabled", "enable_deletion_protection"];

/** The values of such an argument with which AWS refuses, and those with which it does not. */
const LIFTED: ReadonlyMap<unknown, boolean | string> = new Map<unknown, boolean | string>([
  [true, false],
  ["ACTIVE", "INACTIVE"],
]);

/** A bucket with objects cannot be deleted, and access logs are objects. */
const BUCKET: Settings = { force_destroy: true };

export interface Lifted {
  readonly module: string;
  readonly type: string;
  readonly name: string;
  /** Whether Terraform refuses to destroy it. */
  readonly preventDestroy: boolean;
  /** Whether AWS refuses to delete it. */
  readonly deletionProtection: boolean;
  /** Arguments that the override sets. */
  readonly set: Settings;
}

/** Every protected resource, by the modules that the root calls. */
export function protectedResources(standing: StandingRoot): Lifted[] {
  return standing.modules().flatMap((module) => {
    const { resource } = MODULE.parse(JSON.parse(standing.read(`${module}/main.tf.json`)));
    return Object.entries(resource).flatMap(([type, named]) =>
      Object.entries(named).flatMap(([name, block]) => {
        const preventDestroy = block.lifecycle?.prevent_destroy === true;
        const protections = PROTECTIONS.flatMap((argument): [string, boolean | string][] => {
          const lifted = LIFTED.get(block[argument]);
          return lifted === undefined ? [] : [[argument, lifted]];
        });
        const set = { ...Object.fromEntries(protections), ...(type === "aws_s3_bucket" && BUCKET) };
        const deletionProtection = protections.length > 0;
        return preventDestroy || Object.keys(set).length > 0
          ? [{ module, type, name, preventDestroy, deletionProtection, set }]
          : [];
      }),
    );
  });
}

/** Calls that delete a protected resource, by its type. */
const DELETE: Readonly<Record<string, (cloud: Cloud, region: string, values: Resource["values"]) => Promise<string>>> =
  {
    aws_db_instance: (cloud, region, { identifier }) =>
      callQuery(
        cloud,
        { service: "rds", region },
        {
          Version: "2014-10-31",
          Action: "DeleteDBInstance",
          DBInstanceIdentifier: String(identifier),
          SkipFinalSnapshot: "true",
        },
      ),
    aws_rds_cluster: (cloud, region, { cluster_identifier }) =>
      callQuery(
        cloud,
        { service: "rds", region },
        {
          Version: "2014-10-31",
          Action: "DeleteDBCluster",
          DBClusterIdentifier: String(cluster_identifier),
          SkipFinalSnapshot: "true",
        },
      ),
    aws_lb: (cloud, region, { arn }) =>
      callQuery(
        cloud,
        { service: "elasticloadbalancing", region },
        {
          Version: "2015-12-01",
          Action: "DeleteLoadBalancer",
          LoadBalancerArn: String(arn),
        },
      ),
    aws_cognito_user_pool: (cloud, region, { id }) =>
      callJson(cloud, { service: "cognito-idp", region }, "AWSCognitoIdentityProviderService.DeleteUserPool", {
        UserPoolId: id,
      }),
    aws_dynamodb_table: (cloud, region, { name }) =>
      callJson(cloud, { service: "dynamodb", region }, "DynamoDB_20120810.DeleteTable", { TableName: name }),
  };

/** Tries to delete protected resources without Terraform. Returns AWS's answers by type. */
export async function deleteByHand(
  cloud: Cloud,
  resources: readonly Resource[],
): Promise<Readonly<Record<string, string>>> {
  const answers: Record<string, string> = {};
  for (const { type, values } of resources) {
    const region = String(values.arn).split(":")[3] ?? "";
    const answer = await DELETE[type]?.(cloud, region, values).catch(String);
    if (answer !== undefined) answers[type] = answer;
  }
  return answers;
}

/** Writes one override file for each of these modules. */
export function lift(standing: StandingRoot, resources: readonly Lifted[]): void {
  for (const module of new Set(resources.map((one) => one.module))) {
    const types: Record<string, Record<string, object>> = {};
    for (const { type, name, set } of resources.filter((one) => one.module === module)) {
      types[type] ??= {};
      types[type][name] = { ...set, lifecycle: { prevent_destroy: false } };
    }
    standing.override(`${module}/destroy_override.tf.json`, JSON.stringify({ resource: types }, null, 2));
  }
}
