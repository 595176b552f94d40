/** Caches of the public registries whose images the cluster runs. */
import { EcrPullThroughCache } from "../../../modules/ecr-pull-through-cache";
import type { ComposedEnvironment, Context } from "../context";
import { PUBLIC_REGISTRIES, type PublicRegistry } from "../images";

export function imageCaches({ root, environment, dataKeyArn }: Context): void {
  const registry = (name: PublicRegistry) => ({
    url: PUBLIC_REGISTRIES[name].url,
    credentialArn: loginArn(environment, name),
  });
  new EcrPullThroughCache(root, "image_caches", {
    registries: {
      "docker-hub": registry("docker-hub"),
      "ecr-public": registry("ecr-public"),
      github: registry("github"),
      kubernetes: registry("kubernetes"),
      quay: registry("quay"),
    },
    repositories: Object.entries(PUBLIC_REGISTRIES).flatMap(([prefix, { repositories }]) =>
      repositories.map((name) => `${prefix}/${name}`),
    ),
    kmsKeyArn: dataKeyArn,
  });
}

/** Null for a registry that needs no login. */
function loginArn({ account, region, registryLogins }: ComposedEnvironment, name: PublicRegistry): string | null {
  const suffixes: Readonly<Partial<Record<PublicRegistry, string>>> = registryLogins;
  const suffix = suffixes[name];
  if (suffix === undefined) return null;
  return `arn:aws:secretsmanager:${region}:${account.id}:secret:ecr-pullthroughcache/${name}-${suffix}`;
}
