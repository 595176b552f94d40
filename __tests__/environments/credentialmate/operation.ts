import { z } from "zod";
import { arnOf } from "../../support/stand-ins";
import { ALERTS, LOGS_KEY, type PlannedEnvironment, SERVICES } from "./planned-environment";

export function testRoles({ environment, plan }: PlannedEnvironment): void {
  test("there is no IAM user and no access key, and nobody but services has a role", () => {
    const types = plan().resources.map(({ type }) => type);
    expect(types.filter((type) => /^aws_iam_(user|access_key|group|policy$)/.test(type))).toEqual([]);
  });

  test("every role stays within the boundary that the account has for workloads", () => {
    const boundaries = plan()
      .all("aws_iam_role")
      .map(({ values }) => values.permissions_boundary);
    expect(boundaries).toHaveLength(12);
    expect(new Set(boundaries)).toEqual(
      new Set([`arn:aws:iam::${environment.account.id}:policy/delivery-workloads-boundary`]),
    );
  });

  test("roles of services are assumed by their service, for this account, and by nobody else", () => {
    for (const { address } of plan().all("aws_iam_role")) {
      expect(Object.values(plan().statements(address, "assume_role_policy"))).toMatchObject([
        {
          Principal: { Service: expect.stringMatching(/\.amazonaws\.com$/) },
          Condition: { StringEquals: { "aws:SourceAccount": environment.account.id } },
        },
      ]);
    }
  });
}

/** Alarms: metric, statistic, what sets it off. The threshold of errors is the environment's. */
const ALARMS = {
  "backend-service-unhealthy-targets": ["UnHealthyHostCount", "GreaterThanThreshold", 0],
  "database-cpu": ["CPUUtilization", "GreaterThanThreshold", 70],
  "database-free-storage": ["FreeStorageSpace", "LessThanThreshold", 5 * 1024 ** 3],
  "email-bounce-rate": ["Reputation.BounceRate", "GreaterThanThreshold", 0.05],
  "frontend-service-unhealthy-targets": ["UnHealthyHostCount", "GreaterThanThreshold", 0],
};

/** What tells of a service, workers included, whose health no load balancer asks. */
const SERVICE_ALARMS = { cpu: "CPUUtilization", memory: "MemoryUtilization", tasks: "RunningTaskCount" };

const METRICS = {
  "api-latency": ["backend-service", "request", "$.duration_ms"],
  "compliance-engine-time": ["backend-service", "compliance_check", "$.duration_ms"],
  "notification-success": ["notification-worker", "notification", "$.success"],
  "parsing-duration": ["parser-service", "document_parsed", "$.duration_ms"],
};

const DASHBOARD = z.object({
  widgets: z.array(z.object({ properties: z.object({ metrics: z.array(z.array(z.unknown())) }) })),
});

