/** Manifests of Kubernetes as the resources of Terraform's provider that have the same pods. */
import type { HclValue } from "../../../lib/judgement/hcl";

/** Blocks of the provider that repeat have names in the singular. */
const SINGULAR: Readonly<Record<string, string>> = {
  containers: "container",
  initContainers: "init_container",
  ports: "port",
  volumeMounts: "volume_mount",
  volumes: "volume",
  topologySpreadConstraints: "topology_spread_constraint",
};
/** Maps with names that people choose. */
const MAPS = ["labels", "annotations", "matchLabels", "requests", "limits"];

export function asResource(value: unknown): HclValue {
  if (Array.isArray(value)) return value.map(asResource);
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [
        SINGULAR[name] ?? name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
        MAPS.includes(name) ? Object.fromEntries(Object.entries(Object(member))) : asResource(member),
      ]),
    );
  }
  if (value === null || ["string", "number", "boolean"].includes(typeof value)) return scalar(value);
  throw new Error(`no value of a manifest: ${String(value)}`);
}

function scalar(value: unknown): HclValue {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : null;
}
