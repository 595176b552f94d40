import { EcrPullThroughCacheRule } from "@cdktf/provider-aws/lib/ecr-pull-through-cache-rule";
import { EcrRepository } from "@cdktf/provider-aws/lib/ecr-repository";
import { z } from "zod";
import { arnOf, defineModule, resourceForEach, set, text } from "../../lib";

/**
 * Upstream registries, and whether ECR needs a login to them.
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache.html
 */
const NEEDS_LOGIN = {
  "public.ecr.aws": false,
  "quay.io": false,
  "registry.k8s.io": false,
  "registry-1.docker.io": true,
  "ghcr.io": true,
} as const;

const WITH_LOGIN = Object.entries(NEEDS_LOGIN).flatMap(([registry, needs]) => (needs ? [registry] : []));

/** @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreatePullThroughCacheRule.html */
const PREFIX = text(
  /^[a-z0-9][a-z0-9._-]{0,28}[a-z0-9]$/,
  "2 to 30 lower-case letters, digits, and inner . _ -",
  "Quay",
);

const LOGIN = text(
  /^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:ecr-pullthroughcache\/[\w/+=.@-]+$/,
  "the ARN of a secret whose name begins with ecr-pullthroughcache/",
  "arn:aws:secretsmanager:eu-central-1:111122223333:secret:docker-hub-AbCdEf",
);

export const EcrPullThroughCache = defineModule({
  name: "ecr-pull-through-cache",
  description:
    "Caches of public registries in the registry of the account: `<account>.dkr.ecr.<region>.amazonaws.com/<prefix>/<repository>`. ECR fetches an image at its first pull, and keeps it: scanned, encrypted, under a tag that cannot change. Only the named repositories exist, so that nobody pulls another image through the cache.",
  inputs: {
    registries: z
      .record(
        PREFIX,
        z.object({
          url: z.enum(["public.ecr.aws", "quay.io", "registry.k8s.io", "registry-1.docker.io", "ghcr.io"]),
          credentialArn: LOGIN.nullable().default(null),
        }),
      )
      .describe(
        "Public registries, by the first part of the names of their repositories. Docker Hub (`registry-1.docker.io`) and GitHub (`ghcr.io`) need the ARN of a secret with `username` and `accessToken`, which exists before the rule. The secret has the key of AWS for Secrets Manager: the service-linked role that reads it may use no other key.",
      ),
    repositories: set(
      text(/^[a-z0-9._-]+(?:\/[a-z0-9._-]+)+$/, "a prefix and the repository in the public registry", "loki"),
    ).describe("Repositories: `<prefix>/<repository in the public registry>`, such as `quay/prometheus/prometheus`."),
    kmsKeyArn: arnOf("kms").describe("Key that encrypts the images. A repository cannot change its key."),
  },
  rules: [
    {
      inputs: ["registries"],
      allowed: `a credentialArn for ${WITH_LOGIN.join(" and ")}, and none for the others`,
      holds: ({ registries }) =>
        Object.values(registries).every(({ url, credentialArn }) => NEEDS_LOGIN[url] === (credentialArn !== null)),
      condition: `alltrue([for registry in var.registries : contains(${JSON.stringify(WITH_LOGIN)}, registry.url) == (registry.credential_arn != null)])`,
      counterexample: { registries: { "docker-hub": { url: "registry-1.docker.io", credentialArn: null } } },
    },
    {
      inputs: ["repositories", "registries"],
      allowed: "repositories below a prefix of registries",
      holds: ({ repositories, registries }) => repositories.every((name) => (name.split("/")[0] ?? "") in registries),
      condition: 'alltrue([for name in var.repositories : contains(keys(var.registries), split("/", name)[0])])',
      counterexample: {
        repositories: ["docker-hub/grafana/loki"],
        registries: { quay: { url: "quay.io", credentialArn: null } },
      },
    },
  ],
  outputs: {},
  example: {
    registries: {
      quay: { url: "quay.io" },
      "docker-hub": {
        url: "registry-1.docker.io",
        credentialArn: "arn:aws:secretsmanager:eu-central-1:111122223333:secret:ecr-pullthroughcache/docker-hub-AbCdEf",
      },
    },
    repositories: ["quay/prometheus/prometheus", "docker-hub/grafana/loki"],
    kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
  },
  build(scope, input) {
    resourceForEach(scope, EcrPullThroughCacheRule, "this", input.registries, ({ url, credentialArn }, prefix) => ({
      ecrRepositoryPrefix: prefix,
      upstreamRegistryUrl: url,
      credentialArn,
    }));
    resourceForEach(scope, EcrRepository, "this", input.repositories, (name) => ({
      name,
      imageTagMutability: "IMMUTABLE",
      forceDelete: false,
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfiguration: [{ encryptionType: "KMS", kmsKey: input.kmsKeyArn }],
    }));
    return {};
  },
});
