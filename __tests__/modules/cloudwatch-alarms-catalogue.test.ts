import fc from "fast-check";
import {
  databaseAlarms,
  emailAlarms,
  endpointAlarms,
  loadBalancerAlarms,
  postgresAlarms,
  serviceAlarms,
  together,
  trafficAlarms,
  webAclAlarms,
} from "../../modules/cloudwatch-alarms/catalogue";
import { failure } from "../lib/generator/support";
import { cluster, everyKind, nodes, orders, postgres, traffic } from "./alarm-sets";

describe("the catalogue of alarms", () => {
  const names = fc.uniqueArray(fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/), { maxLength: 8 });

  test("has one alarm for the health of each target group, on that group's own metric", () => {
    fc.assert(
      fc.property(names, (groups) => {
        const suffixes = Object.fromEntries(groups.map((name) => [name, `targetgroup/${name}/1`]));
        const alarms = loadBalancerAlarms("app/shop/1", suffixes, { errorsPer5Minutes: 1 });
        expect(Object.keys(alarms)).toHaveLength(groups.length + 2);
        for (const name of groups) {
          expect(alarms[`${name}-unhealthy-targets`]?.dimensions).toEqual({
            LoadBalancer: "app/shop/1",
            TargetGroup: `targetgroup/${name}/1`,
          });
        }
      }),
    );
  });

  test("never asks for more datapoints than periods", () => {
    const all = {
      ...loadBalancerAlarms("app/shop/1", { web: "targetgroup/web/1" }, { errorsPer5Minutes: 1 }),
      ...emailAlarms({ bounceRate: 0.05 }),
      ...everyKind(orders()),
      ...everyKind(nodes()),
    };
    for (const { datapointsToAlarm = 1, evaluationPeriods = 1 } of Object.values(all)) {
      expect(datapointsToAlarm).toBeLessThanOrEqual(evaluationPeriods);
    }
  });

  test("has three alarms for each service, on that service's own metrics, under names of its own", () => {
    fc.assert(
      fc.property(names, (services) => {
        const byName = Object.fromEntries(services.map((name) => [name, `${name}-service`]));
        const all = everyKind(together(serviceAlarms("orders", byName, { cpuPercent: 80, memoryPercent: 85 })));
        expect(Object.keys(all).sort()).toEqual(
          services.flatMap((name) => [`${name}-cpu`, `${name}-memory`, `${name}-tasks`]).sort(),
        );
        for (const name of services) {
          for (const kind of ["cpu", "memory", "tasks"]) {
            expect(all[`${name}-${kind}`]?.dimensions).toEqual({
              ClusterName: "orders",
              ServiceName: `${name}-service`,
            });
          }
        }
      }),
    );
  });

  test("has an alarm on missing tasks for each service, except for disabled ones", () => {
    const { rateAlarms } = together(
      serviceAlarms("shop", { api: "api", parser: "parser" }, { cpuPercent: 80, memoryPercent: 85, off: ["parser"] }),
    );
    expect(rateAlarms["api-tasks"]).toMatchObject({ thresholdPercent: 100, treatMissingData: "breaching" });
    expect(rateAlarms["parser-tasks"]).toMatchObject({ thresholdPercent: 0, treatMissingData: "notBreaching" });
  });

  test("converts latencies from milliseconds to the seconds of CloudWatch", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60_000 }), (milliseconds) => {
        const { alarms: web } = trafficAlarms("app/shop/1", {}, { ...traffic, latencyMilliseconds: milliseconds });
        const { alarms: database } = postgresAlarms("shop", { ...postgres, writeLatencyMilliseconds: milliseconds });
        expect(web?.latency?.threshold).toBe(milliseconds / 1000);
        expect(database?.["database-write-latency"]?.threshold).toBe(milliseconds / 1000);
      }),
    );
  });

  test("raises an alarm before the last connection is used, for any instance class", () => {
    const threshold = (instanceClass: string) =>
      postgresAlarms("shop", { ...postgres, instanceClass }).alarms?.["database-connections"]?.threshold;
    // What such an instance takes by default: 1 GiB is 112 by the formula, and about 80 without the share of RDS.
    expect(threshold("db.t4g.micro")).toBe(62);
    expect(threshold("db.t4g.medium")).toBe(252);
    expect(threshold("db.r7g.24xlarge")).toBe(4000);
    expect(databaseAlarms("shop", postgres)["database-connections"]?.threshold).toBe(62);
  });

  test("raises an alarm before the last connection of a serverless instance, which is limited if it may pause", () => {
    const threshold = (minAcus: number, maxAcus: number) =>
      cluster({ minAcus, maxAcus }).memberAlarms?.connections?.threshold;
    // Aurora has 189 for 1 ACU, 1,669 for 8, and 5,000 from 24 on.
    expect(threshold(1, 1)).toBe(125);
    expect(threshold(1, 8)).toBe(1008);
    expect(threshold(1, 256)).toBe(4000);
    expect(threshold(0, 256)).toBe(1600);
    expect(cluster(null, "db.r7g.large").memberAlarms?.connections?.threshold).toBe(1008);
  });

  test("reports a silent instance, unless it may be paused, and its capacity only if it is serverless", () => {
    const silent = (minAcus: number) => cluster({ minAcus, maxAcus: 4 }).memberAlarms?.cpu?.treatMissingData;
    expect([silent(0), silent(0.5)]).toEqual(["notBreaching", "breaching"]);
    expect(cluster(null, "db.r7g.large").memberAlarms).not.toHaveProperty("capacity");
  });

  test("has members in one set of a call alone", () => {
    const one = cluster(null, "db.r7g.large");
    expect(together(one, { alarms: databaseAlarms("shop", postgres) })).toMatchObject({ members: { a: "shop-a" } });
    expect(failure(() => together(one, { members: { c: "shop-c" } })).message).toContain(
      "alarms: got 2 groups of members; allowed: one",
    );
  });

  test("refuses an unknown class, and a percentage that is the last connection or none", () => {
    const alarms = (thresholds: Partial<typeof postgres>) =>
      failure(() => postgresAlarms("shop", { ...postgres, ...thresholds }));
    expect(alarms({ instanceClass: "db.x9.huge" }).message).toMatch(
      /\n {2}instanceClass: got db\.x9\.huge; allowed: db\.t3\.micro, db\.t3\.small, /,
    );
    for (const connectionPercent of [0, 96, 120]) {
      expect(alarms({ connectionPercent }).message).toContain(
        `connectionPercent: got ${connectionPercent}; allowed: 1 to 95`,
      );
    }
  });

  test("has a first step for every alarm, in one paragraph within the limit of the description", () => {
    const { alarms = {}, memberAlarms = {} } = cluster({ minAcus: 1, maxAcus: 4 });
    const all = { ...everyKind(orders()), ...everyKind(nodes()), ...alarms, ...memberAlarms };
    for (const { description, runbook = "" } of Object.values(all)) {
      expect(runbook).toMatch(/^Look first at [^\n]+\.$/);
      expect(`${description}\n\n${runbook}`.length).toBeLessThanOrEqual(1024);
    }
  });

  test("has the same texts in every environment, with any thresholds", () => {
    const strict = together(
      trafficAlarms("app/orders/1", { api: "targetgroup/api/1" }, { ...traffic, latencyMilliseconds: 1 }),
      postgresAlarms("orders", { ...postgres, cpuPercent: 1, freeStorageGiB: 1, connectionPercent: 1 }),
    );
    const usual = everyKind(orders());
    for (const [name, { description }] of Object.entries(everyKind(strict))) {
      expect(description).toBe(usual[name]?.description);
    }
  });

  test("raises an alarm for a group without a healthy target, and for a silent one", () => {
    const { alarms } = nodes();
    expect(alarms["api-no-healthy-target"]).toMatchObject({
      metricName: "HealthyHostCount",
      dimensions: { LoadBalancer: "app/shop/1", TargetGroup: "targetgroup/api/1" },
      comparison: "LessThanThreshold",
      threshold: 1,
      treatMissingData: "breaching",
    });
  });

  test("raises an alarm for nodes below the minimum or the wanted number, and for a silent group", () => {
    const { alarms, rateAlarms } = nodes();
    const silent = { dimensions: { AutoScalingGroupName: "eks-shop-1" }, treatMissingData: "breaching" };
    expect(alarms["nodes-below-minimum"]).toMatchObject({ ...silent, comparison: "LessThanThreshold", threshold: 3 });
    expect(rateAlarms["nodes-missing"]).toMatchObject({
      ...silent,
      partMetricName: "GroupInServiceInstances",
      totalMetricName: "GroupDesiredCapacity",
      comparison: "LessThanThreshold",
      thresholdPercent: 100,
    });
  });

  test("raises an alarm for more active sessions than CPUs, and converts memory from MiB to the bytes of CloudWatch", () => {
    const { alarms } = nodes();
    expect(alarms["database-load"]).toMatchObject({ metricName: "DBLoad", threshold: 2 });
    expect(alarms["database-memory"]).toMatchObject({ comparison: "LessThanThreshold", threshold: 268_435_456 });
    expect([alarms["database-disk-operations"], alarms["database-disk-throughput"]]).toMatchObject([
      { metricName: "EBSIOBalance%", comparison: "LessThanThreshold", threshold: 20 },
      { metricName: "EBSByteBalance%", comparison: "LessThanThreshold", threshold: 20 },
    ]);
  });

  test("has one alarm for each NAT gateway, by its zone", () => {
    const { alarms } = nodes();
    expect(["eu-central-1a", "eu-central-1b"].map((zone) => alarms[`nat-${zone}-ports`]?.dimensions)).toEqual([
      { NatGatewayId: "nat-1" },
      { NatGatewayId: "nat-2" },
    ]);
  });

  test("has one alarm for each interface endpoint, on the metric of its service in the VPC", () => {
    const place = { vpcId: "vpc-1", region: "eu-central-1" };
    const { alarms = {} } = endpointAlarms({ "ecr.api": "vpce-1", kms: "vpce-2" }, place, {
      droppedPacketsPer5Minutes: 100,
    });
    expect(Object.keys(alarms)).toEqual(["endpoint-ecr-api", "endpoint-kms"]);
    expect(alarms["endpoint-ecr-api"]).toMatchObject({
      metricName: "PacketsDropped",
      threshold: 100,
      dimensions: {
        "Endpoint Type": "Interface",
        "Service Name": "com.amazonaws.eu-central-1.ecr.api",
        "VPC Endpoint Id": "vpce-1",
        "VPC Id": "vpc-1",
      },
    });
  });

  test("counts the blocked requests of all rules of a web ACL in its region", () => {
    expect(nodes().alarms["web-acl-blocked-requests"]).toMatchObject({
      dimensions: { WebACL: "shop", Region: "eu-central-1", Rule: "ALL" },
      threshold: 500,
    });
  });

  test("counts the blocked requests of a web ACL of CloudFront, whose metrics have no region", () => {
    const { alarms } = webAclAlarms("shop-assets", null, { blockedPer5Minutes: 100 });
    expect(alarms?.["web-acl-blocked-requests"]?.dimensions).toEqual({ WebACL: "shop-assets", Rule: "ALL" });
  });

  test("refuses two alarms with the same name, of any kinds", () => {
    const database = { alarms: databaseAlarms("shop", postgres) };
    const service = serviceAlarms("shop", { database: "database" }, { cpuPercent: 80, memoryPercent: 85 });
    expect(failure(() => together(database, service)).message).toContain(
      "alarms: got database-cpu twice; allowed: a different name for each",
    );
    expect(together()).toEqual({ alarms: {}, rateAlarms: {}, anomalyAlarms: {} });
  });

  test("has its thresholds in the descriptions", () => {
    expect(databaseAlarms("shop", postgres)["database-cpu"]?.description).toBe(
      "The database works at more than 70 % of its CPU",
    );
    expect(emailAlarms({ bounceRate: 0.05 })["email-bounce-rate"]?.description).toBe(
      "More than 5 % of the e-mails bounce",
    );
  });
});
