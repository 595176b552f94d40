import { CLUSTER_ROWS } from "../../../../../lib/judgement/guardrails/kubernetes/clusters";
import { RELEASE_ROWS } from "../../../../../lib/judgement/guardrails/kubernetes/releases";
import { EncodedJson, type HclValue, PartialText, Reference, Unknown } from "../../../../../lib/judgement/hcl";
import { type Case, proveRows } from "../rows";
import { release } from "./workload";

type Values = { readonly [argument: string]: HclValue };

const plain = (more: Values) => release({}, more);

proveRows(RELEASE_ROWS, {
  "helm-chart-pinned": [
    ["holds for an exact version", plain({}), "holds"],
    ["holds for a version of a build", plain({ version: "1.2.3-rc.1+build.5" }), "holds"],
    ...["~> 1.2", ">= 1.2.3", "1.x", "1.2", "v1.2.3", "*"].map(
      (version): Case => [`is broken by ${version}`, plain({ version }), `broken: version = "${version}"`],
    ),
    ["is broken without a version", plain({ version: null }), "broken: version = null"],
    ["is broken by devel", plain({ devel: true }), "broken: devel = true"],
    ["holds for a chart on a path", plain({ chart: "../../../modules/x/chart", version: null }), "holds"],
    [
      "is broken by a range of a chart on a path",
      plain({ chart: "./chart", version: "1.x" }),
      'broken: version = "1.x"',
    ],
    ["is unknown if it is unknown", plain({ version: new Unknown() }), "unknown: version = (known after apply)"],
  ],
  "helm-release-atomic": [
    ["holds if it is", plain({}), "holds"],
    ["is broken if it is not", plain({ atomic: false }), "broken: atomic = false"],
    ["is broken by the default", plain({ atomic: null }), "broken: atomic = null"],
  ],
  "helm-release-own": [
    ["holds by default", plain({}), "holds"],
    ["is broken by upgrade_install", plain({ upgrade_install: true }), "broken: upgrade_install = true"],
    ["is broken by reuse_values", plain({ reuse_values: true }), "broken: reuse_values = true"],
  ],
  "helm-namespace-managed": [
    ["holds in a namespace", plain({}), "holds"],
    [
      "holds in a namespace of the root",
      plain({ namespace: new Reference("module.call.kubernetes_namespace_v1.this", "metadata[0].name") }),
      "holds",
    ],
    ["is broken by create_namespace", plain({ create_namespace: true }), "broken: create_namespace = true"],
    ["is broken without a namespace", plain({ namespace: null }), "broken: namespace = null"],
    ["is broken by default", plain({ namespace: "default" }), 'broken: namespace = "default"'],
  ],
  "helm-values-readable": [
    ["holds for JSON", release({ a: 1 }), "holds"],
    ["holds without values", plain({ values: null }), "holds"],
    ["holds for JSON with an unknown part", release(new EncodedJson({ a: new Unknown() })), "holds"],
    ["is broken by YAML", release("a: on\n"), "broken: values[0] is no JSON object"],
    ["is broken by a list", release("[1]"), "broken: values[0] is no JSON object"],
    [
      "is broken by set_sensitive",
      plain({ set_sensitive: [{ name: "a" }] }),
      'broken: set_sensitive = [{"name": "a"}]',
    ],
    ["is broken by set_wo", plain({ set_wo: [{ name: "a" }] }), 'broken: set_wo = [{"name": "a"}]'],
    [
      "is unknown for a text with an unknown part",
      release(new PartialText(["a: ", new Unknown()])),
      'unknown: values[0] = "a: (known after apply)"',
    ],
  ],
});

const host = "https://0123456789ABCDEF0123456789ABCDEF.gr7.eu-central-1.eks.amazonaws.com";
const pem = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
const cluster = { host, cluster_ca_certificate: pem };
const using = (kubernetes: HclValue, helm: HclValue = cluster, more: Values = {}) => ({
  providers: { kubernetes: [kubernetes], helm: [{ kubernetes: helm, ...more }] },
});

proveRows(CLUSTER_ROWS, {
  "provider-cluster-pinned": [
    ["holds without a cluster", { providers: { aws: [{ region: "eu-central-1" }] } }, "holds"],
    ["holds for one cluster", using({ ...cluster, config_path: null, insecure: false }, [cluster]), "holds"],
    [
      "is broken by plain HTTP",
      using({ ...cluster, host: "http://a" }),
      'broken: provider.kubernetes[0].host = "http://a"',
    ],
    [
      "is broken without a host",
      using(cluster, { ...cluster, host: null }),
      "broken: provider.helm[0].kubernetes.host = null",
    ],
    [
      "is broken by a certificate in Base64",
      using({ ...cluster, cluster_ca_certificate: "LS0t" }),
      'broken: provider.kubernetes[0].cluster_ca_certificate = "LS0t"',
    ],
    [
      "is broken by a configuration in a file",
      using({ ...cluster, config_path: "~/.kube/config" }),
      'broken: provider.kubernetes[0].config_path = "~/.kube/config"',
    ],
    [
      "is broken without verification",
      using({ ...cluster, insecure: true }),
      "broken: provider.kubernetes[0].insecure = true",
    ],
    ["is broken without any cluster", using(cluster, null), "broken: provider.helm[0].kubernetes without a cluster"],
    [
      "is broken by two clusters",
      using(cluster, { ...cluster, host: "https://other" }),
      `broken: hosts "${host}" and "https://other"`,
    ],
    [
      "is unknown for a host that is",
      using({ ...cluster, host: new Reference("var.host") }, { ...cluster, host: new Reference("var.host") }),
      "unknown: provider.kubernetes[0].host = ${var.host}",
    ],
  ],
  "provider-without-previews": [
    ["holds without", using(cluster), "holds"],
    [
      "is broken by experiments",
      using(cluster, cluster, { experiments: { manifest: true } }),
      'broken: provider.helm[0].experiments = {"manifest": true}',
    ],
    [
      "is broken by registries",
      using(cluster, cluster, { registries: [{ url: "oci://a" }] }),
      'broken: provider.helm[0].registries = [{"url": "oci://a"}]',
    ],
    [
      "is broken by experiments of kubernetes",
      using({ ...cluster, experiments: [{ manifest_resource: true }] }),
      'broken: provider.kubernetes[0].experiments = [{"manifest_resource": true}]',
    ],
  ],
});
