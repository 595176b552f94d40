/** The instances of a cluster by letter. Which of them is the writer is decided by failovers, and not by Terraform. */
import { RdsClusterInstance } from "@cdktf/provider-aws/lib/rds-cluster-instance";
import type { Construct } from "constructs";
import { z } from "zod";
import { condition, type Expression, type Ref, resourceForEach, sizing, text } from "../../lib";

/**
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.DBInstanceClass.SupportAurora.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.AuroraHighAvailability.html
 */
export const INSTANCES = sizing(
  z.record(
    text(/^[a-z]$/, "a letter", "writer"),
    z.object({
      instanceClass: text(
        /^db\.(?:serverless|t(?:3|4g)\.(?:medium|large)|(?:r[5-8][a-z]*|x2g)\.\d*x?large)$/,
        "db.serverless, or a class of Aurora PostgreSQL such as db.r7g.large",
        "db.m7g.large",
      ).default("db.serverless"),
      promotionTier: z.int().min(0).max(15).default(1),
    }),
  ),
).describe(
  "Instances by letter. One is the writer, the others are readers. Aurora fails over to the reader with the lowest tier; with one instance, an outage lasts until Aurora has made a new one. A serverless reader in tier 0 or 1 has at least the capacity of the writer.",
);

export type Instances = z.output<typeof INSTANCES>;

/** A writer and up to 15 readers share the storage. */
const MOST_INSTANCES = 16;

export const INSTANCE_RULE = {
  inputs: ["instances"] as const,
  allowed: `1 to ${MOST_INSTANCES} instances`,
  holds: ({ instances }: { readonly instances: Instances }) => {
    const count = Object.keys(instances).length;
    return count >= 1 && count <= MOST_INSTANCES;
  },
  condition: `length(var.instances) >= 1 && length(var.instances) <= ${MOST_INSTANCES}`,
  counterexample: { instances: {}, capacity: null },
};

interface Input {
  readonly name: Expression<string>;
  readonly instances: Ref<Instances>;
  readonly kmsKeyArn: Expression<string>;
  readonly maintenanceWindow: Expression<string>;
  readonly databaseInsightsMode: Expression<"standard" | "advanced">;
  readonly monitoringSeconds: Expression<number>;
  readonly monitoringRoleArn: Expression<string>;
}

interface Cluster {
  readonly id: Expression<string>;
  readonly engine: Expression<string>;
}

/**
 * Advanced Database Insights is set for the whole cluster, and Aurora sets the instances. In standard mode each instance has
 * Performance Insights with the retention that is free.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBCluster.html
 */
export function clusterInstances(scope: Construct, cluster: Cluster, input: Input) {
  const isStandard = condition`${input.databaseInsightsMode} == "standard"`;
  return resourceForEach(scope, RdsClusterInstance, "this", input.instances, (instance, letter) => ({
    identifier: `${input.name}-${letter}`,
    clusterIdentifier: cluster.id,
    engine: cluster.engine,
    instanceClass: instance.instanceClass,
    promotionTier: instance.promotionTier,
    publiclyAccessible: false,
    caCertIdentifier: "rds-ca-rsa2048-g1",
    copyTagsToSnapshot: true,
    preferredMaintenanceWindow: input.maintenanceWindow,
    applyImmediately: false,
    autoMinorVersionUpgrade: true,
    performanceInsightsEnabled: isStandard(true, null),
    performanceInsightsKmsKeyId: isStandard(input.kmsKeyArn, null),
    performanceInsightsRetentionPeriod: isStandard(7, null),
    monitoringInterval: input.monitoringSeconds,
    monitoringRoleArn: input.monitoringRoleArn,
  }));
}
