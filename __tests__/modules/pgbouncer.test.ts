import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { z } from "zod";
import { Pgbouncer } from "../../modules/pgbouncer";
import { MERGE_LOGINS, RELOAD_ON_CHANGE } from "../../modules/pgbouncer/scripts";
import { PGBOUNCER_SECRETS, pgbouncerSecrets } from "../../modules/pgbouncer/secrets";
import { emitted } from "../lib/generator/support";
import { CLUSTER_CERTIFICATE } from "../support/cluster";
import { evaluatedCluster } from "../support/evaluated";

const cluster = evaluatedCluster((root) => {
  new Pgbouncer(root, "pooler", {
    namespace: "pgbouncer",
    serviceAccountName: "pooler",
    image: "docker.io/edoburu/pgbouncer:v1.25.2-p0",
    exporterImage: "quay.io/prometheuscommunity/pgbouncer-exporter:v0.12.1",
    loginsSecretName: PGBOUNCER_SECRETS.logins,
    formerLoginsSecretName: PGBOUNCER_SECRETS.formerLogins,
    certificateSecretName: PGBOUNCER_SECRETS.certificate,
    serverCertificates: CLUSTER_CERTIFICATE,
    poolSize: 20,
    databaseConnections: 91,
    clientConnections: 500,
  });
});
const { data } = z
  .object({ data: z.record(z.string(), z.string()) })
  .parse(cluster.values("module.pooler.kubernetes_config_map_v1.this"));
const CONTAINER = z.looseObject({
  name: z.string(),
  image: z.string(),
  security_context: z.unknown(),
  resources: z.object({
    requests: z.object({ cpu: z.string(), memory: z.string() }),
    limits: z.object({ memory: z.string() }),
  }),
  volume_mount: z.array(z.looseObject({ name: z.string() })).default([]),
});
const { spec } = z
  .object({
    spec: z.looseObject({
      template: z.object({
        spec: z.looseObject({ container: z.array(CONTAINER), init_container: z.array(CONTAINER) }),
      }),
    }),
  })
  .parse(cluster.values("module.pooler.kubernetes_deployment_v1.this"));
const pod = spec.template.spec;
const containers = [...pod.container, ...pod.init_container];

test("the configuration verifies the database, encrypts clients, and shares the connections among three pods", () => {
  const settings = Object.fromEntries((data["pgbouncer.ini"] ?? "").split("\n").map((line) => line.split(" = ")));
  expect(settings).toMatchObject({
    auth_type: "scram-sha-256",
    auth_file: "/run/pgbouncer/userlist.txt",
    pool_mode: "transaction",
    default_pool_size: "20",
    max_db_connections: "30",
    max_client_conn: "500",
    max_prepared_statements: "200",
    server_tls_sslmode: "verify-full",
    server_tls_ca_file: "/etc/pgbouncer/ca.pem",
    client_tls_sslmode: "require",
    ignore_startup_parameters: "extra_float_digits",
    query_wait_timeout: "30",
    stats_users: "stats",
  });
  expect(settings).not.toHaveProperty("auth_query");
  expect(data["ca.pem"]).toBe(CLUSTER_CERTIFICATE);
  expect(data["pgbouncer.ini"]).toMatch(/^\[databases\]\n%include \/secrets\/logins\/databases\.ini\n/);
});

test("two pods on different nodes are replaced one after the other, and keep serving until their clients have left", () => {
  expect(spec).toMatchObject({
    replicas: "2",
    strategy: { type: "RollingUpdate", rolling_update: { max_surge: "1", max_unavailable: "0" } },
  });
  expect(pod).toMatchObject({
    termination_grace_period_seconds: 120,
    topology_spread_constraint: [
      { topology_key: "topology.kubernetes.io/zone", when_unsatisfiable: "ScheduleAnyway" },
      { topology_key: "kubernetes.io/hostname", when_unsatisfiable: "DoNotSchedule" },
    ],
  });
  expect(pod.container[0]).toMatchObject({
    lifecycle: { pre_stop: [{ exec: { command: ["sleep", "15"] } }] },
    readiness_probe: { tcp_socket: [{ port: "postgresql" }] },
  });
  expect(cluster.values("module.pooler.kubernetes_pod_disruption_budget_v1.this")).toMatchObject({
    spec: { max_unavailable: "1", selector: { match_labels: { app: "pgbouncer" } } },
  });
});

test("every container keeps the level restricted by itself, requests resources, and gets no token", () => {
  expect(containers.map(({ name }) => name)).toEqual(["pgbouncer", "reloader", "exporter", "logins"]);
  for (const { security_context } of containers) {
    expect(security_context).toMatchObject({
      run_as_non_root: true,
      allow_privilege_escalation: false,
      read_only_root_filesystem: true,
      capabilities: { drop: ["ALL"] },
    });
  }
  expect(pod).toMatchObject({
    automount_service_account_token: false,
    security_context: { run_as_non_root: true, run_as_user: "70", seccomp_profile: { type: "RuntimeDefault" } },
  });
});

test("Secrets are mounted as whole volumes, and former logins may be missing", () => {
  expect(containers.flatMap(({ volume_mount }) => volume_mount).filter((mount) => "sub_path" in mount)).toEqual([]);
  expect(pod.volume).toContainEqual({
    name: "former-logins",
    secret: { secret_name: PGBOUNCER_SECRETS.formerLogins, default_mode: "0440", optional: true },
  });
});

test("a changed configuration replaces the pods", () => {
  expect(JSON.stringify(emitted(Pgbouncer, "main.tf.json"))).toMatch(
    /"checksum\/configuration":"\$\{sha256\(jsonencode\(\{ \\"pgbouncer\.ini\\" = /,
  );
});

