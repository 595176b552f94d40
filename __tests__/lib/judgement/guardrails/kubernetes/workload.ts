/** A workload that keeps every rule, for tests that change it in one place. */
import { type HclValue, isMapping } from "../../../../../lib/judgement/hcl";
import { resourceOf } from "../fixture";

type Values = { readonly [argument: string]: HclValue };

export const CONTAINER = {
  name: "api",
  image: "111122223333.dkr.ecr.eu-central-1.amazonaws.com/api:1.4.2",
  security_context: [
    {
      run_as_non_root: true,
      allow_privilege_escalation: false,
      capabilities: [{ drop: ["ALL"] }],
    },
  ],
  resources: [{ requests: { cpu: "100m", memory: "128Mi" }, limits: { memory: "256Mi" } }],
  port: [{ container_port: 8080, protocol: "TCP" }],
  env: [{ name: "A", value: "1" }],
  volume_mount: [{ name: "tmp", mount_path: "/tmp" }],
  readiness_probe: [{ http_get: [{ path: "/health" }] }],
} as const satisfies Values;

export const POD = {
  service_account_name: "api",
  automount_service_account_token: false,
  security_context: [{ run_as_non_root: true, seccomp_profile: [{ type: "RuntimeDefault" }] }],
  volume: [{ name: "tmp", empty_dir: [{ size_limit: "1Gi" }] }],
  container: [CONTAINER],
} as const satisfies Values;

/** Blocks as lists, as in a plan. */
export const deployment = (pod: Values, more: Values = {}) => [
  resourceOf("kubernetes_deployment_v1", {
    spec: [
      {
        selector: [{ match_labels: { app: "api" } }],
        template: [{ metadata: [{ labels: { app: "api", tier: "web" } }], spec: [{ ...POD, ...pod }] }],
        ...more,
      },
    ],
  }),
];

export const withContainer = (container: Values) => deployment({ container: [{ ...CONTAINER, ...container }] });

/** Blocks without lists, as a module may write them. */
export const cronJob = (pod: Values) => [
  resourceOf("kubernetes_cron_job_v1", {
    spec: { job_template: { spec: { template: { spec: { ...POD, ...pod } } } } },
  }),
];

export const release = (values: HclValue, more: Values = {}) => [
  resourceOf("helm_release", {
    name: "loki",
    chart: "loki",
    repository: "https://charts.example",
    version: "18.11.0",
    namespace: "logging",
    atomic: true,
    values: [isMapping(values) ? JSON.stringify(values) : values],
    ...more,
  }),
];
