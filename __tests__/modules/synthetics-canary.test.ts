import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { runInNewContext } from "node:vm";
import { unzipSync } from "fflate";
import { z } from "zod";
import { renderTree } from "../../lib/generator/synth/synthesize";
import { Configurations } from "../../lib/judgement/configuration";
import { judgeRoot } from "../../lib/judgement/guardrails/judge";
import { SyntheticsCanary } from "../../modules/synthetics-canary";
import { newRoot } from "../lib/generator/support";
import { describePlan } from "../support/planned";
import { arnOf } from "../support/stand-ins";

const base = {
  name: "shop-page",
  accountId: "111122223333",
  region: "eu-central-1",
  scriptVersion: "v1",
  domainName: "app.example.com",
  readySelector: "#root > *",
  healthPath: "/api/health",
  intervalMinutes: 5,
  artifactsBucketName: "shop-canary",
  artifactRetentionDays: 14,
  kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1",
  accessLogBucket: "shop-access-logs",
  logKmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/2",
  logRetentionDays: 30,
  alertTopicArn: "arn:aws:sns:eu-central-1:111122223333:shop-alerts",
  permissionsBoundaryArn: "arn:aws:iam::111122223333:policy/boundary",
} as const;

const CANARY = "module.canary.aws_synthetics_canary.this";

describePlan(
  "a canary",
  (root) => {
    new SyntheticsCanary(root, "canary", base);
    new SyntheticsCanary(root, "of_api", {
      ...base,
      name: "shop-api",
      artifactsBucketName: "shop-api-canary",
      scriptVersion: "v2",
      apiDomainName: "api.example.com",
    });
    new SyntheticsCanary(root, "each_minute", { ...base, name: "shop-often", intervalMinutes: 1 });
  },
  (plan) => {
    test("runs its script on the runtime of the same version, traced, on its schedule", () => {
      expect(plan().values(CANARY)).toMatchObject({
        runtime_version: "syn-nodejs-puppeteer-17.0",
        zip_file: expect.stringMatching(/\/v1\/function\.zip$/),
        handler: "index.handler",
        schedule: [{ expression: "rate(5 minutes)" }],
        start_canary: true,
        run_config: [
          {
            active_tracing: true,
            environment_variables: {
              DOMAIN_NAME: "app.example.com",
              READY_SELECTOR: "#root > *",
              HEALTH_PATH: "/api/health",
            },
          },
        ],
      });
      expect(plan().values("module.each_minute.aws_synthetics_canary.this").schedule).toEqual([
        expect.objectContaining({ expression: "rate(1 minute)" }),
      ]);
    });

    test("gives the name of the API to a script that uses it", () => {
      expect(plan().values("module.of_api.aws_synthetics_canary.this")).toMatchObject({
        zip_file: expect.stringMatching(/\/v2\/function\.zip$/),
        run_config: [{ environment_variables: { DOMAIN_NAME: "app.example.com", API_DOMAIN_NAME: "api.example.com" } }],
      });
    });

    test("leaves no function behind", () => {
      expect(plan().values(CANARY)).toMatchObject({ delete_lambda: true });
    });

    test("writes encrypted results below a prefix that expires", () => {
      expect(plan().values(CANARY)).toMatchObject({
        artifact_s3_location: "s3://shop-canary/canary-runs",
        artifact_config: [{ s3_encryption: [{ encryption_mode: "SSE_KMS", kms_key_arn: base.kmsKeyArn }] }],
      });
      expect(plan().values("module.canary.aws_s3_bucket_lifecycle_configuration.this").rule).toMatchObject([
        { filter: [{ prefix: "canary-runs/" }], expiration: [{ days: 14 }] },
      ]);
    });

    test("has a bounded role for its results, its metrics, its traces and its log, which cannot make a log group", () => {
      expect(plan().values("module.canary.aws_iam_role.this").permissions_boundary).toBe(base.permissionsBoundaryArn);
      const statements = plan().statements("module.canary.aws_iam_role_policy.this");
      expect(
        Object.values(statements)
          .flatMap(({ Action }) => Action)
          .sort(),
      ).toEqual([
        "cloudwatch:PutMetricData",
        "kms:GenerateDataKey",
        "logs:CreateLogStream",
        "logs:PutLogEvents",
        "s3:GetBucketLocation",
        "s3:ListAllMyBuckets",
        "s3:PutObject",
        "xray:PutTraceSegments",
      ]);
      expect(statements.WriteResults?.Resource).toBe(`${arnOf("module.canary.aws_s3_bucket.this")}/canary-runs/*`);
    });

    test("has a log group with a retention, by the name that the service gives to the function", () => {
      expect(plan().values("module.canary.aws_cloudwatch_log_group.this")).toMatchObject({
        name: "/aws/lambda/cwsyn-shop-page-1234",
        kms_key_id: base.logKmsKeyArn,
        retention_in_days: 30,
      });
    });

    test("reports two runs in a row that failed or are missing", () => {
      expect(plan().values("module.canary.aws_cloudwatch_metric_alarm.this")).toMatchObject({
        namespace: "CloudWatchSynthetics",
        metric_name: "SuccessPercent",
        dimensions: { CanaryName: "shop-page" },
        period: 300,
        datapoints_to_alarm: 2,
        threshold: 100,
        comparison_operator: "LessThanThreshold",
        treat_missing_data: "breaching",
        alarm_actions: [base.alertTopicArn],
      });
    });
  },
);

