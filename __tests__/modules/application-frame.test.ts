import { ApplicationFrame } from "../../modules/application-frame";
import { evaluatedCluster } from "../support/evaluated";

const cluster = evaluatedCluster((root) => {
  new ApplicationFrame(root, "api", {
    name: "api",
    namespace: "shop",
    minReplicas: 3,
    maxReplicas: 12,
    cpuPercent: 60,
  });
});

test("service, disruption budget and autoscaler are about the pods of the Deployment that a pipeline makes", () => {
  expect(cluster.values("module.api.kubernetes_service_v1.this")).toMatchObject({
    spec: { type: "ClusterIP", selector: { app: "api" }, port: [{ port: 80, target_port: "http" }] },
  });
  expect(cluster.values("module.api.kubernetes_pod_disruption_budget_v1.this").spec).toEqual({
    max_unavailable: "1",
    selector: { match_labels: { app: "api" } },
  });
  expect(cluster.values("module.api.kubernetes_horizontal_pod_autoscaler_v2.this")).toMatchObject({
    spec: {
      min_replicas: 3,
      max_replicas: 12,
      scale_target_ref: { api_version: "apps/v1", kind: "Deployment", name: "api" },
      metric: [{ resource: { name: "cpu", target: { type: "Utilization", average_utilization: 60 } } }],
    },
  });
});
