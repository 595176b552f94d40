/**
 * Access of people to the tools of a namespace, such as dashboards, by `kubectl port-forward`. The API of the cluster authenticates
 * them, and its audit log has each connection. They neither read Secrets nor change objects.
 */
import { RoleBindingV1 } from "@cdktf/provider-kubernetes/lib/role-binding-v1";
import { RoleV1 } from "@cdktf/provider-kubernetes/lib/role-v1";
import type { Construct } from "constructs";
import { blockForEach, condition, type Expression, resourceIf } from "../../lib";

const ROLE = "port-forward";

export function portForwarding(scope: Construct, namespace: Expression<string>, groups: Expression<string[]>): void {
  const wanted = condition`length(${groups}) > 0`;
  const metadata = { name: ROLE, namespace };
  resourceIf(scope, RoleV1, "port_forward", wanted, {
    metadata,
    rule: [
      { apiGroups: [""], resources: ["pods", "services"], verbs: ["get", "list"] },
      // A client opens the connection with GET or with POST, according to its version.
      { apiGroups: [""], resources: ["pods/portforward"], verbs: ["create", "get"] },
    ],
  });
  resourceIf(scope, RoleBindingV1, "port_forward", wanted, {
    metadata,
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: ROLE },
    subject: blockForEach(groups, (group) => ({
      apiGroup: "rbac.authorization.k8s.io",
      kind: "Group",
      name: group,
    })),
  });
}
