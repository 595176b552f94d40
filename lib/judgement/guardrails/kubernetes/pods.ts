/** Pods: least privilege, apart from their nodes, with images that are known. */
import { show } from "../../configuration";
import { type HclValue, isList, isMapping } from "../../hcl";
import { byType, type Judge, judgeValues, worst } from "../attributes";
import { broken, HOLDS, type ResourceGuardrail } from "../guardrail";
import { isAbsent, isEmpty, valuesAt } from "../values";
import { judgeRegistry, judgeRegistryMember, judgeTag, judgeTagMember } from "./images";
import { allOf, type BlockJudge, eachPod, eachPodContainer, isNotOn, isOn, keepsInPod, POD_TYPES } from "./pod-specs";
import { eachMember, withoutMembers } from "./release-values";

const WORKLOADS = [...POD_TYPES, "helm_release"];

export const POD_ROWS = [
  {
    id: "pod-not-privileged",
    title: "No container of a pod is privileged or can gain privileges",
    why: "An attacker who breaks into a privileged container controls the node and every other pod on it.",
    severity: "critical",
    controls: { hipaa: ["164.312(a)(1)"], soc2: ["CC6.1"], gdpr: ["32(1)(b)"] },
    allowed:
      "privileged = false or not set, and allow_privilege_escalation = false, in the security context of each container",
    types: WORKLOADS,
    judge: inPodsOrValues(
      eachPodContainer(
        allOf(
          keepsInPod("security_context.privileged", isNotOn),
          keepsInPod("security_context.allow_privilege_escalation", isFalse),
        ),
      ),
      withoutMembers(["privileged", "allowPrivilegeEscalation"], isOn),
    ),
  },
  {
    id: "pod-not-root",
    title: "A pod and each of its containers run as a user other than root",
    why: "For a process of root, one vulnerability in the container runtime is enough to reach the node. A container's security context that omits run_as_non_root sets it to false.",
    severity: "high",
    controls: { hipaa: ["164.312(a)(1)"], soc2: ["CC6.1"], gdpr: ["32(1)(b)"] },
    allowed: "run_as_non_root = true and no run_as_user 0, in the security context of the pod and of each container",
    types: WORKLOADS,
    judge: inPodsOrValues(
      (resource, root) =>
        worst([eachPod(RUNS_AS_USER)(resource, root), eachPodContainer(RUNS_AS_USER)(resource, root)]),
      eachMember(({ name, value, place }) => {
        const isRoot = (name === "runAsUser" && isRootUser(value)) || (name === "runAsNonRoot" && isFalse(value));
        return isRoot ? broken(`${place} = ${show(value)}`) : HOLDS;
      }),
    ),
  },
  {
    id: "pod-capabilities-dropped",
    title: "A container drops all Linux capabilities and has a seccomp profile",
    why: "The remaining capabilities and system calls let an attacker change the network, file owners and processes. A namespace with the level restricted refuses the pod.",
    severity: "medium",
    controls: { soc2: ["CC6.1"] },
    allowed:
      'capabilities with drop = ["ALL"] and nothing in add but NET_BIND_SERVICE, and the seccomp_profile RuntimeDefault or Localhost of the container or pod',
    types: POD_TYPES,
    judge: eachPodContainer(
      allOf(
        keepsInPod("security_context.capabilities.drop", (drop) => isList(drop) && drop.includes("ALL")),
        keepsInPod("security_context.capabilities.add", addsNothing),
        (container, place, pod) => {
          const path = "security_context.seccomp_profile.type";
          const own = valuesAt(container, path).filter((type) => type !== null);
          return judgeValues(`${place}${path}`, own.length > 0 ? own : valuesAt(pod, path), isConfined);
        },
      ),
    ),
  },
  {
    id: "pod-apart-from-host",
    title: "A pod does not share network, processes or files with its node",
    why: "The node's network, processes and files expose other pods, and the credentials of the node.",
    severity: "critical",
    controls: { hipaa: ["164.312(a)(1)"], soc2: ["CC6.1"], gdpr: ["32(1)(b)"] },
    allowed: "no host_network, host_pid, host_ipc, host_port or host_path",
    types: WORKLOADS,
    judge: inPodsOrValues(
      (resource, root) =>
        worst([
          eachPod(
            allOf(
              keepsInPod("host_network", isNotOn),
              keepsInPod("host_pid", isNotOn),
              keepsInPod("host_ipc", isNotOn),
              keepsInPod("volume.host_path", isEmpty),
            ),
          )(resource, root),
          eachPodContainer(keepsInPod("port.host_port", (port) => isAbsent(port) || Number(port) === 0))(
            resource,
            root,
          ),
        ]),
      (resource, root) =>
        worst([
          withoutMembers(["hostNetwork", "hostPID", "hostIPC"], isOn)(resource, root),
          withoutMembers(["hostPath"], (value) => isMapping(value) || (typeof value === "string" && value !== ""))(
            resource,
            root,
          ),
        ]),
    ),
  },
  {
    id: "pod-image-pinned",
    title: "The image of a container has a digest, or a tag that identifies it",
    why: "The image behind latest changes without a deployment, and pods of one deployment run different programs.",
    severity: "high",
    controls: { hipaa: ["164.312(c)(1)"], soc2: ["CC6.8", "CC8.1"] },
    allowed: "an image with a digest or a tag other than latest",
    types: WORKLOADS,
    judge: inPodsOrValues(
      eachPodContainer(({ image = null }, place) => judgeTag(image, `${place}image`)),
      eachMember(judgeTagMember),
    ),
  },
  {
    id: "pod-image-from-ecr",
    title: "The image of a container comes from ECR",
    why: "A node that starts needs its images: a public registry that is down, limits the number of pulls or is out of reach of a private subnet leaves its pods without one. Images of other registries are not scanned.",
    severity: "medium",
    controls: { soc2: ["A1.2", "CC6.8", "CC7.1"] },
    allowed: "an image, or a registry in the values of a release, in the registry of an account of AWS",
    types: WORKLOADS,
    judge: inPodsOrValues(
      eachPodContainer(({ image = null }, place) => judgeRegistry(image, `${place}image`)),
      eachMember(judgeRegistryMember),
    ),
  },
] as const satisfies readonly ResourceGuardrail[];

function inPodsOrValues(pods: Judge, release: Judge): Judge {
  return byType({ ...Object.fromEntries(POD_TYPES.map((type) => [type, pods])), helm_release: release });
}

const RUNS_AS_USER: BlockJudge = allOf(
  keepsInPod("security_context.run_as_non_root", isOn),
  keepsInPod("security_context.run_as_user", (user) => !isRootUser(user)),
);

function isRootUser(user: HclValue): boolean {
  return !isAbsent(user) && Number(user) === 0;
}

function isFalse(value: HclValue): boolean {
  return value === false || value === "false";
}

function isConfined(type: HclValue): boolean {
  return type === "RuntimeDefault" || type === "Localhost";
}

function addsNothing(add: HclValue): boolean {
  return isEmpty(add) || (isList(add) && add.every((capability) => capability === "NET_BIND_SERVICE"));
}
