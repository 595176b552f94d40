/** What the configuration says of some module calls, without Terraform. */
import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import type { Root } from "../../lib";
import { renderTree } from "../../lib/generator/synth/synthesize";
import { Configurations } from "../../lib/judgement/configuration";
import { newRoot } from "../lib/generator/support";
import { Planned } from "./planned";

/** Calls modules from a root with a cluster, for providers whose binaries the tests do not have. */
export function evaluatedCluster(call: (root: Root) => void): Planned {
  return evaluated((root) => {
    const host = "https://0123456789ABCDEF0123456789ABCDEF.gr7.eu-central-1.eks.amazonaws.com";
    root.provider(KubernetesProvider, { host });
    root.provider(HelmProvider, { kubernetes: { host } });
    call(root);
  });
}

/** Calls modules from a root, and evaluates the tree that is rendered. */
export function evaluated(call: (root: Root) => void): Planned {
  const root = newRoot();
  call(root);
  const tree = new Map(renderTree([root]).map((file) => [file.path, file.content]));
  const { resources } = new Configurations(tree).root(root.address);
  return new Planned(resources.map(({ values, ...resource }) => ({ ...resource, values: plain(values) })));
}

/** As JSON has it. What is not known yet is an object without fields. */
function plain(values: object): Record<string, unknown> {
  return JSON.parse(JSON.stringify(values));
}
