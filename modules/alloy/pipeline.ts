/** Configuration of Alloy. @see https://grafana.com/docs/alloy/latest/reference/components/loki/ */
import type { Expression } from "../../lib";

/** Labels of a log line, by the metadata of its pod. Few values each, because Loki indexes them. */
const LABELS = {
  namespace: "__meta_kubernetes_namespace",
  pod: "__meta_kubernetes_pod_name",
  container: "__meta_kubernetes_pod_container_name",
  app: "__meta_kubernetes_pod_label_app",
};

export function pipeline(lokiUrl: Expression<string>): string {
  const rules = Object.entries(LABELS).map(
    ([label, source]) => `  rule {\n    source_labels = ["${source}"]\n    target_label  = "${label}"\n  }`,
  );
  return [
    'discovery.kubernetes "pod" {\n  role = "pod"\n}',
    `discovery.relabel "pod" {\n  targets = discovery.kubernetes.pod.targets\n${rules.join("\n")}\n}`,
    'loki.source.kubernetes "pod" {\n  targets    = discovery.relabel.pod.output\n  forward_to = [loki.write.loki.receiver]\n}',
    'loki.source.kubernetes_events "events" {\n  job_name   = "kubernetes-events"\n  forward_to = [loki.write.loki.receiver]\n}',
    `loki.write "loki" {\n  endpoint {\n    url = "${lokiUrl}/loki/api/v1/push"\n  }\n}`,
    "",
  ].join("\n");
}
