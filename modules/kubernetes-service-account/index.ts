import { ServiceAccountV1 } from "@cdktf/provider-kubernetes/lib/service-account-v1";
import { z } from "zod";
import { arnOf, defineModule, isSet, OBJECT_NAME, readyAfter, resource } from "../../lib";

export const KubernetesServiceAccount = defineModule({
  name: "kubernetes-service-account",
  description:
    "A service account with its own IAM role (IRSA) and without a token for the Kubernetes API. EKS mounts the token for AWS into its pods.",
  providers: ["kubernetes"],
  inputs: {
    name: OBJECT_NAME.describe("Name of the service account."),
    namespace: OBJECT_NAME.describe("Namespace of the service account."),
    roleArn: arnOf("iam")
      .nullable()
      .default(null)
      .describe("Role whose trust policy names this service account; null for pods that do not call AWS."),
  },
  outputs: { name: z.string().describe("Name of the service account, available after it exists.") },
  example: { name: "api", namespace: "shop", roleArn: "arn:aws:iam::111122223333:role/shop-dev-api" },
  build(scope, input) {
    const account = resource(scope, ServiceAccountV1, "this", {
      metadata: {
        name: input.name,
        namespace: input.namespace,
        annotations: isSet(input.roleArn)<Record<string, string>>(
          (roleArn) => ({ "eks.amazonaws.com/role-arn": roleArn }),
          {},
        ),
      },
      automountServiceAccountToken: false,
    });
    return { name: readyAfter(input.name, account) };
  },
});