export function testObservability({ environment, name, plan }: PlannedEnvironment): void {
  const { sizing } = environment;

  test("the audit log has a key of its own, is kept for six years, and only the backend appends to it", () => {
    const group = "module.audit_log.aws_cloudwatch_log_group.this";
    const key = "module.audit_key.aws_kms_key.this";
    expect(plan().values(group)).toMatchObject({
      name: `/audit/${name}`,
      kms_key_id: arnOf(key),
      retention_in_days: 2192,
    });
    const using = plan().resources.filter(({ values }) => JSON.stringify(values).includes(arnOf(key)));
    expect(using.map(({ address }) => address)).toEqual([key, group]);
    const policies = plan()
      .all("aws_iam_role_policy")
      .filter(({ address }) => JSON.stringify(plan().statements(address)).includes(group));
    expect(policies.map(({ address }) => address)).toEqual(["module.backend_service_task.aws_iam_role_policy.task[0]"]);
    expect(plan().container("module.backend_service_task.aws_ecs_task_definition.this").environment).toContainEqual({
      name: "AUDIT_LOG_GROUP",
      value: `/audit/${name}`,
    });
  });

  test("every other log group is encrypted and kept 30 to 90 days, as long as the environment says", () => {
    const groups = plan()
      .all("aws_cloudwatch_log_group")
      .filter(({ address }) => !address.startsWith("module.audit_log."));
    expect(groups.map(({ values }) => values.name).sort()).toEqual([
      `/aws/ecs/containerinsights/${name}/performance`,
      `/aws/rds/instance/${name}/postgresql`,
      `/aws/rds/instance/${name}/upgrade`,
      `/ecs/${name}-backend-service`,
      `/ecs/${name}-frontend-service`,
      `/ecs/${name}-migrations`,
      `/ecs/${name}-notification-worker`,
      `/ecs/${name}-parser-service`,
      `/vpc/${name}/flow-logs`,
      `aws-waf-logs-${name}`,
    ]);
    expect([30, 60, 90]).toContain(sizing.logRetentionDays);
    for (const { values } of groups) {
      expect(values).toMatchObject({ kms_key_id: arnOf(LOGS_KEY), retention_in_days: sizing.logRetentionDays });
    }
  });

  test("the alarms are these, and tell the topic", () => {
    const alarms = plan().all("aws_cloudwatch_metric_alarm");
    const services = Object.keys(SERVICES).flatMap((service) =>
      Object.entries(SERVICE_ALARMS).map(([what, metric]) => [`${service}-${what}`, metric] as const),
    );
    const isOfService = (key: unknown) => services.some(([alarm]) => alarm === key);
    for (const [alarm, metric] of services) {
      const values = alarms.find(({ key }) => key === alarm)?.values;
      expect(JSON.stringify([values?.metric_name, values?.metric_query])).toContain(`"${metric}"`);
    }
    const errors = (metric: string) => [metric, "GreaterThanThreshold", sizing.errorsPer5Minutes];
    expect(
      Object.fromEntries(
        alarms
          .filter(({ key }) => !isOfService(key))
          .map(({ key, values: v }) => [key, [v.metric_name, v.comparison_operator, v.threshold]]),
      ),
    ).toEqual({
      ...ALARMS,
      "database-connections": ["DatabaseConnections", "GreaterThanThreshold", expect.any(Number)],
      "load-balancer-5xx": errors("HTTPCode_ELB_5XX_Count"),
      "targets-5xx": errors("HTTPCode_Target_5XX_Count"),
    });
    for (const { values } of alarms) {
      expect(values).toMatchObject({ alarm_actions: [arnOf(ALERTS)], actions_enabled: true });
    }
  });

  test("the alarms look at what is there", () => {
    const dimensions = (alarm: string) =>
      plan().values(`module.alarms.aws_cloudwatch_metric_alarm.this["${alarm}"]`).dimensions;
    expect(dimensions("database-cpu")).toEqual({ DBInstanceIdentifier: name });
    expect(dimensions("targets-5xx")).toEqual({ LoadBalancer: "module.load_balancer.aws_lb.this.arn_suffix" });
    expect(dimensions("backend-service-unhealthy-targets")).toEqual({
      LoadBalancer: "module.load_balancer.aws_lb.this.arn_suffix",
      TargetGroup: 'module.load_balancer.aws_lb_target_group.this["backend-service"].arn_suffix',
    });
  });

  test("the topic is encrypted, and all who report to it may publish and use its key", () => {
    const services = [
      "cloudwatch.amazonaws.com",
      "events.amazonaws.com",
      "events.rds.amazonaws.com",
      "ses.amazonaws.com",
    ];
    const principals = (statements: object) =>
      [...new Set(JSON.stringify(statements).match(/[a-z.]+\.amazonaws\.com/g))].sort();
    expect(plan().values(ALERTS).kms_master_key_id).toBe(arnOf("module.alerts_key.aws_kms_key.this"));
    expect(principals(plan().statements("module.alerts.aws_sns_topic_policy.this"))).toEqual(services);
    expect(principals(plan().statements("module.alerts_key.aws_kms_key.this"))).toEqual(services);
  });

  test("the people of the environment are told", () => {
    expect(plan().keys("module.alerts.aws_sns_topic_subscription.email")).toEqual(environment.alertEmails);
  });

  test("API latency, parsing, notifications and the compliance engine are measured from the logs", () => {
    const filters = plan().all("aws_cloudwatch_log_metric_filter");
    expect(filters.map(({ key }) => key)).toEqual(Object.keys(METRICS));
    for (const [metric, [service, event, value]] of Object.entries(METRICS)) {
      expect(plan().values(`module.log_metrics.aws_cloudwatch_log_metric_filter.this["${metric}"]`)).toMatchObject({
        log_group_name: `/ecs/${name}-${service}`,
        pattern: `{ $.event = "${event}" }`,
        metric_transformation: [{ namespace: `CredentialMate/${environment.name}`, name: metric, value }],
      });
    }
  });

  test("one dashboard shows every custom metric and every metric that has an alarm", () => {
    expect(plan().all("aws_cloudwatch_dashboard")).toHaveLength(1);
    const { widgets } = DASHBOARD.parse(
      plan().document("module.dashboard.aws_cloudwatch_dashboard.this", "dashboard_body"),
    );
    const shown = widgets.flatMap(({ properties }) =>
      properties.metrics.map(([namespace, metric]) => `${namespace} ${metric}`),
    );
    const custom = Object.keys(METRICS).map((metric) => `CredentialMate/${environment.name} ${metric}`);
    const alarmed = plan()
      .all("aws_cloudwatch_metric_alarm")
      .flatMap(({ values: v }) => (v.metric_name === null ? [] : [`${v.namespace} ${v.metric_name}`]));
    const tasks = "ECS/ContainerInsights RunningTaskCount";
    expect([...custom, ...alarmed, tasks].filter((metric) => !shown.includes(metric))).toEqual([]);
  });
}

export function testTags({ environment, plan }: PlannedEnvironment): void {
  test("everything that can carry tags has CostCenter, App, Owner and Env", () => {
    const tagged = plan().resources.filter(({ values }) => "tags_all" in values);
    expect(tagged.length).toBeGreaterThan(80);
    for (const { address, values } of tagged) {
      expect([address, values.tags_all]).toEqual([
        address,
        expect.objectContaining({
          CostCenter: "credentialmate",
          App: "credentialmate",
          Owner: "platform",
          Env: environment.name,
        }),
      ]);
    }
  });
}
