import { z } from "zod";
import {
  ACCOUNT_ID,
  arnOf,
  BUCKET_NAME,
  defineModule,
  partition,
  REGION,
  resourceName,
  set,
  sizing,
  text,
} from "../../lib";
import { assessmentRole } from "./assessment";
import { endpoints } from "./endpoints";
import { replicationInstance } from "./instance";
import { replicationTask } from "./task";

/**
 * Engines whose server certificate DMS checks against a PEM file, together with the name of the server.
 * @see https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Security.SSL.html
 */
const ENGINES = ["mariadb", "mysql", "postgres", "sqlserver"] as const;

const NAME_TAG = text(/^[\w.:/=+@ -]{1,256}$/, "a value of the tag Name", "");
const SECRET_NAME = text(/^[\w/+=.@-]{1,512}$/, "a name of a secret", "");
const CERTIFICATE = text(
  /^-----BEGIN CERTIFICATE-----\n[\s\S]+-----END CERTIFICATE-----\n?$/,
  "certificates in PEM format",
);

export const DmsRehearsal = defineModule({
  name: "dms-rehearsal",
  description:
    "A migration of a database with AWS Database Migration Service, to be rehearsed and destroyed after each run: a private replication instance, endpoints that read their credentials from secrets and verify the server's certificate, a task that validates every row, and the role for premigration assessments. Terraform makes the task and does not start it: a person starts it. The roles of the module `dms-account-roles` and the log of the module `dms-task-log` have to exist.",
  inputs: {
    name: resourceName(31).describe("Prefix of every name, and name of the replication instance and the task."),
    accountId: ACCOUNT_ID.describe("Account of the migration."),
    region: REGION.describe("Region of the migration, for the name of the service principal."),
    subnetNames: set(NAME_TAG)
      .min(2)
      .describe("Values of the tag Name of private subnets in at least two availability zones."),
    securityGroupName: NAME_TAG.describe(
      "Value of the tag Name of the replication instance's security group, which both databases admit.",
    ),
    kmsKeyAlias: text(
      /^alias\/(?:[^a]|a[^w]|aw[^s])[\w/-]+$/,
      "an alias of a key of the account",
      "alias/aws/dms",
    ).describe(
      "Alias of the key that encrypts the instance's disk, the endpoints' settings, the secrets and the assessments.",
    ),
    permissionsBoundaryArn: arnOf("iam")
      .nullable()
      .default(null)
      .describe("Permissions boundary of the roles, if the apply role may create roles only with a boundary."),
    engineVersion: text(/^\d+\.\d+\.\d+$/, "a version of the replication engine such as 3.6.1", "3.6").describe(
      "Version of the replication engine. It changes only here: upgrades during a migration are disabled.",
    ),
    instanceClass: sizing(text(/^dms\.[a-z0-9]+\.[a-z0-9]+$/, "a class such as dms.t3.medium", "t3.medium"))
      .default("dms.t3.medium")
      .describe("Class of the replication instance, which is billed by the hour."),
    allocatedStorageGiB: sizing(z.int().min(5).max(6144))
      .default(50)
      .describe("Disk of the replication instance for logs and for changes that wait for the full load."),
    sourceDatabase: z
      .object({
        engine: z.enum(ENGINES),
        name: z.string().min(1),
        secretName: SECRET_NAME,
        caCertificatePem: CERTIFICATE,
      })
      .describe(
        "The database that is migrated. MariaDB and MySQL find their databases by `tables`, and their `name` is not used. The secret is JSON with `username`, `password`, `host` and `port`; the certificates are those of the server's certification authority.",
      ),
    targetDatabase: z
      .object({ name: z.string().min(1), secretName: SECRET_NAME, caCertificatePem: CERTIFICATE })
      .describe(
        "The PostgreSQL database that receives the data, with its schema. Its master secret from RDS has no host and port and cannot be used.",
      ),
    tables: z
      .record(
        text(/^[a-z][a-z0-9-]*$/, "lower-case names", "Not A Name"),
        z.object({ schema: z.string().min(1), table: z.string().min(1) }),
      )
      .describe("The migrated tables by name; `%` stands for any characters."),
    migrationType: z
      .enum(["full-load", "full-load-and-cdc"])
      .default("full-load-and-cdc")
      .describe(
        "With `full-load-and-cdc`, changes are replicated until the task is stopped. A PostgreSQL source keeps its log for the task: drop its replication slot if the task is gone, or its disk fills.",
      ),
    targetPreparation: z
      .enum(["DO_NOTHING", "TRUNCATE_BEFORE_LOAD"])
      .default("DO_NOTHING")
      .describe(
        "With `TRUNCATE_BEFORE_LOAD`, a start empties the selected tables of the target, so that a rehearsal can be repeated. With `DO_NOTHING`, existing rows stay and cause errors.",
      ),
    assessmentBucket: BUCKET_NAME.describe(
      "Bucket for the results of premigration assessments. It outlives the migration, because the results are evidence.",
    ),
  },
  rules: [
    {
      inputs: ["tables"],
      allowed: "one or more tables",
      holds: ({ tables }) => Object.keys(tables).length > 0,
      condition: "length(var.tables) > 0",
      counterexample: { tables: {} },
    },
    {
      inputs: ["sourceDatabase", "targetDatabase"],
      allowed: "a secret for each database",
      holds: ({ sourceDatabase, targetDatabase }) => sourceDatabase.secretName !== targetDatabase.secretName,
      condition: "var.source_database.secret_name != var.target_database.secret_name",
      counterexample: {
        sourceDatabase: {
          engine: "mysql",
          name: "shop",
          secretName: "shop/both",
          caCertificatePem: "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n",
        },
        targetDatabase: {
          name: "shop",
          secretName: "shop/both",
          caCertificatePem: "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n",
        },
      },
    },
  ],
  outputs: {
    replicationInstanceArn: z.string().describe("ARN of the replication instance."),
    sourceEndpointArn: z.string().describe("ARN of the source endpoint, for a test of the connection."),
    targetEndpointArn: z.string().describe("ARN of the target endpoint, for a test of the connection."),
    replicationTaskArn: z.string().describe("ARN of the task, for the commands that assess, start and stop it."),
    assessmentRoleArn: z.string().describe("Role with which an assessment writes its results to the bucket."),
    kmsKeyArn: z.string().describe("Key for the results of an assessment."),
  },
  example: {
    name: "shop-rehearsal",
    accountId: "111122223333",
    region: "eu-central-1",
    subnetNames: ["shop-private-a", "shop-private-b"],
    securityGroupName: "shop-migration",
    kmsKeyAlias: "alias/shop-data",
    engineVersion: "3.6.1",
    sourceDatabase: {
      engine: "mysql",
      name: "shop",
      secretName: "shop/rehearsal-source",
      caCertificatePem: "-----BEGIN CERTIFICATE-----\nMIIB…\n-----END CERTIFICATE-----\n",
    },
    targetDatabase: {
      name: "shop_rehearsal",
      secretName: "shop/rehearsal-target",
      caCertificatePem: "-----BEGIN CERTIFICATE-----\nMIIB…\n-----END CERTIFICATE-----\n",
    },
    tables: { invoices: { schema: "shop", table: "invoices" } },
    assessmentBucket: "shop-assessments",
  },
  build(scope, input) {
    const { instance, kmsKeyArn } = replicationInstance(scope, input);
    const place = { ...input, arnPartition: partition(scope) };
    const { source, target } = endpoints(scope, place, kmsKeyArn);
    const task = replicationTask(scope, input, {
      replicationInstanceArn: instance.replicationInstanceArn,
      sourceEndpointArn: source.endpointArn,
      targetEndpointArn: target.endpointArn,
    });
    return {
      replicationInstanceArn: instance.replicationInstanceArn,
      sourceEndpointArn: source.endpointArn,
      targetEndpointArn: target.endpointArn,
      replicationTaskArn: task.replicationTaskArn,
      assessmentRoleArn: assessmentRole(scope, place, kmsKeyArn),
      kmsKeyArn,
    };
  },
});
