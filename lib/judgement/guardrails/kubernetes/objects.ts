/** Objects of a cluster whose values only the API server checks, during the apply. */
import type { HclValue } from "../../hcl";
import { all, forbidden, type Judge, judgeAt, judgeValues, worst } from "../attributes";
import { broken, HOLDS, type ResourceGuardrail } from "../guardrail";
import { isEmpty, itemsAt, valuesAt } from "../values";
import { type BlockJudge, eachPod, eachPodContainer, keepsInPod, POD_TYPES } from "./pod-specs";
import { judgeQuantities } from "./quantities";
import { bothNames } from "./type-names";

const FAILS_LATE = "Terraform plans the value, and the API server refuses it when other changes are already applied.";

const CLAIMED = "volume_claim_template.spec.resources";

/** Quantities in the arguments of objects. An object has nothing at the paths of another type. */
const QUANTITIES = [
  "spec.capacity",
  "spec.hard",
  "spec.limit.default",
  "spec.limit.default_request",
  "spec.limit.max",
  "spec.limit.max_limit_request_ratio",
  "spec.limit.min",
  "spec.resources.limits",
  "spec.resources.requests",
  `spec.${CLAIMED}.limits`,
  `spec.${CLAIMED}.requests`,
] as const;

export const OBJECT_ROWS = [
  {
    id: "kubernetes-quantities",
    title: "A quantity has the form that Kubernetes parses",
    why: FAILS_LATE,
    severity: "low",
    controls: { soc2: ["CC8.1"] },
    allowed: "a number with one of the suffixes n, u, m, k, M, G, T, P, E, Ki, Mi, Gi, Ti, Pi and Ei, without a blank",
    types: [
      ...POD_TYPES,
      ...bothNames(
        "kubernetes_limit_range",
        "kubernetes_persistent_volume",
        "kubernetes_persistent_volume_claim",
        "kubernetes_resource_quota",
      ),
    ],
    judge: all(
      inPods(eachPodContainer(quantitiesAt("resources.limits", "resources.requests"))),
      inPods(
        eachPod(
          quantitiesAt(
            "volume.empty_dir.size_limit",
            `volume.ephemeral.${CLAIMED}.limits`,
            `volume.ephemeral.${CLAIMED}.requests`,
          ),
        ),
      ),
      ({ values }) => worst(QUANTITIES.map((path) => judgeQuantities(values, path))),
    ),
  },
  {
    id: "kubernetes-protocols",
    title: "A port has a protocol, and a network policy has directions, that Kubernetes knows",
    why: FAILS_LATE,
    severity: "low",
    controls: { soc2: ["CC8.1"] },
    allowed: "the protocols TCP, UDP and SCTP, and the policy_types Ingress and Egress",
    types: [...POD_TYPES, ...bothNames("kubernetes_network_policy", "kubernetes_service")],
    judge: all(
      inPods(eachPodContainer(keepsInPod("port.protocol", isProtocol))),
      ({ values }) =>
        worst(
          ["spec.port", "spec.ingress.ports", "spec.egress.ports"].map((path) =>
            judgeAt(values, `${path}.protocol`, isProtocol),
          ),
        ),
      ({ values }) =>
        judgeValues(
          "spec.policy_types",
          itemsAt(values, "spec.policy_types"),
          (type) => type === null || type === "Ingress" || type === "Egress",
        ),
    ),
  },
  {
    id: "disruption-budget-one-limit",
    title: "A disruption budget has one limit",
    why: FAILS_LATE,
    severity: "low",
    controls: { soc2: ["A1.2", "CC8.1"] },
    allowed: "either max_unavailable or min_available",
    types: bothNames("kubernetes_pod_disruption_budget"),
    judge: ({ values }) => {
      const set = ["max_unavailable", "min_available"].filter((name) =>
        valuesAt(values, `spec.${name}`).some((value) => !isEmpty(value)),
      );
      return set.length === 1 ? HOLDS : broken(`spec with ${set.join(" and ") || "no limit"}`);
    },
  },
  {
    id: "kubernetes-no-manifest",
    title: "No object is a manifest",
    why: "A plan with a manifest needs the API server and the definition of the object's kind, so that it fails before the first apply, and no guardrail judges what the manifest contains.",
    severity: "medium",
    controls: { soc2: ["CC8.1"] },
    allowed: "a resource of the object's own type, or a custom resource in the values of a chart",
    types: ["kubernetes_manifest"],
    judge: forbidden,
  },
] as const satisfies readonly ResourceGuardrail[];

/** Objects of other types have no pods. */
function inPods(judge: Judge): Judge {
  return (resource, root) => (POD_TYPES.includes(resource.type) ? judge(resource, root) : HOLDS);
}

function quantitiesAt(...paths: readonly string[]): BlockJudge {
  return (block, place) => worst(paths.map((path) => judgeQuantities(block, path, place)));
}

function isProtocol(value: HclValue): boolean {
  return value === null || value === "TCP" || value === "UDP" || value === "SCTP";
}
