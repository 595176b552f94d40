/** Containers on ECS: few rights, no secrets, and deployments that cannot take the service down. */
import { isList, type Value } from "../hcl";
import { all, allows, byType, equals, judgeAt, worst } from "./attributes";
import { eachContainer, holdsNoSecrets, judgeImage, keeps } from "./container-definitions";
import type { ResourceGuardrail } from "./guardrail";
import { documentOf } from "./policies";
import { isText } from "./values";

const TASKS = ["aws_ecs_task_definition"] as const;

export const CONTAINERS = [
  {
    id: "container-not-privileged",
    title: "A container has no rights over the machine that it runs on",
    why: "Whoever breaks into a privileged container owns the machine and every other container on it.",
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
    title: "A container cannot change its own files",
    why: "An attacker who can write leaves programs behind that run again.",
    severity: "high",
    controls: { hipaa: ["164.312(c)(1)"], soc2: ["CC6.8"], gdpr: ["32(1)(b)"], fsbp: ["ECS.5"] },
    allowed: "readonlyRootFilesystem = true, with volumes where files have to be written",
    types: TASKS,
    judge: eachContainer(keeps("readonlyRootFilesystem", (value) => value === true)),
  },
  {
    id: "container-not-root",
    title: "A container runs as a user other than root",
    why: "As root, a fault in the container's walls is enough to get out.",
    severity: "high",
    controls: { hipaa: ["164.312(a)(1)"], soc2: ["CC6.1"], gdpr: ["32(1)(b)"], fsbp: ["ECS.20"] },
    allowed: "a user other than 0 and root, such as 1000:1000",
    types: TASKS,
    judge: eachContainer(keeps("user", (value) => typeof value === "string" && !/^(0*|root)(:.*)?$/.test(value))),
  },
  {
    id: "container-capabilities",
    title: "A container gives up the rights of the kernel that it does not need",
    why: "What remains of root's rights lets an attacker change network, owners and processes.",
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
    title: "No secret stands in a container's definition",
    why: "Everybody who may describe the task reads it, and so does everybody with the state file.",
    severity: "critical",
    controls: {
      hipaa: ["164.312(a)(1)", "164.312(d)"],
      soc2: ["CC6.1"],
      gdpr: ["32(1)(b)"],
      fsbp: ["ECS.8"],
    },
    allowed: "secrets and secretOptions, which take the values from Secrets Manager as the task starts",
    types: TASKS,
    judge: eachContainer(holdsNoSecrets),
  },
  {
    id: "container-logs",
    title: "A container's output is kept",
    why: "What it said is gone with it, and nobody can tell what happened.",
    severity: "high",
    controls: { hipaa: ["164.312(b)"], soc2: ["CC7.2"], fsbp: ["ECS.9"] },
    allowed: "a logConfiguration with a logDriver",
    types: TASKS,
    judge: eachContainer(keeps("logConfiguration.logDriver", isText)),
  },
  {
    id: "container-image-pinned",
    title: "A container's image comes from ECR, by a tag or digest that says which one",
    why: "Images from elsewhere nobody has scanned, and what latest means changes without a deployment.",
    severity: "high",
    controls: { hipaa: ["164.312(c)(1)"], soc2: ["CC6.8", "CC8.1"] },
    allowed: "an image of an ECR repository with a tag other than latest, or a digest",
    types: TASKS,
    judge: eachContainer((container, name) => judgeImage(container.image ?? null, name)),
  },
  {
    id: "task-apart-from-host",
    title: "A task shares nothing with the machine that it runs on",
    why: "The machine's network, processes and files show what other tasks do, and the machine's credentials.",
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

function addsNothing(add: Value): boolean {
  return add === null || (isList(add) && add.every((capability) => capability === "NET_BIND_SERVICE"));
}

function isOff(value: Value): boolean {
  return value === false || value === null;
}
