import { z } from "zod";
import {
  arnOf,
  CHART_PATH,
  CHART_VERSION,
  type ContainerResources,
  defineModule,
  helmRelease,
  OBJECT_NAME,
  REGION,
  REGISTRY,
  readyAfter,
  repositoryChart,
  type ServiceAccountValues,
  serviceAccountWithRole,
  sizing,
  type Value,
} from "../../lib";

const REPOSITORY = "https://aws.github.io/eks-charts";
const SERVICE_ACCOUNT = "load-balancer-controller";

export const LoadBalancerController = defineModule({
  name: "load-balancer-controller",
  description:
    "AWS Load Balancer Controller that registers pods in target groups of Terraform (TargetGroupBinding) and nothing else: it makes no load balancers, and does not change security groups, WAF or Shield.",
  providers: ["helm"],
  inputs: {
    namespace: OBJECT_NAME.default("kube-system").describe("Namespace of the controller."),
    clusterName: z.string().min(1).describe("Name of the EKS cluster."),
    region: REGION.describe("Region of the cluster. Pods cannot ask the instance metadata for it."),
    vpcName: z
      .string()
      .min(1)
      .describe("Tag `Name` of the VPC of the cluster. Pods cannot ask the metadata for its id."),
    roleArn: arnOf("iam").describe(
      `Role that may register and deregister targets; its trust policy names the service account \`${SERVICE_ACCOUNT}\`.`,
    ),
    chartVersion: sizing(CHART_VERSION).default("3.5.0").describe("Version of the chart."),
    chartPath: CHART_PATH,
    registry: REGISTRY.default("public.ecr.aws").describe("Registry of the image."),
  },
  outputs: {
    apiVersion: z.string().describe("API version of target group bindings, available after the webhook answers."),
  },
  example: {
    clusterName: "shop-dev",
    region: "eu-central-1",
    vpcName: "shop-dev",
    roleArn: "arn:aws:iam::111122223333:role/shop-dev-load-balancer-controller",
  },
  build(scope, input) {
    const values: Values = {
      clusterName: input.clusterName,
      region: input.region,
      vpcTags: { Name: input.vpcName },
      image: { repository: `${input.registry}/eks/aws-load-balancer-controller` },
      serviceAccount: serviceAccountWithRole(SERVICE_ACCOUNT, input.roleArn),
      replicaCount: 2,
      podDisruptionBudget: { maxUnavailable: 1 },
      resources: { requests: { cpu: "50m", memory: "128Mi" }, limits: { memory: "256Mi" } },
      // Every Service of the cluster would wait for this webhook.
      enableServiceMutatorWebhook: false,
      createIngressClassResource: false,
      ingressClassParams: { create: false },
      enableShield: false,
      enableWaf: false,
      enableWafv2: false,
      enableBackendSecurityGroup: false,
      // Each upgrade would make another certificate for the webhook.
      keepTLSSecret: true,
      defaultTargetType: "ip",
    };
    const release = helmRelease(scope, {
      name: SERVICE_ACCOUNT,
      namespace: input.namespace,
      ...repositoryChart(REPOSITORY, "aws-load-balancer-controller", input),
      values,
    });
    return { apiVersion: readyAfter("elbv2.k8s.aws/v1beta1", release) };
  },
});

/** @see https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/v3.5.0/helm/aws-load-balancer-controller/values.yaml */
interface Values {
  readonly clusterName: Value<string>;
  readonly region: Value<string>;
  readonly vpcTags: Readonly<Record<string, Value<string>>>;
  readonly image: { readonly repository: string };
  readonly serviceAccount: ServiceAccountValues;
  readonly replicaCount: number;
  readonly podDisruptionBudget: { readonly maxUnavailable: number };
  readonly resources: ContainerResources;
  readonly enableServiceMutatorWebhook: boolean;
  readonly createIngressClassResource: boolean;
  readonly ingressClassParams: { readonly create: boolean };
  readonly enableShield: boolean;
  readonly enableWaf: boolean;
  readonly enableWafv2: boolean;
  readonly enableBackendSecurityGroup: boolean;
  readonly keepTLSSecret: boolean;
  readonly defaultTargetType: "ip";
}
