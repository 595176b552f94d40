import { z } from "zod";
import { DmsAccountRoles } from "../../modules/dms-account-roles";
import { DmsRehearsal } from "../../modules/dms-rehearsal";
import { DmsTaskLog } from "../../modules/dms-task-log";
import { emitted } from "../lib/generator/support";
import { describePlan } from "../support/planned";
import { arnOf } from "../support/stand-ins";

const PEM = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
const SECRET = "arn:aws:secretsmanager:eu-central-1:111122223333:secret";
const boundary = "arn:aws:iam::111122223333:policy/workloads";
const KEY = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

describePlan(
  "a migration",
  (root) => {
    new DmsRehearsal(root, "rehearsal", {
      name: "shop-rehearsal",
      accountId: "111122223333",
      region: "eu-central-1",
      subnetNames: ["shop-private-a", "shop-private-b"],
      securityGroupName: "shop-migration",
      kmsKeyAlias: "alias/shop-data",
      permissionsBoundaryArn: boundary,
      engineVersion: "3.6.1",
      sourceDatabase: { engine: "mysql", name: "aviel", secretName: "shop/source", caCertificatePem: PEM },
      targetDatabase: { name: "aviel_rehearsal", secretName: "shop/target", caCertificatePem: PEM },
      tables: {
        reports: { schema: "aviel", table: "reports" },
        complaints: { schema: "aviel", table: "complaint%" },
      },
      targetPreparation: "TRUNCATE_BEFORE_LOAD",
      assessmentBucket: "shop-assessments",
    });
    new DmsTaskLog(root, "log", { replicationInstanceId: "shop-rehearsal", kmsKeyArn: KEY, retentionDays: 90 });
    new DmsAccountRoles(root, "roles", { accountId: "111122223333", permissionsBoundaryArn: boundary });
  },
  (plan) => {
    const values = (type: string, name = "this") => plan().values(`module.rehearsal.${type}.${name}`);

    test("has a private, encrypted instance, whose engine no maintenance window upgrades", () => {
      expect(values("aws_dms_replication_instance")).toMatchObject({
        replication_instance_id: "shop-rehearsal",
        replication_instance_class: "dms.t3.medium",
        engine_version: "3.6.1",
        auto_minor_version_upgrade: false,
        publicly_accessible: false,
        kms_key_arn: KEY,
        vpc_security_group_ids: ["sg-0123456789abcdef0"],
      });
    });

    test("finds subnets, security group and key of the other root by their names", () => {
      const { data } = z
        .object({ data: z.record(z.string(), z.unknown()) })
        .parse(emitted(DmsRehearsal, "main.tf.json"));
      expect(data).toMatchObject({
        aws_subnets: { this: { filter: [{ name: "tag:Name", values: "${var.subnet_names}" }] } },
        aws_security_group: { this: { filter: [{ name: "tag:Name", values: ["${var.security_group_name}"] }] } },
        aws_kms_alias: { this: { name: "${var.kms_key_alias}" } },
      });
    });

    test("logs into a group that has a key and a retention, which DMS would make without", () => {
      expect(plan().values("module.log.aws_cloudwatch_log_group.this")).toMatchObject({
        name: "dms-tasks-shop-rehearsal",
        kms_key_id: KEY,
        retention_in_days: 90,
      });
    });

    test.each([
      // A second plan would change the name of a source of MySQL: the provider does not send it beside a secret.
      ["source", "mysql", null],
      ["target", "postgres", "aviel_rehearsal"],
    ])(
      "reads the credentials of the %s from a secret, and verifies its certificate and name",
      (side, engine, database) => {
        expect(values("aws_dms_endpoint", side)).toMatchObject({
          endpoint_type: side,
          engine_name: engine,
          database_name: database,
          secrets_manager_arn: `${SECRET}:shop/${side}`,
          secrets_manager_access_role_arn: arnOf("module.rehearsal.aws_iam_role.secrets"),
          username: null,
          password: null,
          ssl_mode: "verify-full",
          certificate_arn: arnOf(`module.rehearsal.aws_dms_certificate.${side}`),
          kms_key_arn: KEY,
        });
        expect(values("aws_dms_certificate", side)).toMatchObject({ certificate_pem: PEM });
      },
    );

    test("has a task that is not started, and that validates, logs and truncates nothing", () => {
      const task = "module.rehearsal.aws_dms_replication_task.this";
      expect(plan().values(task)).toMatchObject({
        migration_type: "full-load-and-cdc",
        start_replication_task: false,
      });
      expect(plan().document(task, "replication_task_settings")).toMatchObject({
        ValidationSettings: { EnableValidation: true },
        Logging: { EnableLogging: true },
        FullLoadSettings: { TargetTablePrepMode: "TRUNCATE_BEFORE_LOAD" },
        TargetMetadata: { FullLobMode: true },
        ErrorBehavior: { TableErrorPolicy: "SUSPEND_TABLE", FailOnNoTablesCaptured: true },
      });
    });

    test("selects exactly the given tables, with a number for each rule", () => {
      const rule = (id: string, name: string, table: string) => ({
        "rule-type": "selection",
        "rule-id": id,
        "rule-name": name,
        "object-locator": { "schema-name": "aviel", "table-name": table },
        "rule-action": "include",
      });
      expect(plan().document("module.rehearsal.aws_dms_replication_task.this", "table_mappings")).toEqual({
        rules: [rule("1", "complaints", "complaint%"), rule("2", "reports", "reports")],
      });
    });

    test("lets DMS read two secrets, only in this account and through Secrets Manager", () => {
      expect(plan().statements("module.rehearsal.aws_iam_role_policy.secrets")).toEqual({
        ReadCredentials: {
          Effect: "Allow",
          Action: ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
          Resource: [`${SECRET}:shop/source-??????`, `${SECRET}:shop/target-??????`],
        },
        DecryptCredentials: {
          Effect: "Allow",
          Action: "kms:Decrypt",
          Resource: KEY,
          Condition: { StringEquals: { "kms:ViaService": "secretsmanager.eu-central-1.amazonaws.com" } },
        },
        FindKey: { Effect: "Allow", Action: "kms:DescribeKey", Resource: KEY },
      });
      expect(plan().statements("module.rehearsal.aws_iam_role.secrets", "assume_role_policy")).toMatchObject({
        AssumeByService: {
          Principal: { Service: "dms.eu-central-1.amazonaws.com" },
          Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } },
        },
      });
    });

    test("lets an assessment write below its own folder of the bucket", () => {
      const { WriteResults, FindBucket } = plan().statements("module.rehearsal.aws_iam_role_policy.assessment");
      expect(WriteResults).toMatchObject({ Resource: "arn:aws:s3:::shop-assessments/shop-rehearsal/*" });
      expect(FindBucket).toMatchObject({ Resource: "arn:aws:s3:::shop-assessments" });
    });

    test("has the roles of the account with the names that DMS looks for, and the boundary", () => {
      for (const [id, name, policy] of [
        ["network", "dms-vpc-role", "AmazonDMSVPCManagementRole"],
        ["logs", "dms-cloudwatch-logs-role", "AmazonDMSCloudWatchLogsRole"],
      ]) {
        expect(plan().values(`module.roles.aws_iam_role.${id}`)).toMatchObject({
          name,
          permissions_boundary: boundary,
        });
        expect(plan().values(`module.roles.aws_iam_role_policy_attachment.${id}`)).toMatchObject({
          role: name,
          policy_arn: `arn:aws:iam::aws:policy/service-role/${policy}`,
        });
        expect(plan().statements(`module.roles.aws_iam_role.${id}`, "assume_role_policy")).toMatchObject({
          AssumeByService: {
            Principal: { Service: "dms.amazonaws.com" },
            Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } },
          },
        });
      }
    });
  },
);
