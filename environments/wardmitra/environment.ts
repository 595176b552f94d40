/** The data of one environment of WardMitra. Everything else is equal in all environments. */
import type { ClusterConnection, DatabaseMigration } from "../../lib";
import type {
  PostgresThresholds,
  PressureThresholds,
  TrafficThresholds,
} from "../../modules/cloudwatch-alarms/catalogue";
import type { Baseline } from "../../modules/web-acl/rules";
import type { DatabaseSizing, InComponent, PublicEnvironment } from "../common/environment";
import type { ComponentName } from "./components";

export interface WardmitraEnvironment extends PublicEnvironment<InComponent<ComponentName>> {
  readonly name: "dev" | "staging" | "prod";
  /** Public DNS name of the static assets, in the same hosted zone as `domain`. */
  readonly assetsDomain: string;
  /** AWS WAF in front of the static assets. */
  readonly assetsWebAcl: Baseline;
  /** Last six characters of the ARNs of the secrets `ecr-pullthroughcache/<registry>`, with which ECR pulls public images. */
  readonly registryLogins: Readonly<Record<"docker-hub" | "github", string>>;
  readonly documentStore: DocumentStore;
  readonly versions: ClusterVersions;
  /**
   * The outputs `cluster_endpoint` and `cluster_certificate_authority` of the AWS root, both public facts. Null until it has been
   * applied once: then there is no cluster root.
   */
  readonly cluster: ClusterConnection | null;
  /** Set for the last apply of the cluster root, which ends before the AWS root: the cluster has to answer. */
  readonly clusterEnding?: true;
  /**
   * Certificate of the authority that signs PgBouncer's certificate, as PEM in base64: a public fact. The API trusts it, and further
   * certificates after it while it is replaced.
   */
  readonly poolerAuthority: string;
  /** Label of the runner inside the network, which plans and applies the cluster root. */
  readonly runner: string;
  /** The migration of the legacy database, which is rehearsed outside of production first. Undefined if there is none. */
  readonly migration?: LegacyMigration;
  readonly sizing: Sizing;
}

export interface LegacyMigration {
  readonly source: {
    readonly engine: "mariadb" | "mysql" | "postgres" | "sqlserver";
    readonly database: string;
    /** Addresses of the legacy database, which the private subnets reach. */
    readonly cidr: string;
    readonly port: number;
    /** Authority of the server's certificate, as PEM. */
    readonly caCertificatePem: string;
  };
  /** A database on the environment's instance: for a rehearsal a database of its own. Each run empties the tables in it. */
  readonly target: { readonly database: string; readonly caCertificatePem: string };
  readonly engineVersion: string;
  readonly instanceClass: string;
  readonly criteria: Omit<DatabaseMigration, "passed">;
  /** Required in production: what has passed before. */
  readonly passed?: NonNullable<DatabaseMigration["passed"]>;
  /** Set after each run: the next apply destroys everything in the root of the migration. */
  readonly ended?: true;
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

/** The evaluation of the variants is in docs/systems/wardmitra.md. */
export type DocumentStore =
  | { readonly kind: "none" }
  | {
      readonly kind: "documentdb";
      /** Instances by letter: `a`, `b`. */
      readonly instances: Readonly<Record<string, { readonly instanceClass: string }>>;
    }
  | {
      readonly kind: "atlas";
      /** Endpoint service and host name that Atlas shows for a private endpoint. */
      readonly endpointServiceName: string;
      readonly host: string;
    };

interface Sizing {
  readonly logRetentionDays: 30 | 60 | 90;
  readonly natGateways: "single" | "per-zone";
  readonly database: DatabaseSizing<7 | 14 | 35>;
  /** Virtual CPUs of the database's instance class. */
  readonly databaseCpus: number;
  /** Days between rotations of the application's login. */
  readonly loginRotationDays: number;
  readonly nodes: NodeSizing;
  readonly pods: PodSizing;
  readonly alarms: AlarmThresholds;
  /** Whether AI workloads are introduced: they keep their models in a bucket. */
  readonly aiWorkloads: boolean;
}

interface PodSizing {
  /** Sum of what the pods of the application may use. A rolling update has more pods than the autoscaler's maximum. */
  readonly quota: {
    readonly pods: number;
    readonly cpu: string;
    readonly memory: string;
    readonly memoryLimit: string;
  };
  readonly api: { readonly minReplicas: number; readonly maxReplicas: number };
  readonly monitoring: {
    readonly retentionDays: number;
    readonly storageGiB: number;
    readonly prometheusMemory: string;
    readonly prometheusMemoryLimit: string;
  };
  /** Connections of PgBouncer: for each login of a pod, all to the database, and from clients of a pod. */
  readonly pooler: {
    readonly poolSize: number;
    readonly databaseConnections: number;
    readonly clientConnections: number;
  };
}

/** Thresholds of the alarms outside of the cluster. */
interface AlarmThresholds {
  readonly traffic: TrafficThresholds;
  readonly webAcl: { readonly blockedPer5Minutes: number };
  readonly assetsWebAcl: { readonly blockedPer5Minutes: number };
  readonly database: Omit<PostgresThresholds & PressureThresholds, "instanceClass" | "virtualCpus">;
}

interface NodeSizing {
  readonly instanceTypes: readonly string[];
  readonly minNodes: number;
  readonly maxNodes: number;
  readonly diskGiB: number;
}
