/** The Secrets of PgBouncer as custom resources of External Secrets, in its namespace. */
import type { CustomResource, SecretStore, Value } from "../../lib";
import { AUTHORITY_FILE, FOLDERS, PORT, STATISTICS_USER } from "./configuration";

export interface PgbouncerSecrets {
  readonly apiVersion: Value<string>;
  readonly namespace: Value<string>;
  readonly region: string;
  /** Service account whose role may read the secret and the parameters. */
  readonly serviceAccountName: Value<string>;
  /** Secret in Secrets Manager with `username` and `password`, rotated between two users. */
  readonly loginSecret: string;
  /** Parameter with the host of the database. */
  readonly hostParameter: string;
  /** SecureString parameter with the password of the exporter: letters and digits. */
  readonly statisticsPasswordParameter: string;
  readonly databaseName: string;
  /**
   * Certificate of the authority that signs PgBouncer's certificate, as PEM in base64. Clients trust it, and further certificates
   * after it while it is replaced.
   */
  readonly authority: string;
  /** SecureString parameter with the private key of the authority, as PEM. */
  readonly authorityKeyParameter: string;
}

export const PGBOUNCER_SECRETS = {
  logins: "pgbouncer-logins",
  formerLogins: "pgbouncer-former-logins",
  certificate: "pgbouncer-certificate",
} as const;

const USER_LIST_LINE = '"{{ .username }}" "{{ .password | replace "\\"" "\\"\\"" }}"\n';
/** Both keys come from one template: each evaluation makes another certificate. */
const CERTIFICATE_DAYS = 90;
const certificateTemplate = (namespace: string, authority: string) =>
  [
    `{{- $host := "pgbouncer.${namespace}.svc" -}}`,
    `{{- $authority := buildCustomCert "${authority}" (b64enc .authority_key) -}}`,
    // The exporter connects to the address of its own pod.
    `{{- $certificate := genSignedCert $host (list "127.0.0.1") (list $host (printf "%s.cluster.local" $host)) ${CERTIFICATE_DAYS} $authority -}}`,
    "tls.crt: {{ $certificate.Cert | toJson }}",
    "tls.key: {{ $certificate.Key | toJson }}",
    `${AUTHORITY_FILE}: {{ $authority.Cert | toJson }}`,
  ].join("\n");

export function pgbouncerSecrets(input: PgbouncerSecrets): CustomResource[] {
  const { apiVersion, namespace, loginSecret } = input;
  const meta = (name: string) => ({ apiVersion, metadata: { name, namespace } });
  const login = (version?: "AWSPREVIOUS") =>
    (["username", "password"] as const).map((property) => ({
      secretKey: property,
      remoteRef: { key: loginSecret, property, ...(version && { version }) },
    }));
  return [
    store(input, "secrets", "SecretsManager"),
    store(input, "parameters", "ParameterStore"),
    {
      ...meta(PGBOUNCER_SECRETS.logins),
      kind: "ExternalSecret",
      spec: {
        refreshInterval: "1m",
        secretStoreRef: { kind: "SecretStore", name: "secrets" },
        target: target(PGBOUNCER_SECRETS.logins, {
          "userlist.txt": `${USER_LIST_LINE}"${STATISTICS_USER}" "{{ .statistics_password }}"\n`,
          "databases.ini": `${input.databaseName} = host={{ .host }} port=5432 dbname=${input.databaseName}\n`,
          "exporter-url": `postgres://${STATISTICS_USER}:{{ .statistics_password }}@127.0.0.1:${PORT}/pgbouncer?sslmode=verify-full&sslrootcert=${FOLDERS.authority}/${AUTHORITY_FILE}`,
        }),
        data: [
          ...login(),
          parameter("host", input.hostParameter),
          parameter("statistics_password", input.statisticsPasswordParameter),
        ],
      },
    },
    {
      ...meta(PGBOUNCER_SECRETS.formerLogins),
      kind: "ExternalSecret",
      spec: {
        refreshInterval: "1m",
        secretStoreRef: { kind: "SecretStore", name: "secrets" },
        target: target(PGBOUNCER_SECRETS.formerLogins, { "userlist.txt": USER_LIST_LINE }),
        data: login("AWSPREVIOUS"),
      },
    },
    {
      ...meta(PGBOUNCER_SECRETS.certificate),
      kind: "ExternalSecret",
      spec: {
        // A third of the validity.
        refreshInterval: "720h",
        secretStoreRef: { kind: "SecretStore", name: "parameters" },
        target: {
          name: PGBOUNCER_SECRETS.certificate,
          creationPolicy: "Owner",
          deletionPolicy: "Retain",
          template: {
            engineVersion: "v2",
            templateFrom: [{ target: "Data", literal: certificateTemplate(`${namespace}`, input.authority) }],
          },
        },
        data: [{ secretKey: "authority_key", remoteRef: { key: input.authorityKeyParameter } }],
      },
    },
  ];
}

/** A value of the store `parameters`, for a Secret whose own store is another one. */
function parameter(secretKey: string, key: string) {
  const storeRef = { kind: "SecretStore", name: "parameters" } as const;
  return { secretKey, remoteRef: { key }, sourceRef: { storeRef } };
}

function target(name: string, data: Readonly<Record<string, string>>) {
  return {
    name,
    creationPolicy: "Owner",
    deletionPolicy: "Retain",
    template: { engineVersion: "v2", data },
  } as const;
}

function store(
  { apiVersion, namespace, region, serviceAccountName }: PgbouncerSecrets,
  name: string,
  service: "SecretsManager" | "ParameterStore",
): SecretStore {
  const auth = { jwt: { serviceAccountRef: { name: serviceAccountName } } };
  return {
    apiVersion,
    kind: "SecretStore",
    metadata: { name, namespace },
    spec: { provider: { aws: { service, region, auth } } },
  };
}
