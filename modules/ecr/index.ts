import { EcrLifecyclePolicy } from "@cdktf/provider-aws/lib/ecr-lifecycle-policy";
import { EcrRepository } from "@cdktf/provider-aws/lib/ecr-repository";
import { z } from "zod";
import { arnOf, defineModule, jsonencode, resourceForEach, resourceName, set, sizing } from "../../lib";

export const Ecr = defineModule({
  name: "ecr",
  description:
    "Container repositories, one for each service: immutable tags, a scan on every push, encryption with a customer managed key, removal of untagged images.",
  inputs: {
    name: resourceName(100).describe("First part of every repository's name: `<name>/<service>`."),
    services: set(resourceName(100)).describe(
      "Services that have a repository. AWS deletes no repository with images: a person has to delete the images first. Replication from another region creates a missing repository without these settings: import it in that case.",
    ),
    kmsKeyArn: arnOf("kms").describe("Key that encrypts the images. A repository cannot change its key."),
    untaggedDays: sizing(z.int().min(1).max(365))
      .default(14)
      .describe("Days after which an image without a tag is removed. Tagged images are kept for rollbacks."),
  },
  outputs: {
    arns: z.record(z.string(), z.string()).describe("ARNs of the repositories, by service."),
    names: z.record(z.string(), z.string()).describe("Names of the repositories, by service."),
    urls: z.record(z.string(), z.string()).describe("URLs to push to and pull from, by service."),
  },
  example: {
    name: "shop",
    services: ["api", "worker"],
    kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
  },
  build(scope, input) {
    const repositories = resourceForEach(scope, EcrRepository, "this", input.services, (service) => ({
      name: `${input.name}/${service}`,
      imageTagMutability: "IMMUTABLE",
      forceDelete: false,
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfiguration: [{ encryptionType: "KMS", kmsKey: input.kmsKeyArn }],
    }));
    resourceForEach(scope, EcrLifecyclePolicy, "this", input.services, (service) => ({
      repository: repositories.at(service).name,
      policy: jsonencode({
        rules: [
          {
            rulePriority: 1,
            description: "Remove untagged images",
            selection: {
              tagStatus: "untagged",
              countType: "sinceImagePushed",
              countUnit: "days",
              countNumber: input.untaggedDays,
            },
            action: { type: "expire" },
          },
        ],
      }),
    }));
    return {
      arns: repositories.all("arn"),
      names: repositories.all("name"),
      urls: repositories.all("repositoryUrl"),
    };
  },
});
