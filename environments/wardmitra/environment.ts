/** The data of one environment of WardMitra. Everything else is equal in all environments. */
import type { DatabaseSizing, PublicEnvironment } from "../common/environment";

export interface WardmitraEnvironment extends PublicEnvironment {
  readonly name: "dev" | "staging" | "prod";
  /** Public DNS name of the static assets, in the same hosted zone as `domain`. */
  readonly assetsDomain: string;
  readonly versions: ClusterVersions;
  /** Null until the AWS root has been applied once: then there is no cluster root. */
  readonly cluster: ClusterConnection | null;
  /** Label of the runner inside the network, which plans and applies the cluster root. */
  readonly runner: string;
  readonly sizing: Sizing;
}

/**
 * Versions that are raised one after the other: the control plane, the add-ons, the nodes. An environment that is raised before
 * the others declares the difference.
 */
export interface ClusterVersions {
  readonly kubernetes: string;
  readonly nodes: string;
  /** Release of the nodes' AMI. */
  readonly nodeRelease: string;
  /** Versions of the add-ons for the control plane's minor version. */
  readonly addons: Readonly<Record<Addon, string>>;
}

export type Addon = "vpc-cni" | "kube-proxy" | "coredns" | "aws-ebs-csi-driver" | "metrics-server";

/** Outputs of the AWS root that the providers of the cluster root need. Both are public facts of the cluster. */
export interface ClusterConnection {
  /** Output `cluster_endpoint`. */
  readonly endpoint: string;
  /** Output `cluster_certificate_authority`: a certificate as PEM in base64. */
  readonly certificateAuthority: string;
}

interface Sizing {
  readonly logRetentionDays: 30 | 60 | 90;
  readonly natGateways: "single" | "per-zone";
  readonly database: DatabaseSizing<7 | 14 | 35>;
  readonly nodes: NodeSizing;
  /** Whether AI workloads are introduced: they keep their models in a bucket. */
  readonly aiWorkloads: boolean;
}

interface NodeSizing {
  readonly instanceTypes: readonly string[];
  readonly minNodes: number;
  readonly maxNodes: number;
  readonly diskGiB: number;
}
