import { z } from "zod";
import { anyValue, defineModule, hcl, helmRelease, OBJECT_NAME, readyAfter } from "../../lib";

export const KubernetesObjects = defineModule({
  name: "kubernetes-objects",
  description:
    "Custom resources as one Helm release of a chart that prints them. A plan shows each change, and needs neither the cluster nor the definitions, as `kubernetes_manifest` does. An object that is removed from the list is deleted without a wait.",
  providers: ["helm"],
  files: ["chart/Chart.yaml", "chart/templates/objects.yaml"],
  inputs: {
    name: OBJECT_NAME.describe("Name of the release."),
    namespace: OBJECT_NAME.describe("Namespace of Helm's record; each object names its own."),
    objects: anyValue()
      .default([])
      .describe(
        "Objects with `apiVersion`, `kind`, `metadata.name`, `metadata.namespace` and `spec`. The API server drops fields that a definition does not have.",
      ),
  },
  outputs: {
    names: z
      .record(z.string(), z.string())
      .describe("Names of the objects by `<kind> <namespace>/<name>`, available after the objects exist."),
  },
  example: {
    name: "secret-stores",
    namespace: "external-secrets",
    objects: [
      {
        apiVersion: "external-secrets.io/v1",
        kind: "SecretStore",
        metadata: { name: "parameters", namespace: "shop" },
        spec: {
          provider: {
            aws: {
              service: "ParameterStore",
              region: "eu-central-1",
              auth: { jwt: { serviceAccountRef: { name: "api" } } },
            },
          },
        },
      },
    ],
  },
  build(scope, input) {
    const release = helmRelease(scope, {
      name: input.name,
      namespace: input.namespace,
      chart: `${hcl<string>`path.module`}/chart`,
      version: CHART_VERSION,
      values: { objects: input.objects },
    });
    const key = hcl<string>`join("", [object.kind, " ", object.metadata.namespace, "/", object.metadata.name])`;
    const names = hcl<Record<string, string>>`{ for object in ${input.objects} : ${key} => object.metadata.name }`;
    return { names: readyAfter(names, release) };
  },
});

/** The version in chart/Chart.yaml, which Helm requires. */
const CHART_VERSION = "1.0.0";
