/** Where the values of WardMitra are: rotated logins in Secrets Manager, everything else in Parameter Store. */
import path from "node:path";
import { z } from "zod";
import { settingsPath } from "../../environments/wardmitra/context";
import { dev } from "../../environments/wardmitra/dev";
import { prod } from "../../environments/wardmitra/prod";
import { staging } from "../../environments/wardmitra/staging";
import { Configurations, readTree } from "../../lib/judgement/configuration";

const tree = new Configurations(readTree(path.join(__dirname, "../../terraform")));

const STORE = z.object({
  kind: z.literal("SecretStore"),
  metadata: z.object({ name: z.string() }),
  spec: z.object({ provider: z.object({ aws: z.object({ service: z.string() }) }) }),
});
const STORE_REFERENCE = z.object({ name: z.string() });
const EXTERNAL_SECRET = z.object({
  kind: z.literal("ExternalSecret"),
  spec: z.object({
    secretStoreRef: STORE_REFERENCE,
    data: z.array(
      z.object({
        remoteRef: z.object({ key: z.string() }),
        sourceRef: z.object({ storeRef: STORE_REFERENCE }).optional(),
      }),
    ),
  }),
});

/** Values that people write: docs/systems/wardmitra.md has the command. */
const SECURE_STRINGS = ["grafana-admin-password", "pgbouncer-authority-key", "pgbouncer-stats-password"];

describe.each([dev, staging, prod])("$name", (environment) => {
  const root = tree.root(`environments/wardmitra/${environment.name}/aws`);
  const folder = settingsPath(environment);
  const login = `${folder}/database-application`;
  const parameters = root.of("aws_ssm_parameter");

  test("Secrets Manager has the rotated login, and no other secret beside those of a migration", () => {
    const rotated = new Set(root.of("aws_secretsmanager_secret_rotation").map(({ call }) => call));
    const secrets = root.of("aws_secretsmanager_secret").filter(({ call }) => call !== "migration_secrets");
    expect(secrets.map(({ call, values }) => [values.name, rotated.has(call)])).toEqual([[login, true]]);
    expect(root.of("aws_db_instance").map(({ values }) => values.manage_master_user_password)).toEqual([true]);
  });

  test("Terraform writes only plain text into Parameter Store, below one path", () => {
    expect(parameters.length).toBeGreaterThan(5);
    for (const { values } of parameters) {
      expect([values.type, values.value ?? null, String(values.name).startsWith(`/${folder}/config/`)]).toEqual([
        "String",
        null,
        true,
      ]);
    }
  });

  test("the cluster reads the rotated login from Secrets Manager, and every other value from Parameter Store", () => {
    const objects = tree
      .root(`environments/wardmitra/${environment.name}/cluster`)
      .calls.flatMap(({ inputs }) => z.array(z.unknown()).safeParse(plain(inputs.objects)).data ?? []);
    const reads = { SecretsManager: new Set<string>(), ParameterStore: new Set<string>() };
    const services = new Map(
      objects.flatMap((object) => {
        const { data } = STORE.safeParse(object);
        return data === undefined ? [] : [[data.metadata.name, data.spec.provider.aws.service] as const];
      }),
    );
    for (const object of objects) {
      const { data } = EXTERNAL_SECRET.safeParse(object);
      for (const { remoteRef, sourceRef } of data?.spec.data ?? []) {
        const store = sourceRef?.storeRef.name ?? data?.spec.secretStoreRef.name ?? "";
        z.enum(["SecretsManager", "ParameterStore"]).parse(services.get(store));
        reads[services.get(store) === "SecretsManager" ? "SecretsManager" : "ParameterStore"].add(remoteRef.key);
      }
    }
    expect([...reads.SecretsManager]).toEqual([login]);
    const known = [
      ...parameters.map(({ values }) => values.name),
      ...SECURE_STRINGS.map((name) => `/${folder}/${name}`),
    ];
    expect([...reads.ParameterStore].filter((key) => !known.includes(key))).toEqual([]);
    expect([...reads.ParameterStore]).toEqual(
      expect.arrayContaining(SECURE_STRINGS.map((name) => `/${folder}/${name}`)),
    );
  });
});

/** Evaluated values as JSON. */
function plain(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}
