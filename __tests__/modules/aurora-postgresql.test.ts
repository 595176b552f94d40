import fc from "fast-check";
import { z } from "zod";
import { parseExpression } from "../../lib/common/hcl/parse";
import { evaluate, scopeOf } from "../../lib/judgement/hcl";
import { AuroraPostgresql } from "../../modules/aurora-postgresql";
import { CAPACITY_RULES } from "../../modules/aurora-postgresql/capacity";
import { emitted, failure, newRoot } from "../lib/generator/support";
import { describePlan } from "../support/planned";

const base = {
  subnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1", "subnet-0123456789abcdef2"],
  securityGroupIds: ["sg-0123456789abcdef0"],
  kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/data",
  logKmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/logs",
  alertTopicArn: "arn:aws:sns:eu-central-1:111122223333:alerts",
  engineVersion: "16.8",
  databaseName: "shop",
  readerScaling: { maxReaders: 4, cpuPercent: 60 },
  backupRetentionDays: 7,
  logRetentionDays: 60,
  monitoringRoleArn: "arn:aws:iam::111122223333:role/shop-rds-monitoring",
} as const;

const paused = { minAcus: 0, maxAcus: 4, secondsUntilPause: 600 } as const;

describePlan(
  "an Aurora cluster",
  (root) => {
    new AuroraPostgresql(root, "small", { ...base, name: "small", instances: { a: {} }, capacity: paused });
    new AuroraPostgresql(root, "large", {
      ...base,
      name: "large",
      instances: {
        a: { instanceClass: "db.r7g.large", promotionTier: 0 },
        b: { instanceClass: "db.r7g.large", promotionTier: 0 },
        c: { instanceClass: "db.r7g.xlarge", promotionTier: 15 },
      },
      storage: "io-optimized",
      databaseInsightsMode: "advanced",
      monitoringSeconds: 15,
      backupRetentionDays: 35,
    });
  },
  (plan) => {
    const cluster = (name: string) => plan().values(`module.${name}.aws_rds_cluster.this`);
    const instance = (name: string, letter: string) =>
      plan().values(`module.${name}.aws_rds_cluster_instance.this["${letter}"]`);

    test("is encrypted with the given key, in the given subnets and groups, and no instance is public", () => {
      expect(cluster("small")).toMatchObject({
        storage_encrypted: true,
        kms_key_id: base.kmsKeyArn,
        db_subnet_group_name: "small",
        vpc_security_group_ids: [...base.securityGroupIds],
      });
      expect(plan().values("module.small.aws_db_subnet_group.this")).toMatchObject({ subnet_ids: [...base.subnetIds] });
      expect(instance("large", "c")).toMatchObject({
        publicly_accessible: false,
        ca_cert_identifier: "rds-ca-rsa2048-g1",
        auto_minor_version_upgrade: true,
        apply_immediately: false,
        copy_tags_to_snapshot: true,
      });
    });

    test("knows no password: RDS manages the master's, and services log in with IAM", () => {
      expect(cluster("small")).toMatchObject({
        manage_master_user_password: true,
        master_user_secret_kms_key_id: base.kmsKeyArn,
        master_password: null,
        iam_database_authentication_enabled: true,
      });
    });

    test("is protected from deletion, and leaves backups and a snapshot", () => {
      expect(cluster("small")).toMatchObject({
        deletion_protection: true,
        skip_final_snapshot: false,
        final_snapshot_identifier: "small-final-00000000-0000-4000-8000-000000000000",
        delete_automated_backups: false,
        copy_tags_to_snapshot: true,
        backup_retention_period: 7,
        apply_immediately: false,
        allow_major_version_upgrade: false,
        engine_lifecycle_support: "open-source-rds-extended-support-disabled",
      });
    });

    test("scales to zero with a pause if the minimum is 0, and has no range with fixed classes", () => {
      expect(cluster("small").serverlessv2_scaling_configuration).toMatchObject([
        { min_capacity: 0, max_capacity: 4, seconds_until_auto_pause: 600 },
      ]);
      expect(cluster("large").serverlessv2_scaling_configuration).toEqual([]);
    });

    test("has the storage that was chosen, where standard is no value", () => {
      expect(cluster("large").storage_type).toBe("aurora-iopt1");
      expect(cluster("small").storage_type).not.toBe("aurora");
    });

    test("has its instances by letter, each with its class and tier", () => {
      expect(plan().keys("module.small.aws_rds_cluster_instance.this")).toEqual(["a"]);
      expect(instance("small", "a")).toMatchObject({
        ...{ identifier: "small-a", instance_class: "db.serverless", promotion_tier: 1, engine: "aurora-postgresql" },
      });
      expect(instance("large", "c")).toMatchObject({
        ...{ identifier: "large-c", instance_class: "db.r7g.xlarge", promotion_tier: 15 },
      });
    });

    /** The API refuses Performance Insights of an instance that differs from the cluster's. */
    test("has free performance data of each instance, or advanced Database Insights of the cluster", () => {
      expect(cluster("small").database_insights_mode).toBe("standard");
      expect(instance("small", "a")).toMatchObject({
        performance_insights_enabled: true,
        performance_insights_kms_key_id: base.kmsKeyArn,
        performance_insights_retention_period: 7,
      });
      expect(cluster("large")).toMatchObject({
        database_insights_mode: "advanced",
        performance_insights_enabled: true,
        performance_insights_kms_key_id: base.kmsKeyArn,
        performance_insights_retention_period: 465,
      });
      expect(instance("large", "a").performance_insights_enabled).not.toBe(true);
    });

    test("sends metrics of the operating system with the given role and interval", () => {
      expect(instance("small", "a")).toMatchObject({
        monitoring_interval: 60,
        monitoring_role_arn: base.monitoringRoleArn,
      });
      expect(instance("large", "b").monitoring_interval).toBe(15);
    });

    test("forces TLS for all instances with a group of the major version", () => {
      const values = plan().values("module.small.aws_rds_cluster_parameter_group.this");
      const parameters = z.array(z.object({ name: z.string(), value: z.string() })).parse(values.parameter);
      expect(values).toMatchObject({ family: "aurora-postgresql16", name_prefix: "small-" });
      expect(cluster("small").db_cluster_parameter_group_name).toBe(
        "module.small.aws_rds_cluster_parameter_group.this.name",
      );
      expect(Object.fromEntries(parameters.map(({ name, value }) => [name, value]))).toMatchObject({
        "rds.force_ssl": "1",
        password_encryption: "scram-sha-256",
        log_connections: "1",
        log_parameter_max_length: "0",
      });
    });

    test("exports its logs, and those of logins with IAM, to encrypted groups with a retention", () => {
      const types = ["iam-db-auth-error", "instance", "postgresql"];
      expect(cluster("small").enabled_cloudwatch_logs_exports).toEqual(types);
      for (const type of types) {
        expect(plan().values(`module.small.aws_cloudwatch_log_group.${type.replaceAll("-", "_")}`)).toMatchObject({
          name: `/aws/rds/cluster/small/${type}`,
          kms_key_id: base.logKmsKeyArn,
          retention_in_days: 60,
        });
      }
    });

    test("notifies the topic of failovers and failures", () => {
      expect(plan().values("module.small.aws_db_event_subscription.this")).toMatchObject({
        sns_topic: base.alertTopicArn,
        source_type: "db-cluster",
        source_ids: ["small"],
        event_categories: expect.arrayContaining(["failover", "failure"]),
      });
    });

    test("scales its readers by their CPU if it has any", () => {
      expect(
        plan()
          .all("aws_appautoscaling_target")
          .map(({ address }) => address),
      ).toEqual(["module.large.aws_appautoscaling_target.readers[0]"]);
      expect(plan().values("module.large.aws_appautoscaling_target.readers[0]")).toMatchObject({
        ...{ service_namespace: "rds", resource_id: "cluster:large", min_capacity: 1, max_capacity: 4 },
        scalable_dimension: "rds:cluster:ReadReplicaCount",
      });
      expect(plan().values("module.large.aws_appautoscaling_policy.readers[0]")).toMatchObject({
        target_tracking_scaling_policy_configuration: [
          {
            target_value: 60,
            predefined_metric_specification: [{ predefined_metric_type: "RDSReaderAverageCPUUtilization" }],
          },
        ],
      });
    });
  },
);

