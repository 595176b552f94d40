/** Arguments of Kubernetes and Helm that a person has judged, overriding their names. */
import { POD_TYPES } from "../kubernetes/pod-specs";
import { bothNames } from "../kubernetes/type-names";
import type { Mark } from "./marks";

/** Names of arguments of pods with a suspicious name but a harmless meaning, with the effect of a change. */
const HARMLESS_IN_PODS: Readonly<Record<string, string>> = {
  active_deadline_seconds: "how long a pod may run",
  dns_policy: "where a pod resolves names",
  enable_service_links: "environment variables with the addresses of services",
  fs_group_change_policy: "when the owner of files is changed",
  host: "the name that a probe asks for",
  image_pull_policy: "when a node fetches an image again",
  node_affinity_policy: "which nodes a spread counts",
  node_taints_policy: "which nodes a spread counts",
  restart_policy: "when a container is started again",
  scheme: "how a probe asks",
  termination_message_policy: "where the message of a failed container comes from",
};

/** Arguments of pods with more effect than their names indicate. */
const MARKED_IN_PODS: Readonly<Record<string, Mark>> = {
  add: "protection",
  drop: "protection",
  host_ipc: "network",
  host_network: "network",
  host_pid: "network",
  host_port: "network",
  read_only_root_filesystem: "protection",
  run_as_group: "protection",
  run_as_non_root: "protection",
  run_as_user: "protection",
};

const SERVICES = bothNames("kubernetes_service");
const AUTOSCALERS = ["kubernetes_horizontal_pod_autoscaler", "kubernetes_horizontal_pod_autoscaler_v2"];

export const HARMLESS_IN_CLUSTERS: Readonly<Record<string, string>> = {
  ...ofTypes(POD_TYPES, HARMLESS_IN_PODS),
  ...ofTypes(bothNames("kubernetes_cron_job"), { concurrency_policy: "whether two runs overlap" }),
  ...ofTypes(bothNames("kubernetes_stateful_set"), { pod_management_policy: "the order in which pods start" }),
  ...ofTypes(SERVICES, {
    external_traffic_policy: "which nodes pass on traffic",
    internal_traffic_policy: "which pods of a node get traffic",
    ip_family_policy: "which versions of IP it has",
    publish_not_ready_addresses: "whether names resolve before pods are ready",
  }),
  ...ofTypes(AUTOSCALERS, { select_policy: "how fast the number of pods changes" }),
  ...ofTypes(bothNames("kubernetes_config_map"), { immutable: "whether a change replaces it" }),
  ...ofTypes(bothNames("kubernetes_namespace"), { wait_for_default_service_account: "how long the apply waits" }),
  ...ofTypes(bothNames("kubernetes_storage_class"), { allow_volume_expansion: "whether a volume can grow" }),
};

export const MARKED_IN_CLUSTERS: Readonly<Record<string, Mark>> = {
  ...ofTypes(POD_TYPES, MARKED_IN_PODS),
  /** Labels decide the Pod Security level. */
  ...ofTypes(bothNames("kubernetes_namespace"), { labels: "protection" }),
  ...ofTypes(SERVICES, {
    external_ips: "network",
    external_name: "target",
    load_balancer_source_ranges: "network",
    /** A load balancer, or a port on each node. */
    type: "public",
  }),
  /** Whether claims are deleted with the stateful set, or volumes with their claims. */
  ...ofTypes(bothNames("kubernetes_stateful_set"), { when_deleted: "retention", when_scaled: "retention" }),
  ...ofTypes(bothNames("kubernetes_persistent_volume"), { persistent_volume_reclaim_policy: "retention" }),
  ...ofTypes(bothNames("kubernetes_storage_class"), { parameters: "key", reclaim_policy: "retention" }),
  ...ofTypes(["helm_release"], {
    args: "code",
    binary_path: "code",
    /** No plan shows the permissions that a chart contains. */
    chart: "policy",
    repository: "policy",
    verify: "protection",
    version: "policy",
  }),
};

function ofTypes<V>(types: readonly string[], judgements: Readonly<Record<string, V>>): Record<string, V> {
  return Object.fromEntries(
    types.flatMap((type) => Object.entries(judgements).map(([name, value]) => [`${type}.${name}`, value])),
  );
}
