/**
 * State backends of Terraform 1.11 other than S3, with their arguments. An argument is missing here if it is a credential, if it
 * names the state, or if another value than the fixed one weakens the protection of the state. CDKTF's classes are not used:
 * they require tokens and passwords as arguments of `consul` and `pg`, and there is none for `kubernetes`.
 */
import { z } from "zod";
import { text } from "../inputs/schema";
import { stackName } from "./root-path";
import { FILE, FOLDER, type StateName } from "./state-name";

export interface BackendArguments {
  readonly schema: z.ZodObject;
  /** Arguments that each root has, by their Terraform names. */
  readonly fixed?: Readonly<Record<string, boolean | string>>;
  /** The name of the state, and the argument that has it. Without it, an argument of the author names the state. */
  readonly state?: StateName & { readonly argument: string };
  /** Arguments of one place of states. The name of the state tells the states of a place apart. */
  readonly place: readonly string[];
  /** Environment variable for each credential, by the argument's Terraform name. */
  readonly credentials: Readonly<Record<string, string>>;
}

const NAME = z.string().min(1);
const HTTPS = text(/^https:\/\/\S+$/, "a URL that begins with https://", "http://a");
const FILE_PATH = text(/^[^\n]+$/, "a path of a file");
const COUNT = z.int().min(0);

