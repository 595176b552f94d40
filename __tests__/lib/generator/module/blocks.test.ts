import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { EcrReplicationConfiguration } from "@cdktf/provider-aws/lib/ecr-replication-configuration";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { Wafv2WebAcl } from "@cdktf/provider-aws/lib/wafv2-web-acl";
import { blockForEach, blockIf, hcl, isSet, resource, soleBlockIf } from "../../../../lib";
import { built } from "../built-module";

test("nested blocks depend on a collection or a switch", () => {
  const { main } = built((scope, input) => {
    resource(scope, SecurityGroup, "this", {
      ingress: blockForEach(input.subnets, (value, key) => ({
        fromPort: 443,
        toPort: 443,
        protocol: "tcp",
        cidrBlocks: [value.cidr],
        description: `HTTPS from ${key}`,
      })),
      egress: blockIf(input.logs, { fromPort: 0, toPort: 0, protocol: "-1" }),
    });
  });
  expect(main).toHaveProperty("resource.aws_security_group.this", {
    dynamic: {
      ingress: {
        for_each: "${var.subnets}",
        iterator: "block",
        content: {
          cidr_blocks: ["${block.value.cidr}"],
          description: "HTTPS from ${block.key}",
          from_port: 443,
          protocol: "tcp",
          to_port: 443,
        },
      },
      egress: {
        for_each: "${var.logs ? [true] : []}",
        content: { from_port: 0, to_port: 0, protocol: "-1" },
      },
    },
  });
});

test("a block that the provider allows once can depend on a switch inside of repeated blocks", () => {
  const visibilityConfig = { cloudwatchMetricsEnabled: true, sampledRequestsEnabled: true, metricName: "rule" };
  const { main } = built((scope, input) => {
    resource(scope, Wafv2WebAcl, "this", {
      scope: "REGIONAL",
      defaultAction: { allow: {} },
      visibilityConfig,
      rule: blockForEach(input.subnets, (_value, name) => ({
        name,
        priority: 1,
        action: soleBlockIf(input.logs, { block: soleBlockIf(isSet(input.name), {}) }),
        visibilityConfig,
      })),
    });
  });
  expect(main).toHaveProperty("resource.aws_wafv2_web_acl.this.dynamic.rule.content.dynamic.action", {
    for_each: "${var.logs ? [true] : []}",
    content: { dynamic: { block: { for_each: "${(var.name != null) ? [true] : []}", content: {} } } },
  });
});

test("a block that the provider allows once can depend on a switch", () => {
  const { main } = built((scope, input) => {
    resource(scope, DbInstance, "this", {
      instanceClass: "db.t4g.micro",
      restoreToPointInTime: soleBlockIf(isSet(input.name), { sourceDbInstanceIdentifier: hcl<string>`${input.name}` }),
    });
  });
  expect(main).toHaveProperty("resource.aws_db_instance.this", {
    instance_class: "db.t4g.micro",
    dynamic: {
      restore_to_point_in_time: {
        for_each: "${(var.name != null) ? [true] : []}",
        content: { source_db_instance_identifier: "${var.name}" },
      },
    },
  });
});

test("a nested block refers to both entries by separate iterators", () => {
  const { main } = built((scope, input) => {
    resource(scope, S3BucketLifecycleConfiguration, "this", {
      bucket: "logs",
      rule: blockForEach(input.subnets, (value, key) => ({
        id: `${key}`,
        status: "Enabled",
        expiration: blockIf(input.logs, { date: `${value.cidr}` }),
        noncurrentVersionExpiration: blockForEach(input.zones, (zone) => ({
          noncurrentDays: hcl<number>`max(${key}, ${zone})`,
        })),
      })),
    });
  });
  expect(main).toHaveProperty("resource.aws_s3_bucket_lifecycle_configuration.this.dynamic.rule", {
    for_each: "${var.subnets}",
    iterator: "block",
    content: {
      id: "${block.key}",
      status: "Enabled",
      dynamic: {
        expiration: { for_each: "${var.logs ? [true] : []}", content: { date: "${block.value.cidr}" } },
        noncurrent_version_expiration: {
          for_each: "${var.zones}",
          iterator: "block_1",
          content: { noncurrent_days: "${max(block.key, block_1.value)}" },
        },
      },
    },
  });
});

test("blocks can be repeated inside of static blocks", () => {
  const { main } = built((scope, input) => {
    resource(scope, EcrReplicationConfiguration, "this", {
      replicationConfiguration: {
        rule: [
          {
            destination: blockForEach(input.subnets, (_, key) => ({ region: key, registryId: "111122223333" })),
            repositoryFilter: [{ filter: "shop/", filterType: "PREFIX_MATCH" }],
          },
        ],
      },
    });
  });
  expect(main).toHaveProperty("resource.aws_ecr_replication_configuration.this", {
    replication_configuration: {
      rule: [
        {
          dynamic: {
            destination: {
              for_each: "${var.subnets}",
              iterator: "block",
              content: { region: "${block.key}", registry_id: "111122223333" },
            },
          },
          repository_filter: [{ filter: "shop/", filter_type: "PREFIX_MATCH" }],
        },
      ],
    },
  });
});

test("the keys of a map inside a repeated block stay as they are", () => {
  const { main } = built((scope, input) => {
    resource(scope, CloudwatchMetricAlarm, "this", {
      alarmName: "a",
      comparisonOperator: "GreaterThanThreshold",
      evaluationPeriods: 1,
      metricQuery: blockForEach(input.subnets, (_, key) => ({
        id: `q-${key}`,
        metric: {
          metricName: "m",
          namespace: "AWS/ApplicationELB",
          period: 60,
          stat: "Sum",
          dimensions: { LoadBalancer: "lb" },
        },
      })),
    });
  });
  expect(main).toHaveProperty("resource.aws_cloudwatch_metric_alarm.this.dynamic.metric_query.content.metric", {
    dimensions: { LoadBalancer: "lb" },
    metric_name: "m",
    namespace: "AWS/ApplicationELB",
    period: 60,
    stat: "Sum",
  });
});
