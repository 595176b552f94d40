/** What runs in CredentialMate: the containers, where their requests come from, and what their code may do. */
import type { ServiceName } from "./environment";

export interface Service {
  /** Port and paths for requests through the load balancer; null for workers. */
  readonly ingress: { readonly port: number; readonly paths: readonly string[] | "all-other" } | null;
  /**
   * Tells within the container whether its process lives; Fargate replaces the task when it fails three times.
   * Servers answer on `/health`. Workers touch `/tmp/heartbeat` with each turn of their loop.
   */
  readonly liveness: readonly string[];
  /** Variables that its runtime reads. */
  readonly runtime: Readonly<Record<string, string>>;
  readonly usesDatabase: boolean;
  /** Folders that the container writes to, beside which its root file system is read-only. */
  readonly writablePaths: readonly string[];
  readonly permissions: readonly Permission[];
}

/** Groups of IAM actions, which the composition binds to the ARNs of this system. */
export type Permission = keyof typeof ACTIONS;

export const ACTIONS = {
  ReadDocuments: ["s3:GetObject", "s3:GetObjectVersion"],
  WriteDocuments: ["s3:PutObject", "s3:AbortMultipartUpload"],
  UseDocumentsKey: ["kms:Decrypt", "kms:GenerateDataKey"],
  SendEmail: ["ses:SendEmail"],
  AppendToAuditLog: ["logs:CreateLogStream", "logs:PutLogEvents"],
} as const satisfies Record<string, readonly string[]>;

/** Fails where the last heartbeat is more than two minutes old, or there is none. */
const HEARTBEAT = [
  "CMD",
  "python",
  "-c",
  "import os, sys, time; sys.exit(time.time() - os.path.getmtime('/tmp/heartbeat') > 120)",
];

export const SERVICES = {
  "frontend-service": {
    ingress: { port: 3000, paths: "all-other" },
    liveness: [
      "CMD",
      "node",
      "-e",
      "fetch('http://localhost:3000/health').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))",
    ],
    // Next.js listens on the address that HOSTNAME names, and Fargate lets it name the task's: nothing answers on localhost.
    runtime: { HOSTNAME: "0.0.0.0" },
    usesDatabase: false,
    writablePaths: ["/tmp", "/app/.next/cache"],
    permissions: [],
  },
  "backend-service": {
    ingress: { port: 8000, paths: ["/api/*"] },
    liveness: [
      "CMD",
      "python",
      "-c",
      "import urllib.request as u; u.urlopen('http://localhost:8000/health', timeout=4)",
    ],
    runtime: {},
    usesDatabase: true,
    writablePaths: ["/tmp"],
    permissions: ["ReadDocuments", "WriteDocuments", "UseDocumentsKey", "AppendToAuditLog"],
  },
  "parser-service": {
    ingress: null,
    liveness: HEARTBEAT,
    runtime: {},
    usesDatabase: true,
    writablePaths: ["/tmp"],
    permissions: ["ReadDocuments", "UseDocumentsKey"],
  },
  "notification-worker": {
    ingress: null,
    liveness: HEARTBEAT,
    runtime: {},
    usesDatabase: true,
    writablePaths: ["/tmp"],
    permissions: ["SendEmail"],
  },
} as const satisfies Record<ServiceName, Service>;

export const SERVICE_NAMES = [
  "frontend-service",
  "backend-service",
  "parser-service",
  "notification-worker",
] as const satisfies ServiceName[];
