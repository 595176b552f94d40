import { z } from "zod";
import { Rds } from "../../modules/rds";
import { emitted, failure, newRoot } from "../lib/generator/support";
import { describePlan } from "../support/planned";
import { arnOf } from "../support/stand-ins";

const base = {
  accountId: "111122223333",
  subnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
  securityGroupIds: ["sg-0123456789abcdef0"],
  kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/data",
  logKmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/logs",
  alertTopicArn: "arn:aws:sns:eu-central-1:111122223333:alerts",
  databaseName: "orders",
  logRetentionDays: 60,
} as const;

const monitoringRole = { arn: "arn:aws:iam::111122223333:role/standby-rds-monitoring" };
const backups = "arn:aws:rds:eu-central-1:111122223333:auto-backup:ab-0123456789abcdefghijklmnop";
const restore = { sourceDbInstanceAutomatedBackupsArn: backups } as const;
const restored = {
  instanceClass: "db.t4g.small",
  multiAz: true,
  allocatedStorageGiB: 20,
  maxAllocatedStorageGiB: 200,
  backupRetentionDays: 14,
} as const;

describePlan(
  "a database",
  (root) => {
    new Rds(root, "small", {
      ...base,
      name: "small",
      instanceClass: "db.t4g.micro",
      multiAz: false,
      allocatedStorageGiB: 20,
      maxAllocatedStorageGiB: 50,
      backupRetentionDays: 7,
    });
    new Rds(root, "large", {
      ...base,
      name: "large",
      engineVersion: "16.4",
      masterUsername: "owner",
      instanceClass: "db.r7g.large",
      multiAz: true,
      allocatedStorageGiB: 100,
      maxAllocatedStorageGiB: 1000,
      backupRetentionDays: 30,
      backupWindow: "02:00-02:30",
      maintenanceWindow: "Sat:03:00-Sat:04:00",
      iamAuthentication: true,
      performanceInsightsRetentionDays: 465,
      databaseInsightsMode: "advanced",
    });
    new Rds(root, "basic", { ...base, ...restored, name: "basic", monitoringSeconds: 0 });
    new Rds(root, "provisioned", {
      ...base,
      ...restored,
      name: "provisioned",
      allocatedStorageGiB: 200,
      maxAllocatedStorageGiB: 6000,
      provisionedIops: 3000,
    });
    new Rds(root, "latest", { ...base, ...restored, name: "latest", restore, monitoringRole });
    new Rds(root, "earlier", {
      ...base,
      ...restored,
      name: "earlier",
      restore: { ...restore, restoreTime: "2026-01-31T12:00:00Z" },
    });
  },
  (plan) => {
    const instance = (name: string) => plan().values(`module.${name}.aws_db_instance.this`);

    test("is not public, and is only in the given subnets and groups", () => {
      expect(instance("small")).toMatchObject({
        publicly_accessible: false,
        db_subnet_group_name: "small",
        vpc_security_group_ids: [...base.securityGroupIds],
      });
      expect(plan().values("module.small.aws_db_subnet_group.this")).toMatchObject({ subnet_ids: [...base.subnetIds] });
    });

    test("encrypts storage, performance data and the master password with the given key", () => {
      expect(instance("small")).toMatchObject({
        storage_encrypted: true,
        kms_key_id: base.kmsKeyArn,
        performance_insights_enabled: true,
        performance_insights_kms_key_id: base.kmsKeyArn,
        manage_master_user_password: true,
        master_user_secret_kms_key_id: base.kmsKeyArn,
        password: null,
      });
    });

    test("is protected from deletion", () => {
      expect(instance("small")).toMatchObject({
        deletion_protection: true,
        skip_final_snapshot: false,
        final_snapshot_identifier: "small-final-00000000-0000-4000-8000-000000000000",
        delete_automated_backups: false,
        copy_tags_to_snapshot: true,
        apply_immediately: false,
        allow_major_version_upgrade: false,
      });
    });

    test("has the given size, standby and backups", () => {
      expect(instance("small")).toMatchObject({
        ...{ instance_class: "db.t4g.micro", multi_az: false, storage_type: "gp3" },
        ...{ allocated_storage: 20, max_allocated_storage: 50, backup_retention_period: 7 },
      });
      expect(instance("large")).toMatchObject({
        ...{ instance_class: "db.r7g.large", multi_az: true, storage_type: "gp3" },
        ...{ allocated_storage: 100, max_allocated_storage: 1000, backup_retention_period: 30 },
      });
    });

    test("is PostgreSQL 15 with off-peak windows and passwords by default", () => {
      expect(instance("small")).toMatchObject({
        ...{ engine: "postgres", engine_version: "15", port: 5432, db_name: "orders", username: "dbadmin" },
        ...{ backup_window: "07:00-07:30", maintenance_window: "sun:08:00-sun:09:00" },
        ...{ iam_database_authentication_enabled: false, performance_insights_retention_period: 7 },
        ...{ database_insights_mode: "standard", auto_minor_version_upgrade: true },
      });
      expect(instance("large")).toMatchObject({
        ...{ engine_version: "16.4", username: "owner", backup_window: "02:00-02:30" },
        ...{ maintenance_window: "sat:03:00-sat:04:00", iam_database_authentication_enabled: true },
        ...{ performance_insights_retention_period: 465, database_insights_mode: "advanced" },
      });
    });

    test("forces TLS and logs connections, locks and changes of schema and roles", () => {
      const values = plan().values("module.small.aws_db_parameter_group.this");
      const parameters = z.array(z.object({ name: z.string(), value: z.string() })).parse(values.parameter);
      expect(values).toMatchObject({ family: "postgres15", name_prefix: "small-" });
      expect(plan().values("module.large.aws_db_parameter_group.this").family).toBe("postgres16");
      expect(instance("small").parameter_group_name).toBe("module.small.aws_db_parameter_group.this.name");
      expect(Object.fromEntries(parameters.map(({ name, value }) => [name, value]))).toMatchObject({
        "rds.force_ssl": "1",
        password_encryption: "scram-sha-256",
        log_connections: "1",
        log_disconnections: "1",
        log_lock_waits: "1",
        log_min_duration_statement: "1000",
        "pgaudit.log": "ddl,role",
        shared_preload_libraries: "pg_stat_statements,pgaudit",
        log_parameter_max_length: "0",
        log_error_verbosity: "terse",
      });
      expect(parameters.map(({ name }) => name)).not.toContain("log_statement");
    });

    test("exports its logs to encrypted groups with a retention", () => {
      expect(instance("small").enabled_cloudwatch_logs_exports).toEqual(["postgresql", "upgrade"]);
      for (const type of ["postgresql", "upgrade"]) {
        expect(plan().values(`module.small.aws_cloudwatch_log_group.${type}`)).toMatchObject({
          name: `/aws/rds/instance/small/${type}`,
          kms_key_id: base.logKmsKeyArn,
          retention_in_days: 60,
        });
      }
    });

    test("allows only RDS to send metrics of the operating system", () => {
      expect(instance("small")).toMatchObject({
        monitoring_interval: 60,
        monitoring_role_arn: arnOf("module.small.aws_iam_role.monitoring[0]"),
      });
      expect(plan().statements("module.small.aws_iam_role.monitoring[0]", "assume_role_policy")).toMatchObject({
        AssumeByService: { Principal: { Service: "monitoring.rds.amazonaws.com" } },
      });
      expect(plan().values("module.small.aws_iam_role_policy_attachment.monitoring[0]")).toMatchObject({
        policy_arn: "arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole",
      });
    });

    test("sends no metrics of the operating system, and has no role, if the interval is 0", () => {
      expect(instance("basic").monitoring_interval).toBe(0);
      expect(plan().addresses.filter((address) => /^module\.basic\.aws_iam_/.test(address))).toEqual([]);
    });

    test("is on io2 with provisioned IOPS, whose throughput AWS derives", () => {
      expect(instance("provisioned")).toMatchObject({ storage_type: "io2", iops: 3000 });
      expect(JSON.stringify(emitted(Rds, "main.tf.json"))).not.toContain("storage_throughput");
    });

    test("creates no role if it is given one", () => {
      expect(instance("latest").monitoring_role_arn).toBe(monitoringRole.arn);
      expect(plan().addresses.filter((address) => /^module\.latest\.aws_iam_/.test(address))).toEqual([]);
    });

    test("is empty, unless it is restored from backups to a time or the latest one", () => {
      expect(instance("small").restore_to_point_in_time).toEqual([]);
      expect(instance("latest").restore_to_point_in_time).toMatchObject([
        {
          source_db_instance_automated_backups_arn: backups,
          use_latest_restorable_time: true,
          restore_time: null,
        },
      ]);
      expect(instance("earlier").restore_to_point_in_time).toMatchObject([
        {
          source_db_instance_automated_backups_arn: backups,
          use_latest_restorable_time: null,
          restore_time: "2026-01-31T12:00:00Z",
        },
      ]);
    });

    /** @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_RestoreDBInstanceToPointInTime.html */
    test("takes its database and master user from the backups that it is restored from", () => {
      expect(instance("latest").db_name).not.toBe("orders");
      expect(instance("latest").username).not.toBe("dbadmin");
      expect(instance("latest")).toMatchObject({ manage_master_user_password: true, kms_key_id: base.kmsKeyArn });
    });

    test("notifies the topic of failovers, failures and low storage", () => {
      expect(plan().values("module.small.aws_db_event_subscription.this")).toMatchObject({
        sns_topic: base.alertTopicArn,
        source_type: "db-instance",
        source_ids: ["small"],
        event_categories: expect.arrayContaining(["failover", "failure", "low storage"]),
      });
    });
  },
);

