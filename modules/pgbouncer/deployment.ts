/** The pods of PgBouncer. */
import { DeploymentV1 } from "@cdktf/provider-kubernetes/lib/deployment-v1";
import type { Construct } from "constructs";
import { type Expression, RESTRICTED_CONTAINER, RESTRICTED_POD, type Ref, resource } from "../../lib";
import { AUTHORITY_FILE, FOLDERS, PORT } from "./configuration";
import { exporter } from "./exporter";
import { MERGE_LOGINS, RELOAD_ON_CHANGE } from "./scripts";

interface Pods {
  readonly labels: { readonly app: string };
  readonly configuration: { readonly name: Expression<string>; readonly checksum: Expression<string> };
  readonly namespace: Expression<string>;
  readonly serviceAccountName: Expression<string>;
  readonly image: Expression<string>;
  readonly exporterImage: Expression<string>;
  readonly loginsSecretName: Expression<string>;
  readonly formerLoginsSecretName: Expression<string>;
  readonly certificateSecretName: Expression<string>;
  readonly resources: Ref<{ cpu: string; memory: string; memoryLimit: string }>;
}

/** User and group of PostgreSQL in Alpine. All containers that signal each other have it. */
const USER = "70";

export function poolerPods(scope: Construct, input: Pods) {
  const { namespace, labels, image, resources, configuration } = input;
  const name = labels.app;
  const helper = {
    image,
    volumeMount: mounts(["logins", "formerLogins", "certificate", "configuration", "run"]),
    resources: { requests: { cpu: "10m", memory: "16Mi" }, limits: { memory: "32Mi" } },
    securityContext: RESTRICTED_CONTAINER,
  };
  return resource(scope, DeploymentV1, "this", {
    metadata: { name, namespace, labels },
    timeouts: { create: "10m", update: "10m", delete: "10m" },
    spec: {
      replicas: "2",
      selector: { matchLabels: labels },
      strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: "1", maxUnavailable: "0" } },
      template: {
        metadata: {
          labels,
          // A changed ConfigMap alone replaces no pods.
          annotations: { "checksum/configuration": configuration.checksum },
        },
        spec: {
          serviceAccountName: input.serviceAccountName,
          automountServiceAccountToken: false,
          // The reloader signals PgBouncer.
          shareProcessNamespace: true,
          // PgBouncer waits for its clients: applications renew their connections in this time.
          terminationGracePeriodSeconds: 120,
          securityContext: { ...RESTRICTED_POD, runAsUser: USER, runAsGroup: USER, fsGroup: USER },
          topologySpreadConstraint: [
            spread("topology.kubernetes.io/zone", "ScheduleAnyway", labels),
            spread("kubernetes.io/hostname", "DoNotSchedule", labels),
          ],
          initContainer: [{ ...helper, name: "logins", command: ["sh", "-c", MERGE_LOGINS] }],
          container: [
            {
              name,
              image,
              command: ["pgbouncer", `${FOLDERS.configuration}/pgbouncer.ini`],
              port: [{ name: "postgresql", containerPort: PORT, protocol: "TCP" }],
              volumeMount: mounts(["configuration", "logins", "certificate", "run"]),
              readinessProbe: { tcpSocket: [{ port: "postgresql" }], periodSeconds: 5 },
              livenessProbe: { tcpSocket: [{ port: "postgresql" }], periodSeconds: 10, failureThreshold: 6 },
              // Clients stop connecting to this pod before it refuses them.
              lifecycle: { preStop: [{ exec: { command: ["sleep", "15"] } }] },
              resources: {
                requests: { cpu: resources.cpu, memory: resources.memory },
                limits: { memory: resources.memoryLimit },
              },
              securityContext: RESTRICTED_CONTAINER,
            },
            { ...helper, name: "reloader", command: ["sh", "-c", RELOAD_ON_CHANGE] },
            { ...exporter(input.exporterImage, input.loginsSecretName), volumeMount: mounts(["authority"]) },
          ],
          volume: [
            { name: "configuration", configMap: { name: configuration.name } },
            { name: "logins", secret: { secretName: input.loginsSecretName, defaultMode: SECRET_MODE } },
            {
              name: "former-logins",
              secret: { secretName: input.formerLoginsSecretName, defaultMode: SECRET_MODE, optional: true },
            },
            { name: "certificate", secret: { secretName: input.certificateSecretName, defaultMode: SECRET_MODE } },
            {
              name: "authority",
              secret: {
                secretName: input.certificateSecretName,
                defaultMode: SECRET_MODE,
                items: [{ key: AUTHORITY_FILE, path: AUTHORITY_FILE }],
              },
            },
            { name: "run", emptyDir: { medium: "Memory", sizeLimit: "1Mi" } },
          ],
        },
      },
    },
  });
}

const SECRET_MODE = "0440";

/** Whole volumes: a mount with `subPath` never shows a changed Secret. */
function mounts(folders: readonly (keyof typeof FOLDERS)[]) {
  return folders.map((folder) => ({
    name: folder === "formerLogins" ? "former-logins" : folder,
    mountPath: FOLDERS[folder],
    readOnly: folder !== "run",
  }));
}

function spread(
  topologyKey: string,
  whenUnsatisfiable: "DoNotSchedule" | "ScheduleAnyway",
  matchLabels: { app: string },
) {
  return { maxSkew: 1, topologyKey, whenUnsatisfiable, labelSelector: [{ matchLabels }] };
}
