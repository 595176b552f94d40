/** Inputs of a Fargate task with one container, and the constraints on them. */
import { z } from "zod";
import { arnOf, LOG_RETENTION_DAYS, resourceName } from "../../generator/inputs/identifiers";
import { set, sizing, text } from "../../generator/inputs/schema";
import type { Rule } from "../../generator/inputs/validation";
import { CONTAINER_INPUTS, SECRETS_WITH_KEYS } from "../container";
import { FARGATE_MEMORY_MIB } from "./sizes";

export const FARGATE_INPUTS = {
  name: resourceName(40).describe("Family of the task definition, and prefix of its roles."),
  ...CONTAINER_INPUTS,
  cpu: sizing(z.literal([256, 512, 1024, 2048, 4096, 8192, 16384])).describe("CPU units; 1024 are one vCPU."),
  memoryMiB: sizing(z.int().min(512).max(122880)).describe(
    "Memory, one of the sizes that Fargate offers for the CPU units.",
  ),
  cpuArchitecture: z
    .enum(["X86_64", "ARM64"])
    .default("X86_64")
    .describe("Architecture that the image was built for. ARM64 costs about a fifth less."),
  user: text(
    /^[1-9]\d*(?::[1-9]\d*)?$/,
    "a numeric user id other than 0, with or without a group, such as 1000:1000",
    "0:0",
  )
    .default("1000:1000")
    .describe("User and group of the container."),
  command: z
    .array(z.string())
    .min(1)
    .nullable()
    .default(null)
    .describe("Command that replaces the command of the image."),
  port: z
    .int()
    .min(1)
    .max(65535)
    .nullable()
    .default(null)
    .describe("Port that the container listens on; null for a container without incoming connections."),
  writablePaths: set(text(/^\/[\w./-]+$/, "absolute paths", "tmp"))
    .default(["/tmp"])
    .describe(
      "Writable folders, empty at each start. The user of the container has to own them in the image: `VOLUME` after `chown`.",
    ),
  healthCheckCommand: z
    .array(z.string())
    .min(2)
    .nullable()
    .default(null)
    .describe('Liveness check in the container, such as `["CMD-SHELL", "curl -f http://localhost:8000/health"]`.'),
  stopTimeoutSeconds: z.int().min(2).max(120).default(30).describe("Time between SIGTERM and SIGKILL."),
  logKmsKeyArn: arnOf("kms").describe("Key that encrypts the log."),
  logRetentionDays: sizing(LOG_RETENTION_DAYS).describe("Retention of the log."),
} as const;

const SIZES: Rule<{ readonly cpu: keyof typeof FARGATE_MEMORY_MIB; readonly memoryMiB: number }> = {
  inputs: ["memoryMiB", "cpu"],
  allowed: "the sizes that Fargate offers, such as cpu 256 with 512, 1024 or 2048 MiB",
  holds: ({ cpu, memoryMiB }) => FARGATE_MEMORY_MIB[cpu].some((size) => size === memoryMiB),
  condition: `contains(try(${JSON.stringify(FARGATE_MEMORY_MIB).replaceAll(":", " = ")}[tostring(var.cpu)], []), var.memory_mib)`,
  counterexample: { cpu: 256, memoryMiB: 4096 },
};

export const FARGATE_RULES = [SIZES, SECRETS_WITH_KEYS] as const;