test("Terraform refuses to destroy a database, and creates its log groups and its role's policy before the instance", () => {
  expect(emitted(Rds, "main.tf.json")).toMatchObject({
    resource: {
      aws_db_instance: {
        this: {
          lifecycle: { prevent_destroy: true, ignore_changes: ["restore_to_point_in_time"] },
          depends_on: [
            "aws_cloudwatch_log_group.postgresql",
            "aws_cloudwatch_log_group.upgrade",
            "aws_iam_role_policy_attachment.monitoring",
          ],
        },
      },
      aws_db_parameter_group: { this: { lifecycle: { create_before_destroy: true } } },
    },
  });
});

test("the name of the final snapshot changes with every argument that replaces the instance", () => {
  expect(emitted(Rds, "main.tf.json")).toMatchObject({
    resource: {
      aws_db_instance: { this: { final_snapshot_identifier: "${var.name}-final-${terraform_data.life.id}" } },
      terraform_data: {
        life: {
          triggers_replace: {
            kms_key_id: "${var.kms_key_arn}",
            db_name: "${(var.restore != null) ? null : var.database_name}",
            username: "${(var.restore != null) ? null : var.master_username}",
          },
        },
      },
    },
  });
});

test.each([
  ["on less than 100 GiB", 20, 200, 1000],
  ["above 1,000 for each GiB", 100, 200, 100_001],
  ["below one for two GiB of the maximum", 100, 2001, 1000],
])("provisioned IOPS %s are refused", (_, allocatedStorageGiB, maxAllocatedStorageGiB, provisionedIops) => {
  const size = { allocatedStorageGiB, maxAllocatedStorageGiB, provisionedIops };
  const call = () => new Rds(newRoot(), "database", { ...base, ...restored, ...size, name: "database" });
  expect(failure(call).message).toContain(
    "allowed: with provisioned IOPS 100 GiB or more, at most 1,000 IOPS for each GiB, and at least one for two GiB of the maximum",
  );
});

/** Versions before 13 do not have log_parameter_max_length. */
test("a version that lacks a parameter is refused", () => {
  const call = () => new Rds(newRoot(), "database", { ...base, ...restored, name: "database", engineVersion: "12.22" });
  expect(failure(call).message).toContain(
    'got "12.22"; allowed: text, a PostgreSQL version from 13 on, such as 15 or 15.12',
  );
});

test.each([
  [
    "an instance instead of its backups",
    { ...restore, sourceDbInstanceAutomatedBackupsArn: "arn:aws:rds:eu-central-1:111122223333:db:orders" },
    "allowed: the ARN of automated backups such as arn:aws:rds:eu-west-1:111122223333:auto-backup:ab-0123",
  ],
  [
    "a time without its zone",
    { ...restore, restoreTime: "2026-01-31T12:00:00" },
    "allowed: a time in UTC such as 2026-01-31T12:00:00Z, or null for the latest",
  ],
])("a restore from %s is refused", (_, wrong, message) => {
  const call = () => new Rds(newRoot(), "database", { ...base, ...restored, name: "database", restore: wrong });
  expect(failure(call).message).toContain(message);
});
