import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { PODS } from "../../../../../lib/judgement/guardrails/kubernetes/pod-specs";
import { POD_ROWS } from "../../../../../lib/judgement/guardrails/kubernetes/pods";
import { type HclValue, isMapping, PartialText, Reference, Unknown } from "../../../../../lib/judgement/hcl";
import { resourceOf, rootOf } from "../fixture";
import { type Case, proveRows } from "../rows";
import { CONTAINER, cronJob, deployment, POD, release, withContainer } from "./workload";

const secured = (more: object) => withContainer({ security_context: [{ ...CONTAINER.security_context[0], ...more }] });
const repository = new Reference("module.images.aws_ecr_repository.this", "repository_url");

proveRows(POD_ROWS, {
  "pod-not-privileged": [
    ["holds if nothing is privileged", deployment({}), "holds"],
    ["holds for blocks without lists", cronJob({}), "holds"],
    [
      "is broken by a privileged container",
      secured({ privileged: true }),
      "broken: api: security_context.privileged = true",
    ],
    [
      "is broken by text that Terraform converts",
      secured({ privileged: "true" }),
      'broken: api: security_context.privileged = "true"',
    ],
    [
      "is broken by an init container",
      deployment({ init_container: [{ ...CONTAINER, name: "init", security_context: [{ privileged: true }] }] }),
      "broken: init: security_context.privileged = true",
    ],
    [
      "is broken if nothing forbids more privileges",
      withContainer({ security_context: [] }),
      "broken: api: security_context.allow_privilege_escalation = null",
    ],
    [
      "is unknown for a container that is unknown",
      deployment({ container: [new Unknown()] }),
      "unknown: container[0] = (known after apply)",
    ],
    [
      "is unknown for a pod that is unknown",
      [resourceOf("kubernetes_pod", { spec: new Unknown() })],
      "unknown: spec = (known after apply)",
    ],
    ["holds for other values of a release", release({ rbac: { create: true }, privileged: false }), "holds"],
    [
      "is broken by values of a release",
      release({ a: [{ b: { privileged: true } }] }),
      "broken: values[0].a[0].b.privileged = true",
    ],
  ],
  "pod-not-root": [
    ["holds at both levels", deployment({}), "holds"],
    [
      "is broken if only the pod says so",
      withContainer({ security_context: [{ allow_privilege_escalation: false }] }),
      "broken: api: security_context.run_as_non_root = null",
    ],
    [
      "is broken if only the container says so",
      cronJob({ security_context: { fs_group: 1000 } }),
      "broken: security_context.run_as_non_root = null",
    ],
    ...[0, "0"].map(
      (user): Case => [
        `is broken by the user ${JSON.stringify(user)}`,
        secured({ run_as_user: user }),
        `broken: api: security_context.run_as_user = ${JSON.stringify(user)}`,
      ],
    ),
    ["is broken by values of a release", release({ a: { runAsUser: 0 } }), "broken: values[0].a.runAsUser = 0"],
    ["is broken by other values", release({ runAsNonRoot: false }), "broken: values[0].runAsNonRoot = false"],
    ["holds for values with a user", release({ runAsUser: 70, runAsNonRoot: true }), "holds"],
  ],
  "pod-capabilities-dropped": [
    ["holds with the profile of the pod", deployment({}), "holds"],
    ["holds with NET_BIND_SERVICE", secured({ capabilities: { drop: ["ALL"], add: ["NET_BIND_SERVICE"] } }), "holds"],
    [
      "is broken if none is dropped",
      secured({ capabilities: [] }),
      "broken: api: security_context.capabilities.drop = null",
    ],
    [
      "is broken if one is added",
      secured({ capabilities: [{ drop: ["ALL"], add: ["SYS_ADMIN"] }] }),
      'broken: api: security_context.capabilities.add = ["SYS_ADMIN"]',
    ],
    [
      "is broken by the profile of the container",
      secured({ seccomp_profile: [{ type: "Unconfined" }] }),
      'broken: api: security_context.seccomp_profile.type = "Unconfined"',
    ],
    [
      "is broken without a profile",
      deployment({ security_context: [{ run_as_non_root: true }] }),
      "broken: api: security_context.seccomp_profile.type = null",
    ],
  ],
  "pod-apart-from-host": [
    ["holds if the pod is apart", deployment({}), "holds"],
    ...["host_network", "host_pid", "host_ipc"].map(
      (name): Case => [`is broken by ${name}`, cronJob({ [name]: true }), `broken: ${name} = true`],
    ),
    [
      "is broken by a path of the node",
      deployment({ volume: [{ name: "tmp", host_path: [{ path: "/" }] }] }),
      'broken: volume.host_path = [{"path": "/"}]',
    ],
    [
      "is broken by a port of the node",
      withContainer({ port: [{ host_port: 80 }] }),
      "broken: api: port.host_port = 80",
    ],
    ["is broken by values of a release", release({ hostNetwork: true }), "broken: values[0].hostNetwork = true"],
    [
      "is broken by a path in values",
      release({ extra: [{ hostPath: { path: "/" } }] }),
      "broken: values[0].extra[0].hostPath = an object",
    ],
    ["holds for values without", release({ hostNetwork: false, hostPath: "" }), "holds"],
  ],
  "pod-image-pinned": [
    ["holds with a tag", deployment({}), "holds"],
    ["holds with a digest", withContainer({ image: `localhost:5000/api@sha256:${"a".repeat(64)}` }), "holds"],
    ["holds for a tag of a repository", withContainer({ image: new PartialText([repository, ":1.2.3"]) }), "holds"],
    ...["api", "localhost:5000/api", "api:latest", "api@latest"].map(
      (image): Case => [`is broken by ${image}`, withContainer({ image }), `broken: api: image = "${image}"`],
    ),
    ["is broken without an image", withContainer({ image: null }), "broken: api: image = null"],
    [
      "is unknown if it ends with an unknown part",
      withContainer({ image: new PartialText(["api:", new Unknown()]) }),
      'unknown: api: image = "api:(known after apply)"',
    ],
    [
      "is broken by a tag of a release",
      release({ image: { tag: "latest" } }),
      'broken: values[0].image.tag = "latest"',
    ],
    [
      "is broken by an image of a release",
      release({ image: "busybox:latest" }),
      'broken: values[0].image = "busybox:latest"',
    ],
    ["holds for other tags", release({ image: { repository: "loki", tag: "3.7.6" } }), "holds"],
  ],
  "pod-image-from-ecr": [
    ["holds for an image of ECR", deployment({}), "holds"],
    ["holds for a repository of Terraform", withContainer({ image: new PartialText([repository, ":1.2.3"]) }), "holds"],
    ...[
      "api:1.2.3",
      "docker.io/grafana/loki:3.7.6",
      "public.ecr.aws/eks/a:1",
      "x.example/111122223333.dkr.ecr.eu-central-1.amazonaws.com/a:1",
    ].map((image): Case => [`is broken by ${image}`, withContainer({ image }), `broken: api: image = "${image}"`]),
    ["is broken without an image", withContainer({ image: null }), "broken: api: image = null"],
    [
      "is unknown for an unknown registry",
      withContainer({ image: new PartialText([new Unknown(), "/api:1"]) }),
      'unknown: api: image = "(known after apply)/api:1"',
    ],
    [
      "is unknown for an unknown account after a known part",
      withContainer({ image: new PartialText(["1111", new Unknown(), "/api:1"]) }),
      'unknown: api: image = "1111(known after apply)/api:1"',
    ],
    [
      "is broken by a known registry before an unknown name",
      withContainer({ image: new PartialText(["quay.io/", new Unknown()]) }),
      'broken: api: image = "quay.io/(known after apply)"',
    ],
    [
      "is broken by an init container",
      deployment({ init_container: [{ ...CONTAINER, name: "init", image: "busybox:1.37" }] }),
      'broken: init: image = "busybox:1.37"',
    ],
    ...(["registry", "imageRegistry"] as const).map(
      (name): Case => [
        `is broken by ${name} of a release`,
        release({ image: { [name]: "quay.io" } }),
        `broken: values[0].image.${name} = "quay.io"`,
      ],
    ),
    [
      "is broken by a repository with another host",
      release({ image: { repository: "ghcr.io/external-secrets/external-secrets" } }),
      'broken: values[0].image.repository = "ghcr.io/external-secrets/external-secrets"',
    ],
    [
      "is broken by an image of a release with another host",
      release({ image: "localhost:5000/api:1" }),
      'broken: values[0].image = "localhost:5000/api:1"',
    ],
    [
      "holds for a registry of ECR with a prefix, and a name without a host",
      release({
        image: {
          registry: "111122223333.dkr.ecr.eu-central-1.amazonaws.com/quay",
          repository: "prometheus/prometheus",
        },
      }),
      "holds",
    ],
    ["holds for an empty registry", release({ imageRegistry: "", registry: null }), "holds"],
  ],
});

