/** The cluster root of WardMitra: everything in Kubernetes, composed once for all of its environments. */
import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { clusterConnection, type Root } from "../../../lib";
import { systemRoot } from "../../common/system-root";
import { identityOf } from "../aws/system";
import { COMPONENTS } from "../components";
import { type ComposedEnvironment, nameOf, SYSTEM } from "../context";
import { api, pooler } from "./application";
import { logs, metrics } from "./monitoring";
import { platform } from "./platform";

/** No root while there is no cluster, whose address the providers need. */
export function wardmitraCluster(environment: ComposedEnvironment): Root[] {
  const { cluster, clusterEnding, region, runner } = environment;
  if (cluster === null) return [];
  const component = { name: COMPONENTS.cluster, wavesAfter: 1, runner };
  const own = { ...environment, ...(clusterEnding && { ending: clusterEnding }) };
  const { exec, ...connection } = clusterConnection(`environments/${SYSTEM}/${environment.name}.ts`, cluster, {
    region,
    clusterName: nameOf(environment),
  });
  const identity = { ...identityOf(environment), cluster: Object.values(connection) };
  const root = systemRoot(SYSTEM, own, identity, component);
  root.provider(KubernetesProvider, { ...connection, exec: [exec] });
  root.provider(HelmProvider, { kubernetes: { ...connection, exec } });
  const base = platform(root, environment);
  pooler(root, environment, base);
  api(root, environment, base);
  metrics(root, environment, base, logs(root, environment, base));
  return [root];
}
