import { renderTree } from "../../lib/generator/synth/synthesize";
import { Configurations } from "../../lib/judgement/configuration";
import { judgeRoot } from "../../lib/judgement/guardrails/judge";
import { RumAppMonitor } from "../../modules/rum-app-monitor";
import { newRoot } from "../lib/generator/support";
import { describePlan } from "../support/planned";
import { arnOf } from "../support/stand-ins";

const base = {
  name: "shop",
  accountId: "111122223333",
  region: "eu-central-1",
  domainName: "app.example.com",
  sessionSampleRate: 0.25,
  thresholds: { lcpMilliseconds: 3000 },
  configurationName: "/shop/dev/config/rum",
  alertTopicArn: "arn:aws:sns:eu-central-1:111122223333:shop-alerts",
  permissionsBoundaryArn: "arn:aws:iam::111122223333:policy/boundary",
} as const;

const POOL = "module.rum.aws_cognito_identity_pool.this";
const ROLE = "module.rum.aws_iam_role.guest";
const MONITOR = "module.rum.aws_rum_app_monitor.this";

describePlan(
  "real user monitoring",
  (root) => {
    new RumAppMonitor(root, "rum", base);
  },
  (plan) => {
    test("measures part of the sessions of its website, without cookies, with traces, and keeps no log group of RUM", () => {
      expect(plan().values(MONITOR)).toMatchObject({
        name: "shop",
        domain: "app.example.com",
        cw_log_enabled: false,
        app_monitor_configuration: [
          {
            allow_cookies: false,
            enable_xray: true,
            session_sample_rate: 0.25,
            guest_role_arn: arnOf(ROLE),
            identity_pool_id: POOL,
          },
        ],
      });
    });

    test("its guests get credentials by the enhanced flow only", () => {
      expect(plan().values(POOL)).toMatchObject({
        allow_unauthenticated_identities: true,
        allow_classic_flow: false,
      });
      expect(plan().values("module.rum.aws_cognito_identity_pool_roles_attachment.this")).toMatchObject({
        identity_pool_id: POOL,
        roles: { unauthenticated: arnOf(ROLE) },
      });
    });

    test("its role trusts guests of this pool, and may only send events to this monitor", () => {
      expect(plan().statements(ROLE, "assume_role_policy")).toEqual({
        AssumeByGuests: {
          Effect: "Allow",
          Principal: { Federated: "cognito-identity.amazonaws.com" },
          Action: "sts:AssumeRoleWithWebIdentity",
          Condition: {
            StringEquals: { "cognito-identity.amazonaws.com:aud": POOL },
            "ForAnyValue:StringEquals": { "cognito-identity.amazonaws.com:amr": "unauthenticated" },
          },
        },
      });
      expect(plan().statements("module.rum.aws_iam_role_policy.guest")).toEqual({
        SendEvents: {
          Effect: "Allow",
          Action: "rum:PutRumEvents",
          Resource: "arn:aws:rum:eu-central-1:111122223333:appmonitor/shop",
        },
      });
      expect(plan().values(ROLE).permissions_boundary).toBe(base.permissionsBoundaryArn);
    });

    test("the build of the website gets what the web client needs, without the role, which would mean the classic flow", () => {
      const address = "module.rum.aws_ssm_parameter.configuration";
      expect(plan().values(address).name).toBe("/shop/dev/config/rum");
      expect(plan().document(address, "insecure_value")).toEqual({
        applicationId: expect.anything(),
        region: "eu-central-1",
        identityPoolId: POOL,
        endpoint: "https://dataplane.rum.eu-central-1.amazonaws.com",
        sessionSampleRate: 0.25,
        telemetries: ["errors", "http", "performance"],
        allowCookies: false,
        enableXRay: true,
      });
    });

    test.each([
      ["lcp", "WebVitalsLargestContentfulPaint", 3000],
      ["inp", "WebVitalsInteractionToNextPaint", 200],
      ["cls", "WebVitalsCumulativeLayoutShift", 0.1],
    ])("the alarm %s reports a bad experience of one visit in four", (id, metric_name, threshold) => {
      expect(plan().values(`module.rum.aws_cloudwatch_metric_alarm.${id}`)).toMatchObject({
        namespace: "AWS/RUM",
        metric_name,
        dimensions: { application_name: "shop" },
        extended_statistic: "p75",
        threshold,
        comparison_operator: "GreaterThanThreshold",
        evaluate_low_sample_count_percentiles: "ignore",
        alarm_actions: [base.alertTopicArn],
      });
    });
  },
);

test("no guardrail is broken, and none waits for the plan", () => {
  const root = newRoot();
  new RumAppMonitor(root, "rum", base);
  const tree = new Configurations(new Map(renderTree([root]).map(({ path, content }) => [path, content])));
  const judgement = judgeRoot(tree.root(root.address), [], "2026-01-01");
  expect(judgement.broken).toEqual([]);
  expect(judgement.unknown).toEqual([]);
});
