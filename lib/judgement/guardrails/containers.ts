/** ECS containers: least privilege, and no secrets in their definitions. */
import { type HclValue, isList } from "../hcl";
import { all, allows, byType, equals, judgeAt, worst } from "./attributes";
import { eachContainer, holdsNoSecrets, judgeImage, keeps } from "./container-definitions";
import type { ResourceGuardrail } from "./guardrail";
import { documentOf } from "./policies";
import { isText } from "./values";

const TASKS = ["aws_ecs_task_definition"] as const;

export const CONTAINERS = [
  {
    id: "container-not-privileged",
    title: "A container is not privileged",
    why: "An attacker who breaks into a privileged container controls the host and every other container on it.",
    severity: "critical",
    controls: { hipaa: ["164.312(a)(1)"], soc2: ["CC6.1"], gdpr: ["32(1)(b)"], fsbp: ["ECS.4"] },
    allowed: "privileged = false",
    types: [...TASKS, "aws_batch_job_definition"],
    judge: byType({
      aws_ecs_task_definition: eachContainer(keeps("privileged", isOff)),
      aws_batch_job_definition: ({ values }) =>
        judgeAt(documentOf(values.container_properties ?? null), "privileged", isOff, "container_properties."),
    }),
  },
  {
    id: "container-read-only",
    title: "The root file system of a container is read-only",
    why: "An attacker can store programs in the container and run them again.",
    severity: "high",
    controls: { hipaa: ["164.312(c)(1)"], soc2: ["CC6.8"], gdpr: ["32(1)(b)"], fsbp: ["ECS.5"] },
    allowed: "readonlyRootFilesystem = true, with volumes for files that the program writes",
    types: TASKS,
    judge: eachContainer(keeps("readonlyRootFilesystem", (value) => value === true)),
  },
  {
    id: "container-not-root",
    title: "A container runs as a user other than root",
    why: "For a process of root, one vulnerability in the container runtime is enough to reach the host.",
    severity: "high",
    controls: { hipaa: ["164.312(a)(1)"], soc2: ["CC6.1"], gdpr: ["32(1)(b)"], fsbp: ["ECS.20"] },
    allowed: "a user other than 0 and root, such as 1000:1000",
    types: TASKS,
    judge: eachContainer(keeps("user", (value) => typeof value === "string" && !/^(0*|root)(:.*)?$/.test(value))),
  },
  {
    id: "container-capabilities",
    title: "A container drops the Linux capabilities that it does not need",
    why: "The remaining capabilities of root let an attacker change the network, file owners and processes.",
    severity: "medium",
    controls: { soc2: ["CC6.1"] },
    allowed: 'linuxParameters.capabilities with drop = ["ALL"] and nothing in add but NET_BIND_SERVICE',
    types: TASKS,
    judge: eachContainer((container, name) =>
      worst([
        keeps("linuxParameters.capabilities.drop", (drop) => isList(drop) && drop.includes("ALL"))(container, name),
        keeps("linuxParameters.capabilities.add", addsNothing)(container, name),
      ]),
    ),
  },
  {
    id: "container-no-secrets",
    title: "A container definition contains no secret",
    why: "Everybody who may describe the task definition reads the secret, and so does everybody who reads the state file.",
    severity: "critical",
    controls: {
      hipaa: ["164.312(a)(1)", "164.312(d)"],
      soc2: ["CC6.1"],
      gdpr: ["32(1)(b)"],
      fsbp: ["ECS.8"],
    },
    allowed: "secrets and secretOptions, which read the values from Secrets Manager when the task starts",
    types: TASKS,
    judge: eachContainer(holdsNoSecrets),
  },
  {
    id: "container-logs",
    title: "The output of a container is logged",
    why: "Its output is lost when it stops, and nobody can find out what happened.",
    severity: "high",
    controls: { hipaa: ["164.312(b)"], soc2: ["CC7.2"], fsbp: ["ECS.9"] },
    allowed: "a logConfiguration with a logDriver",
    types: TASKS,
    judge: eachContainer(keeps("logConfiguration.logDriver", isText)),
  },
  {
    id: "container-image-pinned",
    title: "A container's image comes from ECR, with a tag or digest that identifies it",
    why: "Images from other registries have not been scanned, and the image behind latest changes without a deployment.",
    severity: "high",
    controls: { hipaa: ["164.312(c)(1)"], soc2: ["CC6.8", "CC8.1"] },
    allowed: "an image of an ECR repository with a tag other than latest, or a digest",
    types: TASKS,
    judge: eachContainer((container, name) => judgeImage(container.image ?? null, name)),
  },
  {
    id: "task-apart-from-host",
    title: "A task does not share network, processes or files with its host",
    why: "The host's network, processes and files expose other tasks, and the credentials of the host.",
    severity: "high",
    controls: { hipaa: ["164.312(a)(1)"], soc2: ["CC6.1"], gdpr: ["32(1)(b)"], fsbp: ["ECS.3", "ECS.17"] },
    allowed: "no network_mode, pid_mode or ipc_mode host, and no volume with a host_path",
    types: TASKS,
    judge: all(
      allows("network_mode", (mode) => mode !== "host"),
      allows("pid_mode", (mode) => mode !== "host"),
      allows("ipc_mode", (mode) => mode !== "host"),
      equals("volume.host_path", null, ""),
    ),
  },
] as const satisfies readonly ResourceGuardrail[];

function addsNothing(add: HclValue): boolean {
  return add === null || (isList(add) && add.every((capability) => capability === "NET_BIND_SERVICE"));
}

function isOff(value: HclValue): boolean {
  return value === false || value === null;
}
