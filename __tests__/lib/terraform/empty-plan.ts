/** What `terraform show -json` prints of a plan for an empty root. */
export const EMPTY_PLAN = {
  format_version: "1.2",
  terraform_version: "1.11.4",
  planned_values: { root_module: {} },
  configuration: { root_module: {} },
  timestamp: "2026-11-22T12:00:00Z",
  applyable: false,
  complete: true,
  errored: false,
} as const;
