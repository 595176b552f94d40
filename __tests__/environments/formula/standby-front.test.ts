/** What users of Formula reach during a failure of us-east-1: the website from its replica, and the protected API of the standby. */
import { hostsOf } from "../../../environments/formula/context";
import { dr } from "../../../environments/formula/dr";
import { prod } from "../../../environments/formula/prod";
import { Configurations, readTree } from "../../../lib/judgement/configuration";
import { TREE } from "../committed-tree";

const committed = new Configurations(readTree(TREE));
const standby = committed.root("environments/formula/dr");
const production = committed.root("environments/formula/prod");

describe("the website of production", () => {
  test("has a replica in the region of the standby, with a key and a log of that region, which nobody has to switch", () => {
    const replica = `formula-prod-files-replica-${prod.account.id}`;
    expect(production.at("module.site.aws_cloudfront_distribution.this")?.values).toMatchObject({
      default_cache_behavior: { target_origin_id: "bucket-or-replica" },
      origin: [{ origin_id: "bucket" }, { origin_id: "replica", domain_name: `${replica}.s3.us-west-2.amazonaws.com` }],
      origin_group: [{ member: [{ origin_id: "bucket" }, { origin_id: "replica" }] }],
    });
    expect(production.at("module.website_replica.aws_s3_bucket.this")).toMatchObject({
      provider: "aws.standby",
      values: { bucket: replica },
    });
    for (const call of ["website_replica_key", "website_replica_access_logs"]) {
      expect(production.of("*").filter((one) => one.call === call && one.provider !== "aws.standby")).toEqual([]);
    }
  });

  test("alarms where the metrics are: failed copies in the region of the files, late ones in that of the copies", () => {
    const alarms = ["failed", "late"].map((name) =>
      production.at(`module.website_replication.aws_cloudwatch_metric_alarm.${name}`),
    );
    expect(alarms.map((alarm) => alarm?.provider)).toEqual(["aws", "aws.standby"]);
    expect(alarms[1]?.values).toMatchObject({
      alarm_actions: [`arn:aws:sns:us-west-2:${prod.account.id}:formula-dr-alerts`],
      threshold: prod.recoveryTargets.recoveryPointSeconds,
    });
  });

  test("lets browsers connect to the sign-in pages of both pools, to which both may return", () => {
    const [domain] = standby.of("aws_cognito_user_pool_domain");
    const policies = JSON.stringify(
      production.at("module.site.aws_cloudfront_response_headers_policy.this")?.values.security_headers_config,
    );
    expect(policies).toContain(`https://${hostsOf(prod).signIn} `);
    expect(policies).toContain(`https://${domain?.values.domain}.auth.${dr.region}.amazoncognito.com `);
    for (const root of [production, standby]) {
      expect(root.of("aws_cognito_user_pool_client").map(({ values }) => values.callback_urls)).toEqual([
        [`https://${hostsOf(prod).website}/signed-in`],
      ]);
    }
  });
});

describe("the standby", () => {
  test("filters requests before its API and before its load balancer, as production does", () => {
    for (const acl of ["web_acl", "blue_web_acl"]) {
      const [rules, others] = [standby, production].map(
        ({ calls }) => calls.find(({ id }) => id === acl)?.inputs.rules,
      );
      expect(rules).toBeDefined();
      expect(rules).toEqual(others);
      expect(standby.at(`module.${acl}.aws_wafv2_web_acl_association.this`)).toBeDefined();
    }
  });

  test("is protected by Shield Advanced where production's protections do not reach", () => {
    expect(standby.of("aws_shield_protection").map(({ key }) => key)).toEqual(["blue"]);
    expect(production.of("aws_shield_protection").map(({ key }) => key)).toEqual(
      expect.arrayContaining(["website", "zone"]),
    );
  });

  test("records the traffic of its network for 90 days", () => {
    expect(standby.of("aws_flow_log").map(({ values }) => values.traffic_type)).toEqual(["ALL"]);
    expect(standby.at("module.vpc.aws_cloudwatch_log_group.flow_logs")?.values.retention_in_days).toBe(90);
  });

  test("has the alarms of production, except for those on what it does not have", () => {
    const alarmsOf = (root: typeof standby) =>
      ["aws_cloudwatch_metric_alarm", "aws_cloudwatch_composite_alarm"].flatMap((type) =>
        root.of(type).map(({ address }) => address),
      );
    const missing = alarmsOf(production).filter((address) => !alarmsOf(standby).includes(address));
    expect(missing.filter((address) => !WITHOUT_COUNTERPART.some((part) => address.includes(part)))).toEqual([]);
  });
});

/** Production has these: the second colour, the database until a restore, the website with its measurements, the switch, masking. */
const WITHOUT_COUNTERPART = [
  "green",
  "database",
  "website",
  "sign-in",
  "availability",
  "module.canary.",
  "module.monitor.",
  "module.failover_declaration.",
  "module.masking",
];