test.each(Object.entries(PODS))("the pods of %s are judged, at %p", (type, path) => {
  const pod: HclValue = { spec: [{ ...POD, host_network: true }] };
  const names = path === "" ? [] : path.split(".");
  const values = names.reduceRight((inner, name): HclValue => ({ [name]: [inner] }), pod);
  const [row] = POD_ROWS.filter(({ id }) => id === "pod-apart-from-host");
  const resource = resourceOf(type, isMapping(values) ? values : {});
  expect(row?.judge(resource, rootOf([resource]))).toEqual({ outcome: "broken", got: "host_network = true" });
});

test("every type of the provider that has containers is in the table, with the path of its pods", () => {
  const folder = path.resolve("node_modules/@cdktf/provider-kubernetes/lib");
  const found = readdirSync(folder)
    .filter((name) => !name.startsWith("data-") && !name.includes("."))
    .flatMap((name) => {
      const type =
        /tfResourceType = "(\w+)"/.exec(readFileSync(path.join(folder, name, "index.js"), "utf8"))?.[1] ?? "";
      const exported = [...structsOf(path.join(folder, name)).matchAll(/ function (\w+SpecContainer)ToTerraform/g)]
        .map(([, struct = ""]) => struct)
        .find((struct) => !struct.includes("InitContainer"));
      if (exported === undefined) return [];
      const words = exported.slice(name.replaceAll("-", "").length, -"SpecContainer".length);
      return [
        [
          type,
          words
            .replace(/(?<=[a-z])(?=[A-Z])/g, ".")
            .toLowerCase()
            .replace("job.template", "job_template"),
        ],
      ];
    });
  expect(Object.fromEntries(found)).toEqual(PODS);
});

function structsOf(folder: string): string {
  const structs = path.join(folder, "index-structs");
  if (!existsSync(structs)) return "";
  return readdirSync(structs)
    .filter((name) => name.endsWith(".d.ts"))
    .map((name) => readFileSync(path.join(structs, name), "utf8"))
    .join("");
}