test("Terraform refuses to destroy the cluster, may destroy a reader, and creates the log groups first", () => {
  expect(emitted(AuroraPostgresql, "main.tf.json")).toMatchObject({
    resource: {
      aws_rds_cluster: {
        this: {
          lifecycle: { prevent_destroy: true },
          depends_on: ["postgresql", "instance", "iam_db_auth_error"].map((type) => `aws_cloudwatch_log_group.${type}`),
        },
      },
      aws_rds_cluster_instance: { this: expect.not.objectContaining({ lifecycle: expect.anything() }) },
      aws_rds_cluster_parameter_group: { this: { lifecycle: { create_before_destroy: true } } },
    },
  });
});

test("the name of the final snapshot changes with every argument that replaces the cluster", () => {
  expect(emitted(AuroraPostgresql, "main.tf.json")).toMatchObject({
    resource: {
      aws_rds_cluster: { this: { final_snapshot_identifier: "${var.name}-final-${terraform_data.life.id}" } },
      terraform_data: {
        life: {
          triggers_replace: {
            kms_key_id: "${var.kms_key_arn}",
            database_name: "${var.database_name}",
            master_username: "${var.master_username}",
          },
        },
      },
    },
  });
});

/** First minors that can be paused, by major version, as AWS lists them. */
const PAUSES = [
  [13, 15],
  [14, 12],
  [15, 7],
  [16, 3],
  [17, 0],
] as const;

