import { EcrPullThroughCache } from "../../modules/ecr-pull-through-cache";
import { describePlan } from "../support/planned";

const kmsKeyArn = "arn:aws:kms:eu-central-1:111122223333:key/1";
const credentialArn = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:ecr-pullthroughcache/docker-hub-AbCdEf";

describePlan(
  "caches of public registries",
  (root) => {
    new EcrPullThroughCache(root, "caches", {
      registries: { quay: { url: "quay.io" }, "docker-hub": { url: "registry-1.docker.io", credentialArn } },
      repositories: ["quay/prometheus/prometheus", "docker-hub/grafana/loki"],
      kmsKeyArn,
    });
  },
  (plan) => {
    test("have one rule for each registry, with a login where ECR needs one", () => {
      const rule = (prefix: string) => plan().values(`module.caches.aws_ecr_pull_through_cache_rule.this["${prefix}"]`);
      expect(rule("quay")).toMatchObject({ ecr_repository_prefix: "quay", upstream_registry_url: "quay.io" });
      expect(rule("quay").credential_arn ?? null).toBeNull();
      expect(rule("docker-hub")).toMatchObject({
        upstream_registry_url: "registry-1.docker.io",
        credential_arn: credentialArn,
      });
    });

    test("have the named repositories, which never move a tag, scan every image, and encrypt with the given key", () => {
      const repositories = plan().all("aws_ecr_repository");
      expect(repositories.map(({ values }) => values.name).sort()).toEqual([
        "docker-hub/grafana/loki",
        "quay/prometheus/prometheus",
      ]);
      for (const { values } of repositories) {
        expect(values).toMatchObject({
          image_tag_mutability: "IMMUTABLE",
          force_delete: false,
          image_scanning_configuration: [{ scan_on_push: true }],
          encryption_configuration: [{ encryption_type: "KMS", kms_key: kmsKeyArn }],
        });
      }
    });
  },
);
