/**
 * The versions that all environments run, except while an upgrade goes through them. `aws eks describe-addon-versions` lists
 * those of an add-on for a minor version.
 */
import type { ClusterVersions } from "./environment";

export const VERSIONS: ClusterVersions = {
  kubernetes: "1.36",
  nodes: "1.36",
  nodeRelease: "1.36.2-20260714",
  addons: {
    "vpc-cni": "v1.22.4-eksbuild.3",
    "kube-proxy": "v1.36.0-eksbuild.9",
    coredns: "v1.14.3-eksbuild.3",
    "aws-ebs-csi-driver": "v1.63.1-eksbuild.1",
    "metrics-server": "v0.9.0-eksbuild.5",
  },
};

/** Its minor version is the one of the nodes. */
export const CLUSTER_AUTOSCALER = "v1.36.1";

/** Tags of the images. PgBouncer 1.25.2 corrects CVE-2026-6664 to 6667. */
export const PGBOUNCER = { pgbouncer: "v1.25.2-p0", exporter: "v0.12.1" } as const;
