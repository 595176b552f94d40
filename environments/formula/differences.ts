/**
 * Differences that follow from an environment's data: its colours, its traces and logs, and the web ACLs of production. Parity
 * compares no input of a call that an environment lacks, such as those of the second colour.
 */
import type { Difference } from "../../lib";
import type { FormulaEnvironment } from "./environment";

export function differencesOf({ colours, seeded, webAcl, sizing }: FormulaEnvironment): Difference[] {
  return [
    ...(colours.length > 1
      ? []
      : differs("A release of development replaces the tasks of its only colour: nobody depends on it meanwhile.", [
          "certificate.subject_alternative_names",
          "executions.aliases.green",
          "green_load_balancer",
          "green_name",
          "green_service",
          "green_task",
          "log_masking.log_groups.green",
          "origin.targets.green",
          "service_names.services",
        ])),
    ...(sizing.tracing
      ? []
      : differs("The document of Formula traces requests in staging and production.", [
          "blue_task.environment.OTEL_SDK_DISABLED",
          "blue_task.trace_collector",
        ])),
    ...(sizing.logLevel === "info"
      ? []
      : differs("Developers read more of their own requests.", ["blue_task.environment.LOG_LEVEL"])),
    ...(sizing.database.monitoringSeconds > 0
      ? []
      : differs("The document of Formula asks for basic monitoring in development.", ["database.monitoring_seconds"])),
    ...(seeded
      ? differs("The document of Formula fills the database of development with generated data.", ["seed_task"])
      : []),
    ...("none" in webAcl
      ? []
      : differs("The document of Formula asks for AWS WAF in production only.", [
          "blue_load_balancer.without_web_acl",
          "blue_web_acl",
          "green_web_acl",
          "web_acl",
        ])),
  ];
}

function differs(reason: string, places: readonly string[]): Difference[] {
  return places.map((at) => ({ at, reason }));
}
