/** Helm releases. */
import { Release } from "@cdktf/provider-helm/lib/release";
import type { Construct } from "constructs";
import { type Expression, isExpression } from "../generator/expression/code";
import { jsonencode, type Value } from "../generator/expression/expression";
import { isSet } from "../generator/expression/presence";
import { badArgument } from "../generator/expression/source";
import { resource } from "../generator/module/resource";

/**
 * `resources` of a container in the values of a chart. There is no limit of CPU, which would slow the container down on an idle
 * node.
 */
export interface ContainerResources {
  readonly requests: { readonly cpu: Value<string>; readonly memory: Value<string> };
  readonly limits: { readonly memory: Value<string> };
}

/** `serviceAccount` in the values of a chart: an account with an IAM role. */
export function serviceAccountWithRole(name: string, roleArn: Value<string>) {
  return { create: true, name, annotations: { "eks.amazonaws.com/role-arn": roleArn } } as const;
}
export type ServiceAccountValues = ReturnType<typeof serviceAccountWithRole>;

/** A chart of a repository, or the same chart from a folder. */
export function repositoryChart(
  repository: string,
  chart: string,
  { chartPath, chartVersion }: { readonly chartPath: Expression<string | null>; readonly chartVersion: Value<string> },
) {
  const isFolder = isSet(chartPath);
  return {
    chart: isFolder((folder) => folder, chart),
    repository: isFolder<string | null>(null, repository),
    version: chartVersion,
  };
}

interface HelmRelease {
  readonly name: Value<string>;
  readonly namespace: Value<string>;
  readonly chart: Value<string>;
  /** Not set, or null, for a chart on a path. */
  readonly repository?: Expression<string | null>;
  readonly version: Value<string>;
  /** Values of the chart, without secrets: they are plain text in state and plan. */
  readonly values: object;
  readonly dependsOn?: readonly Expression<unknown>[];
}

/**
 * A release that leaves nothing half installed: a first installation that fails is uninstalled, and an upgrade that fails is
 * rolled back. Without `atomic`, the state lacks a failed installation, and the next apply finds its name in use.
 * The values are JSON, because YAML 1.1 reads `on` as a boolean and `0123` as an octal number.
 */
export function helmRelease(scope: Construct, { values, dependsOn, ...release }: HelmRelease) {
  refuseLargeNumbers(values, "values");
  return resource(scope, Release, "this", {
    ...release,
    values: [jsonencode(values)],
    atomic: true,
    cleanupOnFail: true,
    createNamespace: false,
    maxHistory: 5,
    timeout: 600,
    wait: true,
    ...(dependsOn && { dependsOn }),
  });
}

/** Templates of charts print a number from a million on as `1e+06`. */
function refuseLargeNumbers(value: unknown, place: string): void {
  if (typeof value === "number" && Math.abs(value) >= 1e6) {
    throw badArgument(`${place}: got ${value}; allowed: numbers below 1000000, and text for larger ones`);
  }
  if (typeof value !== "object" || value === null || isExpression(value)) return;
  for (const [key, member] of Object.entries(value)) refuseLargeNumbers(member, `${place}.${key}`);
}
