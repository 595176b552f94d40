import { quantityOf } from "../../../../../lib/judgement/guardrails/kubernetes/quantities";
import { WORKLOAD_ROWS } from "../../../../../lib/judgement/guardrails/kubernetes/workloads";
import { PartialText, Reference, Unknown } from "../../../../../lib/judgement/hcl";
import { resourceOf } from "../fixture";
import { proveRows } from "../rows";
import { cronJob, deployment, POD, release, withContainer } from "./workload";

const unknown = new Unknown();
const selecting = (labels: object | null) => deployment({}, { selector: [{ match_labels: Object(labels) }] });
const controller = (selector: object) => [
  resourceOf("kubernetes_replication_controller_v1", {
    spec: [{ selector: Object(selector), template: [{ metadata: [{ labels: { app: "api" } }], spec: [POD] }] }],
  }),
];

proveRows(WORKLOAD_ROWS, {
  "pod-resources": [
    ["holds with a request of processor time and a limit of memory", deployment({}), "holds"],
    ["holds with limits alone", withContainer({ resources: { limits: { cpu: 1, memory: "1Gi" } } }), "holds"],
    ["is broken without resources", withContainer({ resources: [] }), "broken: api: resources.requests.cpu = null"],
    [
      "is broken without a limit of memory",
      withContainer({ resources: { requests: { cpu: "1", memory: "1Gi" } } }),
      "broken: api: resources.limits.memory = null",
    ],
    [
      "is broken by a request above its limit",
      withContainer({ resources: { requests: { cpu: "1500m" }, limits: { cpu: 1, memory: "1Gi" } } }),
      'broken: api: resources.requests.cpu = "1500m" and limits.cpu = 1',
    ],
    [
      "is unknown if the limit is",
      withContainer({ resources: { requests: { cpu: 1 }, limits: { memory: unknown } } }),
      "unknown: api: resources.limits.memory = (known after apply)",
    ],
    [
      "is broken by values of a release",
      release({ a: { resources: { requests: { memory: "2Gi" }, limits: { memory: "1024Mi" } } } }),
      'broken: values[0].a.resources.requests.memory = "2Gi" and limits.memory = "1024Mi"',
    ],
    [
      "holds for other values",
      release({ resources: { requests: { memory: "1Gi" }, limits: { memory: "1024Mi" } } }),
      "holds",
    ],
  ],
  "pod-service-account-named": [
    ["holds with an account and a decision", deployment({}), "holds"],
    ["holds if the program calls the API", deployment({ automount_service_account_token: true }), "holds"],
    [
      "holds for an account of the root",
      deployment({
        service_account_name: new Reference("module.call.kubernetes_service_account_v1.this", "metadata[0].name"),
      }),
      "holds",
    ],
    [
      "is unknown for a name from nowhere",
      deployment({ service_account_name: unknown }),
      "unknown: service_account_name = (known after apply)",
    ],
    ["is broken without an account", deployment({ service_account_name: null }), "broken: service_account_name = null"],
    ["is broken by default", cronJob({ service_account_name: "default" }), 'broken: service_account_name = "default"'],
    [
      "is broken without a decision",
      deployment({ automount_service_account_token: null }),
      "broken: automount_service_account_token = null",
    ],
  ],
  "workload-selector-matches": [
    ["holds if the pods have the labels", deployment({}), "holds"],
    [
      "is broken by another value",
      selecting({ app: "web" }),
      'broken: spec.selector.match_labels.app = "web", and the label of the pods is "api"',
    ],
    [
      "is broken by a label that the pods do not have",
      selecting({ app: "api", name: "x" }),
      'broken: spec.selector.match_labels.name = "x", and the label of the pods is null',
    ],
    ["is broken without labels", selecting(null), "broken: spec.selector.match_labels = {}"],
    [
      "is unknown for a label that is unknown",
      selecting({ app: new PartialText(["a", unknown]) }),
      'unknown: spec.selector.match_labels.app = "a(known after apply)", and the label of the pods is "api"',
    ],
    ["holds for a replication controller", controller({ app: "api" }), "holds"],
    [
      "is broken by the selector of a replication controller",
      controller({ app: "web" }),
      'broken: spec.selector.app = "web", and the label of the pods is "api"',
    ],
  ],
  "pod-probe-one-handler": [
    ["holds with one handler", deployment({}), "holds"],
    [
      "is broken by two",
      withContainer({ liveness_probe: { http_get: { path: "/" }, tcp_socket: { port: 80 } } }),
      "broken: api: liveness_probe with http_get and tcp_socket",
    ],
    [
      "is broken by a hook without a handler, which a plan has as empty lists",
      withContainer({ lifecycle: [{ pre_stop: [{ exec: [], http_get: [] }] }] }),
      "broken: api: lifecycle.pre_stop with no handler",
    ],
    [
      "is unknown if it is unknown",
      withContainer({ startup_probe: unknown }),
      "unknown: api: startup_probe = (known after apply)",
    ],
  ],
  "pod-mounts-have-volumes": [
    ["holds for a volume", deployment({}), "holds"],
    [
      "is broken by a mount without one",
      deployment({ volume: [] }),
      'broken: api: volume_mount "tmp" without a volume',
    ],
    [
      "holds for a claim of a stateful set",
      [
        resourceOf("kubernetes_stateful_set_v1", {
          spec: [
            {
              volume_claim_template: [{ metadata: [{ name: "tmp" }] }],
              template: [{ spec: [{ ...POD, volume: [] }] }],
            },
          ],
        }),
      ],
      "holds",
    ],
    ["is unknown if a volume is", deployment({ volume: [{ name: unknown }] }), 'unknown: api: volume_mount "tmp"'],
  ],
  "pod-environment-unique": [
    ["holds for different names", deployment({}), "holds"],
    [
      "is broken by one name twice",
      withContainer({ env: [{ name: "A" }, { name: "B" }, { name: "A" }] }),
      'broken: api: env "A" twice',
    ],
    [
      "is unknown for a name that is",
      withContainer({ env: [{ name: unknown }] }),
      "unknown: api: env.name = (known after apply)",
    ],
  ],
});

test.each([
  ["1", 1],
  [2, 2],
  ["100m", 0.1],
  ["1.5Gi", 1.5 * 2 ** 30],
  [".5", 0.5],
  ["12e6", 12e6],
  ["1E", 1e18],
  ["12 GB", undefined],
  ["12GB", undefined],
  ["1gi", undefined],
  ["1e3Ki", undefined],
  ["", undefined],
  ["Gi", undefined],
  [null, undefined],
])("the quantity %j is %p", (text, number) => {
  expect(quantityOf(text)).toBe(number);
});