test("no guardrail is broken, and each is decided from the source", () => {
  const root = newRoot();
  new SyntheticsCanary(root, "canary", base);
  const tree = new Configurations(new Map(renderTree([root]).map(({ path: file, content }) => [file, content])));
  const judgement = judgeRoot(tree.root(root.address), [], "2026-01-01");
  expect(
    [...judgement.broken, ...judgement.unknown].map(({ guardrail, address, got }) => [guardrail.id, address, got]),
  ).toEqual([]);
});

type Version = "v1" | "v2";
const archiveOf = (version: Version) =>
  readFileSync(path.resolve(__dirname, `../../modules/synthetics-canary/${version}/function.zip`));

test.each([
  ["v1", "69709d38be19f93ba5569d0705aa65f4bad9b311710157c54d1cd95a1245ebe5"],
  ["v2", "63133e78b8f193262edac56b8351a3ab4531a7af5d20995f6c1890721464b9fe"],
] as const)(
  "the script of %s never changes: the provider uploads no archive with a known path, so a change is a new version",
  (version, digest) => {
    expect(createHash("sha256").update(archiveOf(version)).digest("hex")).toBe(digest);
  },
);

const MODULE = z.object({ exports: z.object({ handler: z.custom<() => Promise<void>>() }) });

/** Runs the archive's script with a stand-in of the runtime. @returns the steps, and the requests in them */
async function run(version: Version, { status = 200, renders = true, health = 200, env = {} }): Promise<string[]> {
  const done: string[] = [];
  const page = {
    goto: async (url: string) => {
      done.push(`GET ${url}`);
      return { status: () => status };
    },
    waitForSelector: async (selector: string) => {
      done.push(`wait for ${selector}`);
      if (!renders) throw new Error("Waiting for the selector failed: 20000ms exceeded");
    },
  };
  const synthetics = {
    getConfiguration: () => ({ setConfig: () => undefined }),
    getPage: async () => page,
    executeStep: async (name: string, step: () => Promise<void>) => {
      done.push(name);
      await step();
    },
    executeHttpStep: async (name: string, request: { hostname: string; path: string; protocol: string }) => {
      done.push(name, `GET ${request.protocol}//${request.hostname}${request.path}`);
      if (health < 200 || health > 299) throw new Error(`${health}`);
    },
  };
  const [code = ""] = Object.values(unzipSync(archiveOf(version))).map((file) => Buffer.from(file).toString("ascii"));
  const module = { exports: {} };
  runInNewContext(code, {
    module,
    exports: module.exports,
    require: (name: string) => (name === "@aws/synthetics-puppeteer" ? synthetics : undefined),
    process: {
      env: { DOMAIN_NAME: base.domainName, READY_SELECTOR: base.readySelector, HEALTH_PATH: base.healthPath, ...env },
    },
  });
  await MODULE.parse(module).exports.handler();
  return done;
}

describe.each(["v1", "v2"] as const)("the script %s", (version) => {
  test("waits until the page has rendered, and then calls the API", async () => {
    expect(await run(version, {})).toEqual([
      "page",
      "GET https://app.example.com/",
      "wait for #root > *",
      "health",
      "GET https://app.example.com/api/health",
    ]);
  });

  test("fails if the page has another status", async () => {
    await expect(run(version, { status: 503 })).rejects.toThrow("https://app.example.com/: got 503; allowed: 200");
  });

  test("fails if the page stays empty", async () => {
    await expect(run(version, { renders: false })).rejects.toThrow("Waiting for the selector failed");
  });

  test("fails if the API does not answer with success", async () => {
    await expect(run(version, { health: 500 })).rejects.toThrow("500");
  });
});

test("the script v2 calls the API under its own name", async () => {
  expect(await run("v2", { env: { API_DOMAIN_NAME: "api.example.com" } })).toEqual([
    "page",
    "GET https://app.example.com/",
    "wait for #root > *",
    "health",
    "GET https://api.example.com/api/health",
  ]);
});