test("synth and Terraform accept exactly the capacities that Aurora has", () => {
  const acus = fc.oneof(
    fc.integer({ min: -1, max: 257 }),
    fc.constantFrom(0, 0.3, 0.5, 1, 1.5, 2.25, 255.5, 256, 256.5),
  );
  const pauses = fc.constantFrom(null, 299, 300, 86_400, 86_401);
  const versions = fc
    .constantFrom(...PAUSES)
    .chain(([major, first]) => fc.nat(20).map((minor) => ({ version: `${major}.${minor}`, canPause: minor >= first })));
  const classes = fc.constantFrom("db.serverless", "db.r7g.large");
  fc.assert(
    fc.property(acus, acus, pauses, versions, classes, (min, max, seconds, { version, canPause }, instanceClass) => {
      const isHalf = (value: number) => Number.isInteger(value * 2);
      const legalFields =
        [min, max].every(isHalf) &&
        min >= 0 &&
        min <= 256 &&
        max >= 1 &&
        max <= 256 &&
        seconds !== 299 &&
        seconds !== 86_401;
      const legal =
        min <= max && (min === 0) === (seconds !== null) && (min > 0 || canPause) && instanceClass === "db.serverless";
      const values = {
        ...base,
        name: "shop",
        engineVersion: version,
        instances: { a: { instanceClass } },
        capacity: { minAcus: min, maxAcus: max, secondsUntilPause: seconds },
      };
      expect(AuroraPostgresql.specification.problems(values).length === 0).toBe(legalFields && legal);
      const scope = scopeOf({
        var: {
          capacity: { min_acus: min, max_acus: max, seconds_until_pause: seconds },
          engine_version: version,
          instances: { a: { instance_class: instanceClass, promotion_tier: 1 } },
        },
      });
      const verdicts = CAPACITY_RULES.map(({ condition }) => evaluate(parseExpression(condition), scope));
      expect(verdicts.every((verdict) => verdict === true)).toBe(legal);
    }),
    { numRuns: 500 },
  );
});

test.each([
  [
    "a class that Aurora does not have",
    { instances: { a: { instanceClass: "db.m7g.large" } } },
    "db.serverless, or a class",
  ],
  ["a role as a key", { instances: { writer: {} } }, "a letter"],
  [
    "serverless instances without a capacity",
    { capacity: null },
    "a capacity if an instance is of the class db.serverless",
  ],
  ["a version without its minor", { engineVersion: "16" }, "a full version of Aurora PostgreSQL"],
  ["subnets in two zones", { subnetIds: base.subnetIds.slice(1) }, "at least 3 items"],
])("%s is refused", (_, wrong, message) => {
  const inputs = { ...base, name: "shop", instances: { a: {} }, capacity: paused, ...wrong };
  const call = () => new AuroraPostgresql(newRoot(), "database", inputs);
  expect(failure(call).message).toContain(message);
});
