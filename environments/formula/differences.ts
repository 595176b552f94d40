/**
 * Differences that follow from an environment's data: its colours, its traces and logs, its alarms, and the protection of
 * production. Parity
 * compares no input of a call that an environment lacks, such as those of the second colour.
 */
import type { Difference } from "../../lib";
import type { FormulaEnvironment } from "./environment";
import { standbyDifferences } from "./standby-differences";

const REPLACED = "A release of development replaces the tasks of its only colour: nobody depends on it meanwhile.";
const FOLLOWED = "A standby runs the release that production runs, and no second one.";

export function differencesOf(environment: FormulaEnvironment): Difference[] {
  const { colours, dataClass, masking, seeded, webAcl, escalation, shield, sizing, standbyFor } = environment;
  return [
    ...standbyDifferences(environment),
    ...(dataClass !== undefined
      ? []
      : differs("Development has generated data alone, which no law classifies.", ["provider.aws"])),
    ...(colours.length > 1
      ? []
      : differs(standbyFor === null ? REPLACED : FOLLOWED, [
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
    ...(sizing.natGateways === "per-zone"
      ? []
      : differs("A single NAT gateway has the name of the document, without a zone.", [
          'vpc.name_tags["nat-gateway/public/<zones>"]',
          'vpc.name_tags["nat-gateway/public/<zones>#2"]',
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
    ...differs(MASKED[masking ?? "neither"].reason, MASKED[masking ?? "neither"].places),
    ...(!("none" in sizing.alarms)
      ? []
      : differs("The document of Formula has no alert and no dashboard for development, and measures only its CPU.", [
          "alarms",
          "api.without_alarms",
          "canary",
          "chat",
          "colour_alarms",
          "monitor",
          "operational_health",
          "output.dashboard",
          "output.monitor_configuration",
          "serving_alarms",
        ])),
    ...(escalation === null
      ? []
      : differs("The document of Formula has people on call for production only.", [
          "output.pages_topic",
          "pages",
          "paging_secrets",
        ])),
    ...(shield === null ? [] : differs("The document of Formula asks for Shield Advanced in production.", ["shield"])),
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

/** Calls and inputs that this environment alone has, or alone lacks. */
const MASKED = {
  neither: {
    reason: "The data of development comes from seed scripts.",
    places: ["masking_dead_letters", "masking_key"],
  },
  source: {
    reason: "The snapshots of production alone are masked.",
    places: ["masking_share"],
  },
  target: {
    reason: "Staging alone gets masked data.",
    places: ["gateway_endpoints.bucket_arns", "images.services", "masked_import", "masked_import_task"],
  },
} as const;

function differs(reason: string, places: readonly string[]): Difference[] {
  return places.map((at) => ({ at, reason }));
}
