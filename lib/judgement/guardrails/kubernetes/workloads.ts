/** Workloads: resources, identity, and parts that have to agree, which Terraform does not compare. */
import { show } from "../../configuration";
import { type HclValue, isMapping, isUnknown, type Mapping } from "../../hcl";
import { byType, judgeValues, worst } from "../attributes";
import { broken, HOLDS, type ResourceGuardrail, undecided, type Verdict } from "../guardrail";
import { isEmpty, isText, itemsAt, valuesAt } from "../values";
import { allOf, type BlockJudge, eachPod, eachPodContainer, keepsInPod, keepsName, POD_TYPES, PODS } from "./pod-specs";
import { judgeRequests } from "./quantities";
import { eachMember } from "./release-values";

const SELECTED = POD_TYPES.filter((type) => /deployment|daemon|stateful_set|replication_controller/.test(type));

export const WORKLOAD_ROWS = [
  {
    id: "pod-resources",
    title: "A container has a request of processor time and a limit of memory, and no request above its limit",
    why: "A container without a limit takes the memory of other pods on its node. Kubernetes refuses a request above its limit after Terraform has planned it.",
    severity: "medium",
    controls: { soc2: ["A1.1", "A1.2"], gdpr: ["32(1)(b)"] },
    allowed: "resources with requests.cpu or limits.cpu, and limits.memory, and no request above its limit",
    types: [...POD_TYPES, "helm_release"],
    judge: byType({
      ...Object.fromEntries(POD_TYPES.map((type) => [type, eachPodContainer(judgeResources)])),
      helm_release: eachMember(({ name, value, place }) =>
        name === "resources" && isMapping(value) ? judgePair(value, `${place}.`) : HOLDS,
      ),
    }),
  },
  {
    id: "pod-service-account-named",
    title: "A pod has a service account of its own, and the decision whether its token is mounted",
    why: "Every pod without a service account has the permissions of default. The provider mounts the token unless the pod says otherwise, and a program that does not call the API only exposes it.",
    severity: "high",
    controls: { hipaa: ["164.312(a)(1)"], soc2: ["CC6.1", "CC6.3"], gdpr: ["32(1)(b)"] },
    allowed: "service_account_name other than default, and automount_service_account_token set to false or true",
    types: POD_TYPES,
    judge: eachPod(
      allOf(
        keepsName("service_account_name", (name) => isText(name) && name !== "default"),
        keepsInPod("automount_service_account_token", (value) => value !== null),
      ),
    ),
  },
  {
    id: "workload-selector-matches",
    title: "The selector of a workload matches the labels of its pods",
    why: "Kubernetes refuses the workload during the apply, or the workload counts pods that are not its own.",
    severity: "low",
    controls: { soc2: ["CC8.1"] },
    allowed: "a selector whose labels are all labels of the pod template",
    types: SELECTED,
    judge: ({ type, values }) => judgeSelector(type, values),
  },
  {
    id: "pod-probe-one-handler",
    title: "A probe or lifecycle hook has one handler",
    why: "Kubernetes refuses a pod with two handlers, or none, after Terraform has planned it.",
    severity: "low",
    controls: { soc2: ["CC8.1", "A1.2"] },
    allowed: "one of exec, grpc, http_get and tcp_socket in each probe and hook",
    types: POD_TYPES,
    judge: eachPodContainer((container, place) =>
      worst(PROBES.flatMap((path) => itemsAt(container, path).map((probe) => judgeHandlers(probe, place + path)))),
    ),
  },
  {
    id: "pod-mounts-have-volumes",
    title: "Each mount of a container has a volume of its pod",
    why: "Kubernetes refuses the pod after Terraform has planned it.",
    severity: "low",
    controls: { soc2: ["CC8.1"] },
    allowed: "volume_mount with the name of a volume, or of a volume_claim_template of the stateful set",
    types: POD_TYPES,
    judge: (resource, root) => eachPodContainer(mountsAreIn(resource.values))(resource, root),
  },
  {
    id: "pod-environment-unique",
    title: "A container sets each environment variable once",
    why: "Kubernetes takes the last value, and a reader of the source may take the first.",
    severity: "low",
    controls: { soc2: ["CC8.1"] },
    allowed: "different names in env",
    types: POD_TYPES,
    judge: eachPodContainer((container, place) => {
      const names = itemsAt(container, "env.name").filter((name) => name !== null);
      const twice = names.find((name, i) => typeof name === "string" && names.indexOf(name) !== i);
      if (twice !== undefined) return broken(`${place}env ${show(twice)} twice`);
      return judgeValues(`${place}env.name`, names, () => true);
    }),
  },
] as const satisfies readonly ResourceGuardrail[];

