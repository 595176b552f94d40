import { HorizontalPodAutoscalerV2 } from "@cdktf/provider-kubernetes/lib/horizontal-pod-autoscaler-v2";
import { PodDisruptionBudgetV1 } from "@cdktf/provider-kubernetes/lib/pod-disruption-budget-v1";
import { ServiceV1 } from "@cdktf/provider-kubernetes/lib/service-v1";
import { z } from "zod";
import { defineModule, OBJECT_NAME, readyAfter, resource, sizing } from "../../lib";

export const ApplicationFrame = defineModule({
  name: "application-frame",
  description:
    "What an application needs around its Deployment: service, disruption budget and autoscaler. The Deployment has the label `app` with the name of the application, a container port `http` and no `replicas`; a pipeline deploys it.",
  providers: ["kubernetes"],
  inputs: {
    name: OBJECT_NAME.describe("Name of the application and of its Deployment."),
    namespace: OBJECT_NAME.describe("Namespace of the application."),
    port: z.int().min(1).max(65535).default(80).describe("Port of the service."),
    minReplicas: sizing(z.int().min(2).max(1000))
      .default(2)
      .describe("Number of pods without load. One pod would make each update of a node an outage."),
    maxReplicas: sizing(z.int().min(2).max(1000)).describe("Number of pods under load."),
    cpuPercent: sizing(z.int().min(10).max(100))
      .default(70)
      .describe("Used part of the requested CPU above which pods are added."),
  },
  rules: [
    {
      inputs: ["minReplicas", "maxReplicas"],
      allowed: "no more pods without load than under load",
      holds: ({ minReplicas, maxReplicas }) => minReplicas <= maxReplicas,
      condition: "var.min_replicas <= var.max_replicas",
      counterexample: { minReplicas: 5, maxReplicas: 4 },
    },
  ],
  outputs: {
    serviceName: z.string().describe("Name of the service, for a target group binding."),
    servicePort: z.number().describe("Port of the service."),
  },
  example: { name: "api", namespace: "shop", maxReplicas: 10 },
  build(scope, input) {
    const { name, namespace } = input;
    const metadata = { name, namespace };
    const labels = { app: name };
    const service = resource(scope, ServiceV1, "this", {
      metadata: { ...metadata, labels },
      spec: {
        type: "ClusterIP",
        selector: labels,
        port: [{ name: "http", port: input.port, targetPort: "http", protocol: "TCP" }],
      },
    });
    resource(scope, PodDisruptionBudgetV1, "this", {
      metadata,
      spec: { maxUnavailable: "1", selector: { matchLabels: labels } },
    });
    resource(scope, HorizontalPodAutoscalerV2, "this", {
      metadata,
      spec: {
        minReplicas: input.minReplicas,
        maxReplicas: input.maxReplicas,
        scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name },
        metric: [
          {
            type: "Resource",
            resource: { name: "cpu", target: { type: "Utilization", averageUtilization: input.cpuPercent } },
          },
        ],
      },
    });
    return { serviceName: readyAfter(input.name, service), servicePort: input.port };
  },
});
