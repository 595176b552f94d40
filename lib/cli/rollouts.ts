/** `groundplan rollouts`: waits for the workloads of a root with a Kubernetes cluster. Exit code 1 if one does not roll out. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Command } from "commander";
import { z } from "zod";
import { writeOutput } from "../common/output-file";
import { treeFolder } from "../generator/synth/tree";
import { Configurations, readTree } from "../judgement/configuration";
import { type Kubectl, systemKubectl } from "../pipeline/service/kubernetes/kubectl";
import { awaitRollouts } from "../pipeline/service/kubernetes/rollouts";
import { SYSTEM_CLOCK } from "../pipeline/service/waiting";
import { findRoot, requireWrittenTree, rootName } from "../terraform";
import { withProgress } from "./progress";
import { minutes } from "./whole-number";

const NAMED = z.object({ metadata: z.object({ name: z.string() }) });
const PROVIDER = z.object({
  host: z.string(),
  cluster_ca_certificate: z.string(),
  exec: z.tuple([z.object({ api_version: z.string(), command: z.string(), args: z.array(z.string()) })]),
});

export function add(program: Command): void {
  program
    .command("rollouts")
    .description(
      "wait until the workloads of a root have rolled out in its Kubernetes cluster; exit code 1 if one has not",
    )
    .argument("<root>", "root: <system>/<environment>/<component>")
    .option("--timeout <minutes>", "maximum time", minutes, 10)
    .action(rollouts);
}

async function rollouts(name: string, { timeout }: { readonly timeout: number }): Promise<void> {
  const address = findRoot(treeFolder(), name);
  requireWrittenTree(treeFolder());
  const { providers, resources } = new Configurations(readTree(treeFolder())).root(address);
  const label = rootName(address);
  const [provider] = providers.kubernetes ?? [];
  if (provider === undefined) return console.log(`${label}: has no Kubernetes cluster`);
  const names = resources
    .filter(({ type }) => /^kubernetes_(deployment|daemon_?set|stateful_set)(_v1)?$/.test(type))
    .flatMap(({ values }) => NAMED.safeParse(values).data?.metadata.name ?? []);
  const folder = mkdtempSync(path.join(tmpdir(), "groundplan-"));
  try {
    const file = path.join(folder, "kubeconfig");
    writeOutput(file, JSON.stringify(kubeconfig(PROVIDER.parse(provider))));
    const kubectl: Kubectl = (args, input) => systemKubectl(["--kubeconfig", file, ...args], input);
    await withProgress(`${label}: waiting for its workloads`, ({ print }) =>
      awaitRollouts(kubectl, new Set(names), {
        clock: SYSTEM_CLOCK,
        timeoutMinutes: timeout,
        report: (line) => print(`${label}: ${line}`),
      }),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The connection of the provider `kubernetes`. JSON is YAML. */
function kubeconfig({ host, cluster_ca_certificate: authority, exec }: z.output<typeof PROVIDER>) {
  const [{ api_version: apiVersion, command, args }] = exec;
  const name = "cluster";
  return {
    apiVersion: "v1",
    kind: "Config",
    clusters: [
      {
        name,
        cluster: { server: host, "certificate-authority-data": Buffer.from(authority).toString("base64") },
      },
    ],
    users: [{ name, user: { exec: { apiVersion, command, args, interactiveMode: "Never" } } }],
    contexts: [{ name, context: { cluster: name, user: name } }],
    "current-context": name,
  };
}