export const BACKEND_TYPES = {
  /** @see https://developer.hashicorp.com/terraform/language/backend/azurerm */
  azurerm: {
    schema: z.object({
      storageAccountName: text(/^[a-z0-9]{3,24}$/, "3 to 24 lower-case letters and digits"),
      containerName: text(/^[a-z0-9$][a-z0-9-]{2,62}$/, "3 to 63 lower-case letters, digits and hyphens"),
      resourceGroupName: NAME.optional(),
      subscriptionId: NAME.optional(),
      tenantId: NAME.optional(),
      clientId: NAME.optional(),
      clientIdFilePath: FILE_PATH.optional(),
      clientSecretFilePath: FILE_PATH.optional(),
      clientCertificatePath: FILE_PATH.optional(),
      environment: z.enum(["public", "usgovernment", "china"]).optional(),
      metadataHost: NAME.optional(),
      lookupBlobEndpoint: z.boolean().optional(),
      /** Whether Terraform takes a snapshot of the blob before it writes the state. */
      snapshot: z.boolean().optional(),
      useAzureadAuth: z.boolean().optional(),
      useCli: z.boolean().optional(),
      useMsi: z.boolean().optional(),
      msiEndpoint: NAME.optional(),
      useAksWorkloadIdentity: z.boolean().optional(),
      useOidc: z.boolean().optional(),
      oidcRequestUrl: HTTPS.optional(),
      oidcTokenFilePath: FILE_PATH.optional(),
      adoPipelineServiceConnectionId: NAME.optional(),
    }),
    state: { argument: "key", ...FILE },
    place: ["storage_account_name", "container_name"],
    credentials: {
      access_key: "ARM_ACCESS_KEY",
      client_certificate: "ARM_CLIENT_CERTIFICATE",
      client_certificate_password: "ARM_CLIENT_CERTIFICATE_PASSWORD",
      client_secret: "ARM_CLIENT_SECRET",
      oidc_request_token: "ARM_OIDC_REQUEST_TOKEN",
      oidc_token: "ARM_OIDC_TOKEN",
      sas_token: "ARM_SAS_TOKEN",
    },
  },
  /** @see https://developer.hashicorp.com/terraform/language/backend/consul */
  consul: {
    schema: z.object({
      /** Host and port. Default: `CONSUL_HTTP_ADDR`. */
      address: text(/^[a-zA-Z0-9.[\]:-]+$/, "a host and a port such as consul.example.com:8501").optional(),
      datacenter: NAME.optional(),
      gzip: z.boolean().optional(),
      caFile: FILE_PATH.optional(),
      certFile: FILE_PATH.optional(),
      keyFile: FILE_PATH.optional(),
    }),
    fixed: { scheme: "https", lock: true },
    state: { argument: "path", ...FOLDER },
    place: ["address", "datacenter"],
    credentials: { access_token: "CONSUL_HTTP_TOKEN", http_auth: "CONSUL_HTTP_AUTH" },
  },
  /** @see https://developer.hashicorp.com/terraform/language/backend/cos */
  cos: {
    schema: z.object({
      bucket: NAME,
      region: NAME,
      endpoint: HTTPS.optional(),
      domain: NAME.optional(),
      accelerate: z.boolean().optional(),
      profile: NAME.optional(),
      sharedCredentialsDir: FILE_PATH.optional(),
      camRoleName: NAME.optional(),
      assumeRole: z.object({ roleArn: NAME, sessionName: NAME, sessionDuration: COUNT }).optional(),
    }),
    fixed: { acl: "private", encrypt: true },
    state: { argument: "key", ...FILE },
    place: ["bucket"],
    credentials: {
      secret_id: "TENCENTCLOUD_SECRET_ID",
      secret_key: "TENCENTCLOUD_SECRET_KEY",
      security_token: "TENCENTCLOUD_SECURITY_TOKEN",
    },
  },
  /** @see https://developer.hashicorp.com/terraform/language/backend/gcs */
  gcs: {
    schema: z.object({
      bucket: text(/^[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]$/, "a name of a bucket"),
      /** Customer managed key that encrypts the state. */
      kmsEncryptionKey: text(
        /^projects\/[^/]+\/locations\/[^/]+\/keyRings\/[^/]+\/cryptoKeys\/[^/]+$/,
        "projects/<project>/locations/<location>/keyRings/<key ring>/cryptoKeys/<key>",
      ),
      impersonateServiceAccount: NAME.optional(),
      impersonateServiceAccountDelegates: z.array(NAME).optional(),
      storageCustomEndpoint: HTTPS.optional(),
    }),
    state: { argument: "prefix", ...FOLDER },
    place: ["bucket"],
    credentials: {
      access_token: "GOOGLE_OAUTH_ACCESS_TOKEN",
      credentials: "GOOGLE_BACKEND_CREDENTIALS",
      encryption_key: "GOOGLE_ENCRYPTION_KEY",
    },
  },
  /** @see https://developer.hashicorp.com/terraform/language/backend/http */
  http: {
    schema: z.object({
      /** URL of this root's state. It is the whole name of the state. */
      address: HTTPS,
      /** URL of the state's lock. Without it, the state is not locked, which breaks a guardrail. */
      lockAddress: HTTPS.optional(),
      unlockAddress: HTTPS.optional(),
      updateMethod: z.enum(["POST", "PUT"]).optional(),
      lockMethod: z.enum(["LOCK", "POST", "PUT"]).optional(),
      unlockMethod: z.enum(["UNLOCK", "DELETE", "POST", "PUT"]).optional(),
      username: NAME.optional(),
      retryMax: COUNT.optional(),
      retryWaitMin: COUNT.optional(),
      retryWaitMax: COUNT.optional(),
      clientCaCertificatePem: NAME.optional(),
      clientCertificatePem: NAME.optional(),
    }),
    place: ["address"],
    credentials: { password: "TF_HTTP_PASSWORD", client_private_key_pem: "TF_HTTP_CLIENT_PRIVATE_KEY_PEM" },
  },
  /** @see https://developer.hashicorp.com/terraform/language/backend/kubernetes */
  kubernetes: {
    schema: z.object({
      namespace: NAME.optional(),
      labels: z.record(z.string(), z.string()).optional(),
      host: HTTPS.optional(),
      username: NAME.optional(),
      clusterCaCertificate: NAME.optional(),
      clientCertificate: NAME.optional(),
      inClusterConfig: z.boolean().optional(),
      loadConfigFile: z.boolean().optional(),
      configPath: FILE_PATH.optional(),
      configPaths: z.array(FILE_PATH).optional(),
      configContext: NAME.optional(),
      configContextAuthInfo: NAME.optional(),
      configContextCluster: NAME.optional(),
      proxyUrl: NAME.optional(),
      exec: z
        .object({
          apiVersion: NAME,
          command: NAME,
          args: z.array(z.string()).optional(),
          env: z.record(z.string(), z.string()).optional(),
        })
        .optional(),
    }),
    state: {
      argument: "secret_suffix",
      // Terraform splits a large state into Secrets whose names end with numbers.
      form: text(
        /^(?!.*-\d+$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
        "up to 63 lower-case letters, digits and inner hyphens, no number after the last hyphen",
      ),
      default: (root) => `${stackName(root)}-state`,
    },
    place: ["host", "config_context", "namespace"],
    credentials: { client_key: "KUBE_CLIENT_KEY_DATA", password: "KUBE_PASSWORD", token: "KUBE_TOKEN" },
  },
  /** @see https://developer.hashicorp.com/terraform/language/backend/oss */
  oss: {
    schema: z.object({
      bucket: NAME,
      region: NAME.optional(),
      endpoint: NAME.optional(),
      /** Tablestore holds the locks. */
      tablestoreEndpoint: HTTPS,
      tablestoreTable: NAME,
      stsEndpoint: NAME.optional(),
      ecsRoleName: NAME.optional(),
      profile: NAME.optional(),
      sharedCredentialsFile: FILE_PATH.optional(),
      assumeRoleRoleArn: NAME.optional(),
      assumeRoleSessionName: NAME.optional(),
      assumeRoleSessionExpiration: COUNT.optional(),
    }),
    fixed: { acl: "private", encrypt: true },
    state: { argument: "key", ...FILE },
    place: ["bucket"],
    credentials: {
      access_key: "ALICLOUD_ACCESS_KEY",
      secret_key: "ALICLOUD_SECRET_KEY",
      security_token: "ALICLOUD_SECURITY_TOKEN",
    },
  },
  /** @see https://developer.hashicorp.com/terraform/language/backend/pg */
  pg: {
    schema: z.object({
      /** Without a password. Default: `PG_CONN_STR`. */
      connStr: NAME.optional(),
      skipSchemaCreation: z.boolean().optional(),
      skipTableCreation: z.boolean().optional(),
      skipIndexCreation: z.boolean().optional(),
    }),
    // PostgreSQL cuts a longer name off.
    state: {
      argument: "schema_name",
      form: text(/^[a-z_][a-z0-9_-]{0,62}$/, "up to 63 lower-case letters, digits, hyphens and underscores"),
      default: stackName,
    },
    place: ["conn_str"],
    credentials: {},
  },
  /** @see https://developer.hashicorp.com/terraform/language/backend/remote */
  remote: {
    schema: z.object({ organization: NAME, hostname: NAME.optional() }),
    state: {
      argument: "workspaces",
      form: text(/^[a-zA-Z0-9_-]{1,90}$/, "up to 90 letters, digits, hyphens and underscores"),
      default: stackName,
    },
    place: ["hostname", "organization"],
    credentials: { token: "TF_TOKEN_<hostname>" },
  },
} as const satisfies Readonly<Record<string, BackendArguments>>;

export type OtherBackendType = keyof typeof BACKEND_TYPES;

/** A state backend other than S3, in its own arguments. */
export type OtherBackend = {
  [T in OtherBackendType]: { readonly type: T } & Readonly<z.input<(typeof BACKEND_TYPES)[T]["schema"]>>;
}[OtherBackendType];
