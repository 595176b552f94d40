import { EksAddon } from "@cdktf/provider-aws/lib/eks-addon";
import { z } from "zod";
import { arnOf, defineModule, hcl, readyAfter, resourceForEach, text } from "../../lib";

const SETTINGS = z.record(z.string(), z.unknown());

export const EksAddons = defineModule({
  name: "eks-addons",
  description:
    "Add-ons of an EKS cluster, each with an exact version. Call it twice: for add-ons that nodes need to become ready (vpc-cni, kube-proxy) before the node groups, and for add-ons that run on nodes (coredns, metrics-server, aws-ebs-csi-driver) after them.",
  inputs: {
    clusterName: z.string().min(1).describe("Name of the cluster, from the `eks-cluster` or `eks-node-group` module."),
    addons: z
      .record(
        text(/^[a-z][a-z0-9-]*$/, "names of add-ons such as vpc-cni", "VPC CNI"),
        z.object({
          version: text(/^v\d+\.\d+\.\d+-eksbuild\.\d+$/, "an exact version such as v1.22.4-eksbuild.3", "latest"),
          configuration: z.string().default("{}"),
          role: z
            .object({ arn: arnOf("iam") })
            .nullable()
            .default(null),
        }),
      )
      .describe(
        "Add-ons by name: the exact version for the cluster's minor version, settings as JSON, and the role of the service account, if the add-on calls AWS. Settings that are removed stay in effect until `{}` is written; the default writes it.",
      ),
  },
  rules: [
    {
      inputs: ["addons"],
      allowed: "settings in JSON",
      holds: ({ addons }) => Object.values(addons).every(({ configuration }) => settings(configuration) !== undefined),
      condition: "alltrue([for addon in var.addons : can(keys(jsondecode(addon.configuration)))])",
      counterexample: {
        addons: { coredns: { version: "v1.14.3-eksbuild.3", configuration: "replicas: 2", role: null } },
      },
    },
    {
      inputs: ["addons"],
      allowed: 'vpc-cni with {"enableNetworkPolicy":"true"}, as text: without it, no network policy has an effect',
      holds: ({ addons }) =>
        Object.entries(addons).every(
          ([name, { configuration }]) => name !== "vpc-cni" || settings(configuration)?.enableNetworkPolicy === "true",
        ),
      condition:
        'alltrue([for name, addon in var.addons : name != "vpc-cni" || try(jsonencode(jsondecode(addon.configuration).enableNetworkPolicy), "") == "\\"true\\""])',
      counterexample: { addons: { "vpc-cni": { version: "v1.22.4-eksbuild.3", configuration: "{}", role: null } } },
    },
  ],
  outputs: {
    clusterName: z.string().describe("Name of the cluster, available after the add-ons run."),
  },
  example: {
    clusterName: "shop-prod",
    addons: {
      "vpc-cni": {
        version: "v1.22.4-eksbuild.3",
        configuration: '{"enableNetworkPolicy":"true"}',
        role: { arn: "arn:aws:iam::111122223333:role/shop-prod-aws-node" },
      },
      "kube-proxy": { version: "v1.36.0-eksbuild.9" },
    },
  },
  build(scope, input) {
    const addons = resourceForEach(scope, EksAddon, "this", input.addons, ({ version, configuration, role }, name) => ({
      clusterName: input.clusterName,
      addonName: name,
      addonVersion: version,
      configurationValues: configuration,
      serviceAccountRoleArn: hcl<string | null>`${role} == null ? null : ${role}.arn`,
      // The cluster has no earlier copy, and what a person changed by hand is set back.
      resolveConflictsOnCreate: "NONE",
      resolveConflictsOnUpdate: "OVERWRITE",
    }));
    return { clusterName: readyAfter(input.clusterName, addons) };
  },
});

/** Undefined if the text is not the JSON of an object. */
function settings(json: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return SETTINGS.safeParse(JSON.parse(json)).data;
  } catch {
    return undefined;
  }
}
