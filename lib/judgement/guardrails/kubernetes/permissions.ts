/** Permissions in a cluster: who is an administrator, and whose token pods hold. */
import { type ResourceInstance, show } from "../../configuration";
import { type HclValue, isMapping } from "../../hcl";
import { allows, byType, worst } from "../attributes";
import { broken, HOLDS, type ResourceGuardrail, type Verdict } from "../guardrail";
import { itemsAt, many } from "../values";
import { judgeNames } from "./pod-specs";
import { eachMember } from "./release-values";
import { bothNames } from "./type-names";

const BINDINGS = bothNames("kubernetes_cluster_role_binding", "kubernetes_role_binding");
const ROLES = bothNames("kubernetes_cluster_role", "kubernetes_role");

export const PERMISSION_ROWS = [
  {
    id: "rbac-no-administrators",
    title: "No binding or role gives all permissions of the cluster, and none gives any to everybody",
    why: "An administrator reads every secret and starts pods on every node. People get their permissions by access entries of EKS, which are reviewed beside IAM.",
    severity: "critical",
    controls: { hipaa: ["164.312(a)(1)", "164.308(a)(4)(ii)(B)"], soc2: ["CC6.1", "CC6.3"], gdpr: ["32(1)(b)"] },
    allowed:
      "a role other than cluster-admin that names verbs or resources, for subjects other than system:masters, system:authenticated, system:unauthenticated and system:anonymous",
    types: [...BINDINGS, ...ROLES, "helm_release"],
    judge: byType({
      ...Object.fromEntries(BINDINGS.map((type) => [type, judgeBinding])),
      ...Object.fromEntries(ROLES.map((type) => [type, judgeRole])),
      helm_release: eachMember(({ name, value, place }) =>
        name === "roleRef" && isMapping(value) && value.name === ADMINISTRATOR
          ? broken(`${place}.name = ${show(value.name)}`)
          : HOLDS,
      ),
    }),
  },
  {
    id: "rbac-not-for-default-account",
    title: "No binding gives permissions to a default service account",
    why: "Every pod of the namespace that names no service account has them.",
    severity: "high",
    controls: { hipaa: ["164.312(a)(1)"], soc2: ["CC6.1", "CC6.3"], gdpr: ["32(1)(b)"] },
    allowed: "subjects of the kind ServiceAccount with a name other than default",
    types: BINDINGS,
    judge: ({ values }) =>
      worst(
        itemsAt(values, "subject").map((subject) =>
          isMapping(subject) && subject.kind !== "ServiceAccount"
            ? HOLDS
            : judgeNames(subject, "name", (name) => name !== "default", "subject."),
        ),
      ),
  },
  {
    id: "service-account-token-decided",
    title: "A service account states whether pods get its token",
    why: "Pods get the token by default. A program that does not call the API of the cluster only exposes it.",
    severity: "medium",
    controls: { hipaa: ["164.312(a)(1)"], soc2: ["CC6.1", "CC6.3"] },
    allowed: "automount_service_account_token = false, or true for programs that call the API; false for default",
    types: [...bothNames("kubernetes_service_account"), ...bothNames("kubernetes_default_service_account")],
    judge: (resource, root) =>
      allows("automount_service_account_token", (value) =>
        resource.type.includes("default") ? value === false : value !== null,
      )(resource, root),
  },
] as const satisfies readonly ResourceGuardrail[];

/** The role of Kubernetes with all permissions. @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/ */
const ADMINISTRATOR = "cluster-admin";

const EVERYBODY: readonly HclValue[] = [
  "system:masters",
  "system:authenticated",
  "system:unauthenticated",
  "system:anonymous",
];

function judgeBinding({ values }: ResourceInstance): Verdict {
  return worst([
    judgeNames(values, "role_ref.name", (name) => name !== ADMINISTRATOR),
    judgeNames(values, "subject.name", (name) => !EVERYBODY.includes(name)),
  ]);
}

function judgeRole({ values }: ResourceInstance): Verdict {
  return worst(itemsAt(values, "rule").map(judgeRule));
}

function judgeRule(rule: HclValue): Verdict {
  const isAnything = (name: string) => itemsAt(rule, name).some((value) => many(value).includes("*"));
  return isAnything("verbs") && isAnything("resources") ? broken("rule with verbs and resources *") : HOLDS;
}
