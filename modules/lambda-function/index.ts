import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { LambdaAlias } from "@cdktf/provider-aws/lib/lambda-alias";
import { LambdaFunction as AwsLambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { z } from "zod";
import {
  ACCOUNT_ID,
  arnOf,
  BUCKET_NAME,
  defineModule,
  filter,
  hcl,
  isSet,
  LOG_RETENTION_DAYS,
  readyAfter,
  resource,
  resourceForEach,
  resourceName,
  set,
  sizing,
  text,
  URL_PATH,
} from "../../lib";
import { functionRole } from "./role";
import { scaleProvisionedConcurrency } from "./scaling";
import { forwardRequests } from "./targets";

const LISTENER =
  "arn:aws:elasticloadbalancing:eu-central-1:111122223333:listener/app/shop/0123456789abcdef/0123456789abcdef";

export const LambdaFunction = defineModule({
  name: "lambda-function",
  description:
    "A Lambda function behind load balancers, outside of a VPC. The pipeline publishes versions of its code and moves the aliases to them, which Terraform ignores: a change of the settings takes effect with the next version. Each alias is a target of a listener of its own, so that the version behind each load balancer is known. The program writes its duration in the embedded metric format to standard output, under the namespace and name that its environment has.",
  inputs: {
    name: resourceName(64).describe("Name of the function and of its role."),
    accountId: ACCOUNT_ID.describe("Account of the function."),
    code: z
      .object({ bucket: BUCKET_NAME, key: z.string().min(1), version: z.string().min(1) })
      .describe(
        "First archive of the program: a bucket of the region, a key and the version of the object, which has to exist at the first apply.",
      ),
    handler: text(/^[\w./-]+\.\w+$/, "a handler such as index.handler", "index").describe(
      "File and function of the program, for Node.js 22.",
    ),
    memoryMiB: sizing(z.int().min(128).max(10240)).describe(
      "Memory. The share of the processor follows: 1769 MiB are one vCPU.",
    ),
    timeoutSeconds: z.int().min(1).max(900).describe("Time after which Lambda ends a request."),
    reservedConcurrency: sizing(z.int().min(1)).describe(
      "Maximum number of concurrent requests of all aliases, which no other function can use. The quota L-B99A9384 has to exceed the sum of the account by 100.",
    ),
    environment: z
      .record(text(/^[A-Za-z]\w*$/, "names of environment variables", "not-a-name"), z.string())
      .default({})
      .describe("Plain environment variables without secrets: everybody who may describe the function can read them."),
    logLevel: sizing(z.enum(["DEBUG", "INFO", "WARN", "ERROR"])).describe("Least level of the program's log entries."),
    tracing: sizing(z.boolean()).describe("Whether X-Ray traces requests. Each trace is charged."),
    durationMetric: z
      .object({ namespace: z.string().min(1), name: z.string().min(1) })
      .describe(
        "Metric of the duration, which the program writes. It gets both names in METRIC_NAMESPACE and METRIC_NAME.",
      ),
    pathPatterns: set(URL_PATH).min(1).describe("Paths of the requests that the load balancers forward."),
    rulePriority: z
      .int()
      .min(1)
      .max(50000)
      .describe("Priority of the listeners' rules; the lowest is evaluated first."),
    aliases: z
      .record(
        text(/^[a-z][a-z0-9-]*$/, "lower-case names", "Not A Name"),
        z.object({
          listenerArn: arnOf("elasticloadbalancing"),
          provisionedConcurrency: sizing(
            z
              .object({ min: z.int().min(1), max: z.int().min(1) })
              .nullable()
              .default(null),
          ),
        }),
      )
      .describe(
        "Aliases by name, such as one for each colour: the listener that forwards to the alias, and the bounds of its provisioned concurrency, which follows its utilization; null without. AWS charges the provisioned concurrency for as long as it exists.",
      ),
    logKmsKeyArn: arnOf("kms").describe("Key that encrypts the log."),
    logRetentionDays: sizing(LOG_RETENTION_DAYS).describe("Retention of the log."),
    permissionsBoundaryArn: arnOf("iam")
      .nullable()
      .default(null)
      .describe("Permissions boundary of the role, if the apply role may create roles only with a boundary."),
  },
  rules: [
    {
      inputs: ["aliases"],
      allowed: "a maximum of the provisioned concurrency that is not below the minimum",
      holds: ({ aliases }) =>
        Object.values(aliases).every(
          ({ provisionedConcurrency: bounds }) => bounds === null || bounds.max >= bounds.min,
        ),
      condition:
        "alltrue([for alias in var.aliases : try(alias.provisioned_concurrency.max >= alias.provisioned_concurrency.min, true)])",
      counterexample: { aliases: { blue: { listenerArn: LISTENER, provisionedConcurrency: { min: 5, max: 2 } } } },
    },
    {
      inputs: ["aliases", "reservedConcurrency"],
      allowed: "a provisioned concurrency of all aliases that is not above the reserved concurrency",
      holds: ({ aliases, reservedConcurrency }) =>
        sum(Object.values(aliases).map(({ provisionedConcurrency: bounds }) => bounds?.max ?? 0)) <=
        reservedConcurrency,
      condition:
        "sum(concat([0], [for alias in var.aliases : try(alias.provisioned_concurrency.max, 0)])) <= var.reserved_concurrency",
      counterexample: {
        reservedConcurrency: 10,
        aliases: { blue: { listenerArn: LISTENER, provisionedConcurrency: { min: 1, max: 11 } } },
      },
    },
  ],
  outputs: {
    name: z.string().describe("Name of the function, which is the dimension of its metrics."),
    aliasArns: z
      .record(z.string(), z.string())
      .describe("ARNs of the aliases by name, available after they get requests."),
    logGroupName: z.string().describe("Log group of the function."),
    durationMetric: z
      .object({ namespace: z.string(), name: z.string() })
      .describe("Metric of the duration, for alarms and dashboards."),
  },
  example: {
    name: "shop-pricing",
    accountId: "111122223333",
    code: { bucket: "example-artifacts", key: "pricing/initial.zip", version: "3sL4kqtJlcpXroDTDmJ.rmSpXd3dIbrHY" },
    handler: "index.handler",
    memoryMiB: 256,
    timeoutSeconds: 10,
    reservedConcurrency: 500,
    environment: { CURRENCY: "EUR" },
    logLevel: "INFO",
    tracing: true,
    durationMetric: { namespace: "Shop", name: "PricingDuration" },
    pathPatterns: ["/prices"],
    rulePriority: 10,
    aliases: {
      blue: {
        listenerArn: LISTENER,
        provisionedConcurrency: { min: 5, max: 50 },
      },
    },
    logKmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    logRetentionDays: 30,
  },
  build(scope, input) {
    const logGroup = resource(scope, CloudwatchLogGroup, "this", {
      name: `/aws/lambda/${input.name}`,
      kmsKeyId: input.logKmsKeyArn,
      retentionInDays: input.logRetentionDays,
    });
    const role = functionRole(scope, input, logGroup.arn);
    const { code, durationMetric } = input;
    const lambda = resource(scope, AwsLambdaFunction, "this", {
      functionName: input.name,
      role: role.arn,
      s3Bucket: code.bucket,
      s3Key: code.key,
      s3ObjectVersion: code.version,
      publish: true,
      handler: input.handler,
      runtime: "nodejs22.x",
      architectures: ["arm64"],
      memorySize: input.memoryMiB,
      timeout: input.timeoutSeconds,
      reservedConcurrentExecutions: input.reservedConcurrency,
      tracingConfig: { mode: input.tracing("Active", "PassThrough") },
      loggingConfig: {
        logFormat: "JSON",
        logGroup: logGroup.name,
        applicationLogLevel: input.logLevel,
        systemLogLevel: "INFO",
      },
      environment: {
        variables: hcl<
          Record<string, string>
        >`merge(${input.environment}, ${{ METRIC_NAMESPACE: durationMetric.namespace, METRIC_NAME: durationMetric.name }})`,
      },
      dependsOn: [role.policy],
      /** The pipeline deploys archives. */
      lifecycle: { ignoreChanges: ["s3Key", "s3ObjectVersion"] },
    });
    const aliases = resourceForEach(scope, LambdaAlias, "this", input.aliases, (_, name) => ({
      name,
      functionName: lambda.functionName,
      functionVersion: lambda.version,
      lifecycle: { ignoreChanges: MOVED },
    }));
    const rules = forwardRequests(scope, input, lambda.functionName, aliases);
    const provisioned = filter(input.aliases, (alias) => isSet(alias.provisionedConcurrency));
    scaleProvisionedConcurrency(scope, provisioned, lambda.functionName, aliases);
    return {
      name: lambda.functionName,
      aliasArns: readyAfter(aliases.all("arn"), rules),
      logGroupName: logGroup.name,
      durationMetric,
    };
  },
});

/** The pipeline moves the aliases to its versions. */
const MOVED = ["functionVersion", "routingConfig"] as const;

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
