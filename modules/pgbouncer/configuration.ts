/** `pgbouncer.ini`. */
import { type Expression, hcl } from "../../lib";

export const PORT = 6432;
/** Login of the exporter, which may read statistics and nothing else. */
export const STATISTICS_USER = "stats";

/** Folders in the containers. */
export const FOLDERS = {
  configuration: "/etc/pgbouncer",
  logins: "/secrets/logins",
  formerLogins: "/secrets/former-logins",
  certificate: "/secrets/certificate",
  authority: "/secrets/authority",
  run: "/run/pgbouncer",
} as const;

/** Key of the certificate's Secret: the authority that signs it. */
export const AUTHORITY_FILE = "ca.crt";

/** Written by the pods from the present and the former logins. */
export const USER_LIST = `${FOLDERS.run}/userlist.txt`;

interface Settings {
  readonly poolSize: Expression<number>;
  readonly databaseConnections: Expression<number>;
  readonly clientConnections: Expression<number>;
}

/**
 * RDS lets nobody read the hashes of passwords, so that `auth_query` cannot work. With passwords in the file, SCRAM works on
 * both sides.
 * @see https://www.pgbouncer.org/config.html
 */
export function configuration({ poolSize, databaseConnections, clientConnections }: Settings): string {
  const settings = {
    listen_addr: "0.0.0.0",
    listen_port: PORT,
    unix_socket_dir: "",
    auth_type: "scram-sha-256",
    auth_file: USER_LIST,
    stats_users: STATISTICS_USER,
    pool_mode: "transaction",
    max_prepared_statements: 200,
    default_pool_size: poolSize,
    // A rolling update has three pods.
    max_db_connections: hcl<number>`(${databaseConnections} - ${databaseConnections} % 3) / 3`,
    max_client_conn: clientConnections,
    query_wait_timeout: 30,
    // The address of the database changes in a failover.
    server_login_retry: 5,
    dns_max_ttl: 15,
    server_tls_sslmode: "verify-full",
    server_tls_ca_file: `${FOLDERS.configuration}/ca.pem`,
    client_tls_sslmode: "require",
    client_tls_cert_file: `${FOLDERS.certificate}/tls.crt`,
    client_tls_key_file: `${FOLDERS.certificate}/tls.key`,
    client_tls_protocols: "secure",
    // Sent by JDBC and by the exporter.
    ignore_startup_parameters: "extra_float_digits",
    log_connections: 0,
    log_disconnections: 0,
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}`.trimEnd());
  return `[databases]\n%include ${FOLDERS.logins}/databases.ini\n\n[pgbouncer]\n${lines.join("\n")}\n`;
}