function judgeResources(container: Mapping, place: string): Verdict {
  const processor = ["requests", "limits"].flatMap((kind) => valuesAt(container, `resources.${kind}.cpu`));
  const isRequested = processor.some((value) => !isEmpty(value));
  return worst([
    ...(isRequested ? [] : [broken(`${place}resources.requests.cpu = null`)]),
    keepsInPod("resources.limits.memory", (value) => !isEmpty(value))(container, place, container),
    ...itemsAt(container, "resources").map((resources) =>
      isMapping(resources) ? judgePair(resources, `${place}resources.`) : HOLDS,
    ),
  ]);
}

/** Maps of attributes are no blocks, so that neither is a list. */
function judgePair({ requests = null, limits = null }: Mapping, place: string): Verdict {
  return isMapping(requests) && isMapping(limits) ? judgeRequests(requests, limits, place) : HOLDS;
}

function judgeSelector(type: string, values: Mapping): Verdict {
  const path = type.includes("replication_controller") ? "spec.selector" : "spec.selector.match_labels";
  const [wanted = null] = itemsAt(values, path);
  const template = Object.entries(PODS).find(([name]) => name === type)?.[1] ?? "";
  const [labels = null] = itemsAt(values, `${template}.metadata.labels`);
  if (isUnknown(wanted) || isUnknown(labels)) return undecided(`${path} = ${show(wanted)}`);
  if (!isMapping(wanted) || Object.keys(wanted).length === 0) return broken(`${path} = ${show(wanted)}`);
  const own = isMapping(labels) ? labels : {};
  return worst(
    Object.entries(wanted).map(([name, value]) => {
      const label = own[name] ?? null;
      if (show(label) === show(value)) return HOLDS;
      const got = `${path}.${name} = ${show(value)}, and the label of the pods is ${show(label)}`;
      return isUnknown(value) || isUnknown(label) ? undecided(got) : broken(got);
    }),
  );
}

const PROBES = ["liveness_probe", "readiness_probe", "startup_probe", "lifecycle.post_start", "lifecycle.pre_stop"];
const HANDLERS = ["exec", "grpc", "http_get", "tcp_socket"];

function judgeHandlers(probe: HclValue, place: string): Verdict {
  if (isUnknown(probe)) return undecided(`${place} = ${show(probe)}`);
  if (!isMapping(probe)) return HOLDS;
  const handlers = HANDLERS.filter((name) => !isEmpty(probe[name] ?? null));
  return handlers.length === 1 ? HOLDS : broken(`${place} with ${handlers.join(" and ") || "no handler"}`);
}

function mountsAreIn(values: Mapping): BlockJudge {
  const claims = itemsAt(values, "spec.volume_claim_template.metadata.name");
  return (container, place, pod) => {
    const volumes = [...itemsAt(pod, "volume.name"), ...claims];
    const isOpen = volumes.some(isUnknown);
    return worst(
      itemsAt(container, "volume_mount.name")
        .filter((name) => name !== null && !volumes.includes(name))
        .map((name) => {
          const got = `${place}volume_mount ${show(name)}`;
          return isOpen || isUnknown(name) ? undecided(got) : broken(`${got} without a volume`);
        }),
    );
  };
}
