import { KubernetesServiceAccount } from "../../modules/kubernetes-service-account";
import { evaluatedCluster } from "../support/evaluated";

const roleArn = "arn:aws:iam::111122223333:role/shop-dev-api";
const cluster = evaluatedCluster((root) => {
  new KubernetesServiceAccount(root, "api", { name: "api", namespace: "shop", roleArn });
  new KubernetesServiceAccount(root, "pooler", { name: "pooler", namespace: "pgbouncer" });
});

test("a service account has its role, and mounts no token for the Kubernetes API", () => {
  expect(cluster.values("module.api.kubernetes_service_account_v1.this")).toEqual({
    metadata: { name: "api", namespace: "shop", annotations: { "eks.amazonaws.com/role-arn": roleArn } },
    automount_service_account_token: false,
  });
  expect(cluster.values("module.pooler.kubernetes_service_account_v1.this")).toEqual({
    metadata: { name: "pooler", namespace: "pgbouncer", annotations: {} },
    automount_service_account_token: false,
  });
});
