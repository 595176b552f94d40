import { EcrReplicationConfiguration } from "@cdktf/provider-aws/lib/ecr-replication-configuration";
import { z } from "zod";
import { ACCOUNT_ID, blockForEach, defineModule, REGION, resource, resourceName, set } from "../../lib";

/** @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ReplicationRule.html */
const MAX_NAMES = 100;
const MAX_REGIONS = 25;

/**
 * ECR copies each pushed image once, most within 30 minutes, and no image that was pushed before. It does not copy
 * settings: it creates a missing repository with mutable tags and without a customer managed key, and leaves an existing
 * one unchanged. It skips a tag that the other repository already has for another image.
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/replication.html
 */
export const EcrReplication = defineModule({
  name: "ecr-replication",
  description:
    "Copies every image that is pushed to repositories with the given names to other regions of the account. An account has one such configuration in each region: call this once there, because another call overwrites it.",
  inputs: {
    names: set(resourceName(100)).describe(
      "First parts of the repositories' names, as in the module `ecr`. First create repositories with the same names with `ecr` in the other regions: repositories that ECR creates allow tags to move, and have no customer managed key.",
    ),
    accountId: ACCOUNT_ID.describe("Account of the repositories."),
    regions: set(REGION).describe("Regions that the images are copied to."),
  },
  rules: [
    {
      inputs: ["names"],
      allowed: `1 to ${MAX_NAMES} names`,
      holds: ({ names }) => names.length >= 1 && names.length <= MAX_NAMES,
      condition: `length(var.names) >= 1 && length(var.names) <= ${MAX_NAMES}`,
      counterexample: { names: [] },
    },
    {
      inputs: ["regions"],
      allowed: `1 to ${MAX_REGIONS} regions`,
      holds: ({ regions }) => regions.length >= 1 && regions.length <= MAX_REGIONS,
      condition: `length(var.regions) >= 1 && length(var.regions) <= ${MAX_REGIONS}`,
      counterexample: { regions: [] },
    },
  ],
  outputs: {
    registryId: z.string().describe("Id of the replicated registry, which is the account's id."),
  },
  example: {
    names: ["shop"],
    accountId: "111122223333",
    regions: ["eu-west-1"],
  },
  build(scope, input) {
    const replication = resource(scope, EcrReplicationConfiguration, "this", {
      replicationConfiguration: {
        rule: [
          {
            destination: blockForEach(input.regions, (region) => ({ region, registryId: input.accountId })),
            repositoryFilter: blockForEach(input.names, (name) => ({
              filter: `${name}/`,
              filterType: "PREFIX_MATCH",
            })),
          },
        ],
      },
    });
    return { registryId: replication.registryId };
  },
});
