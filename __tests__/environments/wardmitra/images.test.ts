/** The images of the cluster roots, and the caches that the AWS roots have for them. */
import { dev } from "../../../environments/wardmitra/dev";
import { cacheOf, PUBLIC_REGISTRIES } from "../../../environments/wardmitra/images";
import { prod } from "../../../environments/wardmitra/prod";
import { staging } from "../../../environments/wardmitra/staging";
import { Configurations, readTree } from "../../../lib/judgement/configuration";
import { membersOf } from "../../../lib/judgement/guardrails/kubernetes/release-values";
import { itemsAt } from "../../../lib/judgement/guardrails/values";
import { TREE } from "../committed-tree";

const configurations = new Configurations(readTree(TREE));

describe.each([dev, staging, prod])("$name", (environment) => {
  const cluster = configurations.root(`environments/wardmitra/${environment.name}/cluster`);
  const aws = configurations.root(`environments/wardmitra/${environment.name}/aws`);
  const names = (type: string, argument: string) => aws.of(type).map(({ values }) => String(values[argument]));
  const registry = `${environment.account.id}.dkr.ecr.${environment.region}.amazonaws.com`;

  test("has a cache of each public registry, with a login where ECR needs one", () => {
    const rules = aws.of("aws_ecr_pull_through_cache_rule").map(({ values }) => values);
    expect(new Map(rules.map((rule) => [rule.ecr_repository_prefix, rule.upstream_registry_url]))).toEqual(
      new Map(Object.entries(PUBLIC_REGISTRIES).map(([prefix, { url }]) => [prefix, url])),
    );
    const logins = rules.filter((rule) => (rule.credential_arn ?? null) !== null);
    expect(logins.map((rule) => rule.ecr_repository_prefix)).toEqual(["docker-hub", "github"]);
  });

  test("pulls the images of pods from repositories that exist in its registry", () => {
    const images = cluster
      .of("kubernetes_deployment_v1")
      .flatMap(({ values }) => itemsAt(values, "spec.template.spec.container.image").map(String));
    expect(new Set(images).size).toBe(2);
    const repositories = images.map((image) => image.replace(`${registry}/`, "").replace(/:[^:]+$/, ""));
    expect(names("aws_ecr_repository", "name")).toEqual(expect.arrayContaining(repositories));
  });

  test("gives every chart with images a cache as its registry", () => {
    const caches = Object.keys(PUBLIC_REGISTRIES);
    const withoutImages = ["kubernetes-objects", "prometheus-operator-crds"];
    const releases = cluster.of("helm_release").filter(({ module }) => !withoutImages.includes(module?.slice(8) ?? ""));
    expect(releases.length).toBeGreaterThan(6);
    for (const { values, address } of releases) {
      const registries = membersOf(values).flatMap(({ name, value }) =>
        ["registry", "imageRegistry", "repository"].includes(name) ? [String(value)] : [],
      );
      expect([address, registries.length > 0]).toEqual([address, true]);
      const others = registries.filter((one) => !caches.some((cache) => one.startsWith(`${registry}/${cache}`)));
      expect([address, others]).toEqual([address, []]);
    }
  });
});

test("the host of a cache is the registry of the account in its region", () => {
  expect(cacheOf(dev, "quay")).toBe("777777777777.dkr.ecr.ap-south-1.amazonaws.com/quay");
});
