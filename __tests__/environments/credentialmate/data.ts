import { z } from "zod";
import { arnOf } from "../../support/stand-ins";
import { ALERTS, DATA_KEY, type PlannedEnvironment } from "./planned-environment";

export function testData({ environment, name, plan }: PlannedEnvironment): void {
  const { account, domain, sizing } = environment;
  const database = () => plan().values("module.database.aws_db_instance.this");

  test("the database is PostgreSQL 15, never public, encrypted, and known to Terraform without its password", () => {
    expect(plan().all("aws_db_instance")).toHaveLength(1);
    expect(database()).toMatchObject({
      ...{ engine: "postgres", engine_version: "15", publicly_accessible: false, port: 5432 },
      ...{ storage_encrypted: true, kms_key_id: arnOf(DATA_KEY), password: null },
      ...{ manage_master_user_password: true, master_user_secret_kms_key_id: arnOf(DATA_KEY) },
    });
  });

  test("the database has the class, standby and storage of the environment, and grows by itself", () => {
    expect(database()).toMatchObject({
      instance_class: sizing.database.instanceClass,
      multi_az: sizing.database.multiAz,
      allocated_storage: sizing.database.allocatedStorageGiB,
      max_allocated_storage: sizing.database.maxAllocatedStorageGiB,
    });
    expect(sizing.database.maxAllocatedStorageGiB).toBeGreaterThan(sizing.database.allocatedStorageGiB);
    expect(["db.t4g.micro", "db.t4g.small"]).toContain(database().instance_class);
  });

  test("the database is backed up for 7 to 30 days, at night in America, and is not deleted without a snapshot", () => {
    expect(database().backup_retention_period).toBe(sizing.database.backupRetentionDays);
    expect(sizing.database.backupRetentionDays).toBeGreaterThanOrEqual(7);
    expect(sizing.database.backupRetentionDays).toBeLessThanOrEqual(30);
    expect(database()).toMatchObject({
      ...{ backup_window: "07:00-07:30", maintenance_window: "sun:08:00-sun:09:00" },
      ...{
        deletion_protection: true,
        skip_final_snapshot: false,
        final_snapshot_identifier: `${name}-final-00000000-0000-4000-8000-000000000000`,
      },
    });
  });

  test("the database forces TLS, logs, exports its logs, and shows its performance", () => {
    const { parameter, family } = plan().values("module.database.aws_db_parameter_group.this");
    const parameters = z.array(z.object({ name: z.string(), value: z.string() })).parse(parameter);
    expect(family).toBe("postgres15");
    expect(Object.fromEntries(parameters.map((one) => [one.name, one.value]))).toMatchObject({
      "rds.force_ssl": "1",
      log_connections: "1",
      log_disconnections: "1",
      log_min_duration_statement: "1000",
    });
    expect(database()).toMatchObject({
      parameter_group_name: "module.database.aws_db_parameter_group.this.name",
      enabled_cloudwatch_logs_exports: ["postgresql", "upgrade"],
      performance_insights_enabled: true,
      performance_insights_kms_key_id: arnOf(DATA_KEY),
    });
  });

  test("all keys rotate", () => {
    const keys = plan().all("aws_kms_key");
    expect(keys).toHaveLength(4);
    for (const { values } of keys) expect(values.enable_key_rotation).toBe(true);
  });

  test("documents are versioned, encrypted, the owner's, private, and reached over TLS only", () => {
    const of = (type: string) => plan().values(`module.documents.aws_s3_bucket${type}.this`);
    expect(of("").bucket).toBe(`credentialmate-${environment.name}-documents-${account.id}`);
    expect(of("_versioning")).toMatchObject({ versioning_configuration: [{ status: "Enabled" }] });
    expect(of("_ownership_controls")).toMatchObject({ rule: [{ object_ownership: "BucketOwnerEnforced" }] });
    expect(of("_public_access_block")).toMatchObject({
      ...{ block_public_acls: true, block_public_policy: true },
      ...{ ignore_public_acls: true, restrict_public_buckets: true },
    });
    expect(of("_server_side_encryption_configuration")).toMatchObject({
      rule: [
        { apply_server_side_encryption_by_default: [{ sse_algorithm: "aws:kms", kms_master_key_id: arnOf(DATA_KEY) }] },
      ],
    });
    expect(plan().statements("module.documents.aws_s3_bucket_policy.this")).toMatchObject({
      DenyPlainHttp: { Effect: "Deny", Action: "s3:*", Condition: { Bool: { "aws:SecureTransport": "false" } } },
    });
  });

  test("pages of the domain alone use pre-signed URLs", () => {
    expect(plan().values("module.documents.aws_s3_bucket_cors_configuration.this[0]").cors_rule).toMatchObject([
      { allowed_methods: ["GET", "HEAD", "PUT"], allowed_origins: [`https://${domain}`] },
    ]);
  });

  test("no rule ever deletes a document or a replaced version", () => {
    expect(plan().values("module.documents.aws_s3_bucket_lifecycle_configuration.this").rule).toMatchObject([
      {
        expiration: [],
        noncurrent_version_expiration: [],
        abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
      },
    ]);
  });

  test("each service has a repository with tags that never move, scanned on push, rid of untagged images", () => {
    const services = ["backend-service", "frontend-service", "notification-worker", "parser-service"];
    expect(plan().keys("module.images.aws_ecr_repository.this")).toEqual(services);
    expect(plan().keys("module.images.aws_ecr_lifecycle_policy.this")).toEqual(services);
    for (const { values } of plan().all("aws_ecr_repository")) {
      expect(values).toMatchObject({
        image_tag_mutability: "IMMUTABLE",
        image_scanning_configuration: [{ scan_on_push: true }],
        encryption_configuration: [{ encryption_type: "KMS", kms_key: arnOf(DATA_KEY) }],
      });
    }
  });

  test("secrets are encrypted, and have no value in Terraform", () => {
    expect(plan().keys("module.secrets.aws_secretsmanager_secret.this")).toEqual([
      "application",
      "database-application",
    ]);
    for (const { values } of plan().all("aws_secretsmanager_secret")) expect(values.kms_key_id).toBe(arnOf(DATA_KEY));
    expect(plan().all("aws_secretsmanager_secret_version")).toEqual([]);
  });

  test("mail of environments before production reaches verified test recipients, and production has none", () => {
    const recipients = plan().keys("module.email.aws_sesv2_email_identity.test_recipient");
    expect(recipients).toEqual(environment.testRecipients);
    expect(recipients.length > 0).toBe(!environment.production);
    const { SendEmail } = plan().statements("module.notification_worker_task.aws_iam_role_policy.task[0]");
    for (const address of environment.testRecipients) {
      expect(SendEmail?.Resource).toContain(`arn:aws:ses:${environment.region}:${account.id}:identity/${address}`);
    }
  });

  test("mail is sent from the domain, signed, over TLS, with its complaints told", () => {
    expect(plan().values("module.email.aws_sesv2_email_identity.this").email_identity).toBe(domain);
    expect(plan().values("module.email.aws_sesv2_configuration_set.this")).toMatchObject({
      delivery_options: [{ tls_policy: "REQUIRE" }],
    });
    expect(plan().values("module.email.aws_sesv2_configuration_set_event_destination.this")).toMatchObject({
      event_destination: [{ sns_destination: [{ topic_arn: arnOf(ALERTS) }] }],
    });
  });
}
