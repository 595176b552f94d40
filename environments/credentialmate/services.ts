/** The containers of CredentialMate: their ports, their health checks, and the permissions of their code. */
import { answersOn, HEARTBEAT } from "../common/containers";
import type { ServiceName } from "./environment";

export interface Service {
  /** Port and paths for requests through the load balancer; null for workers. */
  readonly ingress: { readonly port: number; readonly paths: readonly string[] | "all-other" } | null;
  /**
   * Liveness check that runs in the container. Fargate replaces the task after three failures.
   * Servers answer on `/health`. Workers touch `/tmp/heartbeat` in each iteration of their loop.
   */
  readonly liveness: readonly string[];
  /** Environment variables for the language runtime. */
  readonly runtime: Readonly<Record<string, string>>;
  readonly usesDatabase: boolean;
  /** Folders that the container may write to. The rest of its file system is read-only. */
  readonly writablePaths: readonly string[];
  readonly permissions: readonly Permission[];
}

/** Groups of IAM actions. The composition binds each group to ARNs of this system. */
export type Permission = keyof typeof ACTIONS;

export const ACTIONS = {
  ReadDocuments: ["s3:GetObject", "s3:GetObjectVersion"],
  WriteDocuments: ["s3:PutObject", "s3:AbortMultipartUpload"],
  UseDocumentsKey: ["kms:Decrypt", "kms:GenerateDataKey"],
  SendEmail: ["ses:SendEmail"],
  AppendToAuditLog: ["logs:CreateLogStream", "logs:PutLogEvents"],
} as const satisfies Record<string, readonly string[]>;

export const SERVICES = {
  "frontend-service": {
    ingress: { port: 3000, paths: "all-other" },
    liveness: [
      "CMD",
      "node",
      "-e",
      "fetch('http://localhost:3000/health').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))",
    ],
    // Next.js listens on the address in HOSTNAME. Fargate sets HOSTNAME to the address of the task, so nothing would answer on localhost.
    runtime: { HOSTNAME: "0.0.0.0" },
    usesDatabase: false,
    writablePaths: ["/tmp", "/app/.next/cache"],
    permissions: [],
  },
  "backend-service": {
    ingress: { port: 8000, paths: ["/api/*"] },
    liveness: answersOn(8000, "/health"),
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