describe("the scripts in the pods", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "groundplan-pooler-"));
    for (const name of ["secrets/logins", "secrets/former-logins", "secrets/certificate", "run/pgbouncer"]) {
      mkdirSync(path.join(folder, name), { recursive: true });
    }
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const put = (name: string, content: string) => writeFileSync(path.join(folder, "secrets", name), content);
  const userList = () => readFileSync(path.join(folder, "run/pgbouncer/userlist.txt"), "utf8");
  const script = (text: string) => text.replaceAll(/\/(secrets|run)\//g, `${folder}/$1/`);
  const merge = () => spawnSync("sh", ["-c", script(MERGE_LOGINS)], { encoding: "utf8" });

  test("accept the former login beside the present one, and the present password of a login in both", () => {
    put("logins/userlist.txt", '"app_b" "new"\n"stats" "s"\n');
    put("former-logins/userlist.txt", '"app_a" "old"\n');
    expect(merge()).toMatchObject({ status: 0, stderr: "" });
    expect(userList()).toBe('"app_b" "new"\n"stats" "s"\n"app_a" "old"\n');
    put("former-logins/userlist.txt", '"app_b" "older"\n');
    merge();
    expect(userList()).toBe('"app_b" "new"\n"stats" "s"\n');
  });

  test("start without a former login, as before the first rotation", () => {
    put("logins/userlist.txt", '"app_a" "first"\n');
    expect(merge().status).toBe(0);
    expect(userList()).toBe('"app_a" "first"\n');
  });

  test("tell PgBouncer of a rotation, after the list is written", async () => {
    put("logins/userlist.txt", '"app_a" "first"\n');
    const program = path.join(folder, "pgbouncer");
    copyFileSync("/bin/bash", program);
    const list = path.join(folder, "run/pgbouncer/userlist.txt");
    const pooler = spawn(program, ["-c", `trap 'cat ${list}' HUP; echo ready; while :; do sleep 0.02; done`]);
    const text = script(RELOAD_ON_CHANGE)
      .replace(/sleep \d+/, "sleep 0.02")
      .replace("$(pidof pgbouncer)", `${pooler.pid}`);
    try {
      await once(pooler.stdout, "data");
      const reloader = spawn("sh", ["-c", `${text.replace("while", "echo watching\nwhile")}`]);
      try {
        await once(reloader.stdout, "data");
        put("logins/userlist.txt", '"app_b" "second"\n');
        const [printed] = await once(pooler.stdout, "data");
        expect(String(printed)).toBe('"app_b" "second"\n');
      } finally {
        reloader.kill();
      }
    } finally {
      pooler.kill();
    }
  });
});

describe("its Secrets", () => {
  const objects = pgbouncerSecrets({
    apiVersion: "external-secrets.io/v1",
    namespace: "pgbouncer",
    region: "ap-south-1",
    serviceAccountName: "pgbouncer-secrets",
    loginSecret: "shop/dev/login",
    hostParameter: "/shop/dev/config/database-host",
    statisticsPasswordParameter: "/shop/dev/statistics",
    databaseName: "shop",
    authority: "LS0tLS1CRUdJTg==",
    authorityKeyParameter: "/shop/dev/authority-key",
  });
  const named = (name: string) => objects.find(({ metadata }) => metadata.name === name);

  test("come from stores of the namespace, with the service account that has the role", () => {
    const auth = { jwt: { serviceAccountRef: { name: "pgbouncer-secrets" } } };
    expect(named("secrets")).toMatchObject({
      kind: "SecretStore",
      spec: { provider: { aws: { service: "SecretsManager", auth } } },
    });
    expect(named("parameters")).toMatchObject({ spec: { provider: { aws: { service: "ParameterStore", auth } } } });
  });

  test("hold the present login and the former one, each minute", () => {
    const key = (version?: string) => ({
      remoteRef: { key: "shop/dev/login", property: "username", ...(version && { version }) },
    });
    expect(named(PGBOUNCER_SECRETS.logins)).toMatchObject({
      spec: { refreshInterval: "1m", data: expect.arrayContaining([expect.objectContaining(key())]) },
    });
    expect(named(PGBOUNCER_SECRETS.formerLogins)).toMatchObject({
      spec: { refreshInterval: "1m", data: expect.arrayContaining([expect.objectContaining(key("AWSPREVIOUS"))]) },
    });
  });

  test("make certificate and key in one template, because each evaluation makes another pair", () => {
    const { templateFrom } = Object(named(PGBOUNCER_SECRETS.certificate)?.spec).target.template;
    expect(templateFrom).toHaveLength(1);
    expect(templateFrom[0].literal).toMatch(/"pgbouncer\.pgbouncer\.svc"[\s\S]*tls\.crt: [\s\S]*tls\.key: /);
  });

  test("have a certificate of an authority that clients know, for the service and for the exporter", () => {
    const { data, target } = Object(named(PGBOUNCER_SECRETS.certificate)?.spec);
    expect(data).toEqual([{ secretKey: "authority_key", remoteRef: { key: "/shop/dev/authority-key" } }]);
    const [{ literal }] = target.template.templateFrom;
    expect(literal).toContain('buildCustomCert "LS0tLS1CRUdJTg==" (b64enc .authority_key)');
    expect(literal).toContain('genSignedCert $host (list "127.0.0.1") (list $host');
    expect(literal).toContain("ca.crt: {{ $authority.Cert");
    expect(JSON.stringify(named(PGBOUNCER_SECRETS.logins))).toContain(
      "@127.0.0.1:6432/pgbouncer?sslmode=verify-full&sslrootcert=/secrets/authority/ca.crt",
    );
  });
});
