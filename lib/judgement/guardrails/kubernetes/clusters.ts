/** Providers of a cluster: the right cluster, verified, and no preview of a feature. */
import { show } from "../../configuration";
import { type HclValue, isMapping, isUnknown } from "../../hcl";
import { judgeAt, worst } from "../attributes";
import { broken, HOLDS, type RootGuardrail, undecided, type Verdict } from "../guardrail";
import { isEmpty, itemsOf, valuesAt } from "../values";
import { isNotOn } from "./pod-specs";

export const CLUSTER_ROWS = [
  {
    id: "provider-cluster-pinned",
    title: "A root works in one cluster only, and verifies it",
    why: "A configuration from the environment of the process can be that of another cluster. The provider only warns about a certificate that it cannot read.",
    severity: "high",
    controls: { hipaa: ["164.312(a)(1)", "164.312(e)(1)"], soc2: ["CC6.1", "CC8.1"], gdpr: ["32(1)(b)"] },
    allowed:
      "the same host, beginning with https://, and a cluster_ca_certificate in PEM in each configuration of kubernetes and helm; no config_path, config_paths or insecure",
    types: "root",
    judgeRoot: ({ providers }) => {
      const clusters = clustersIn(providers);
      const hosts = new Set(clusters.map(([, cluster]) => show(valuesAt(cluster, "host")[0] ?? null)));
      return worst([
        ...clusters.map(([name, cluster]) => judgeCluster(cluster, name)),
        hosts.size > 1 ? broken(`hosts ${[...hosts].join(" and ")}`) : HOLDS,
      ]);
    },
  },
  {
    id: "provider-without-previews",
    title: "No provider of a cluster uses experiments or logs in to registries",
    why: "The experiment with manifests contacts the cluster at each plan and can end an apply with an inconsistent result. With registries, a password of twelve hours is in the plan, and each plan needs the registry.",
    severity: "medium",
    controls: { soc2: ["CC6.1", "CC8.1"] },
    allowed: "neither experiments nor registries",
    types: "root",
    judgeRoot: ({ providers }) =>
      worst(
        ["helm", "kubernetes"].flatMap((name) =>
          (providers[name] ?? []).flatMap((provider, position) =>
            ["experiments", "registries"].map((argument) =>
              judgeAt(provider, argument, isEmpty, `provider.${name}[${position}].`),
            ),
          ),
        ),
      ),
  },
] as const satisfies readonly RootGuardrail[];

/** The configuration of the cluster in each provider, which helm has in a block of its own. */
function clustersIn(providers: { readonly [provider: string]: readonly HclValue[] }): [name: string, HclValue][] {
  return [
    ...(providers.kubernetes ?? []).map((one, i): [string, HclValue] => [`provider.kubernetes[${i}]`, one]),
    ...(providers.helm ?? []).map((one, i): [string, HclValue] => [
      `provider.helm[${i}].kubernetes`,
      valuesAt(one, "kubernetes").flatMap(itemsOf)[0] ?? null,
    ]),
  ];
}

function judgeCluster(cluster: HclValue, name: string): Verdict {
  if (isUnknown(cluster)) return undecided(`${name} = ${show(cluster)}`);
  if (!isMapping(cluster)) return broken(`${name} without a cluster`);
  const place = `${name}.`;
  return worst([
    judgeAt(cluster, "host", (host) => /^https:\/\/\S+$/.test(String(host)), place),
    judgeAt(cluster, "cluster_ca_certificate", isCertificate, place),
    judgeAt(cluster, "insecure", isNotOn, place),
    judgeAt(cluster, "config_path", isEmpty, place),
    judgeAt(cluster, "config_paths", isEmpty, place),
  ]);
}

function isCertificate(text: HclValue): boolean {
  return /^\s*-----BEGIN CERTIFICATE-----\n[\s\S]+\n-----END CERTIFICATE-----\s*$/.test(String(text));
}
