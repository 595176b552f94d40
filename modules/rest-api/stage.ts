/** The stage of the API: its logs, its throttling, its traces. */
import type { ApiGatewayDeployment } from "@cdktf/provider-aws/lib/api-gateway-deployment";
import { ApiGatewayMethodSettings } from "@cdktf/provider-aws/lib/api-gateway-method-settings";
import type { ApiGatewayRestApi } from "@cdktf/provider-aws/lib/api-gateway-rest-api";
import { ApiGatewayStage } from "@cdktf/provider-aws/lib/api-gateway-stage";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import type { Construct } from "constructs";
import {
  type Expression,
  hcl,
  isSet,
  jsonencode,
  type Resource,
  resource,
  resourceForEach,
  WITHOUT_ALARMS,
} from "../../lib";
import type { MethodThrottling } from "./operations";

interface StageInput {
  readonly name: Expression<string>;
  readonly peakRequestsPerMinute: Expression<number>;
  readonly methodThrottling: Expression<MethodThrottling>;
  readonly tracing: Expression<boolean>;
  readonly withoutAlarms: Expression<string | null>;
  readonly logKmsKeyArn: Expression<string>;
  readonly logRetentionDays: Expression<number>;
}

const STAGE = "live";

/** The settings of one operation replace those of the stage: they have to repeat these. */
const LOGGED = {
  metricsEnabled: true,
  loggingLevel: "ERROR",
  // The trace has bodies and tokens.
  dataTraceEnabled: false,
};

export function publish(
  scope: Construct,
  api: Resource<ApiGatewayRestApi>,
  deployment: Resource<ApiGatewayDeployment>,
  input: StageInput,
) {
  const log = { kmsKeyId: input.logKmsKeyArn, retentionInDays: input.logRetentionDays };
  const accessLog = resource(scope, CloudwatchLogGroup, "access", { name: `/aws/apigateway/${input.name}`, ...log });
  /** API Gateway writes to a group of this name, and makes one without key and retention if there is none. */
  const executionLog = resource(scope, CloudwatchLogGroup, "execution", {
    name: `API-Gateway-Execution-Logs_${api.id}/${STAGE}`,
    ...log,
  });
  const stage = resource(scope, ApiGatewayStage, "this", {
    restApiId: api.id,
    deploymentId: deployment.id,
    stageName: STAGE,
    xrayTracingEnabled: input.tracing,
    tags: isSet(input.withoutAlarms)<Record<string, string> | null>((reason) => ({ [WITHOUT_ALARMS]: reason }), null),
    accessLogSettings: { destinationArn: accessLog.arn, format: jsonencode(ACCESS_LOG) },
  });
  const settings = resource(scope, ApiGatewayMethodSettings, "this", {
    restApiId: api.id,
    stageName: stage.stageName,
    methodPath: "*/*",
    settings: {
      ...LOGGED,
      throttlingRateLimit: hcl<number>`ceil(${input.peakRequestsPerMinute} / 60)`,
      throttlingBurstLimit: hcl<number>`ceil(${input.peakRequestsPerMinute} / 6)`,
    },
    dependsOn: [executionLog],
  });
  resourceForEach(scope, ApiGatewayMethodSettings, "of_method", input.methodThrottling, (throttling, methodPath) => ({
    restApiId: api.id,
    stageName: stage.stageName,
    methodPath,
    settings: {
      ...LOGGED,
      throttlingRateLimit: throttling.requestsPerSecond,
      throttlingBurstLimit: throttling.burst,
    },
    // API Gateway refuses two changes of a stage at the same time.
    dependsOn: [settings],
  }));
  return { stage, settings, accessLog };
}

/**
 * The template of the path instead of the path, which can have personal data.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html
 */
const ACCESS_LOG = {
  requestId: "$context.requestId",
  extendedRequestId: "$context.extendedRequestId",
  requestTime: "$context.requestTime",
  ip: "$context.identity.sourceIp",
  userAgent: "$context.identity.userAgent",
  user: "$context.authorizer.claims.sub",
  method: "$context.httpMethod",
  resource: "$context.resourcePath",
  status: "$context.status",
  responseLength: "$context.responseLength",
  latency: "$context.responseLatency",
  integrationLatency: "$context.integration.latency",
  integrationStatus: "$context.integration.status",
  error: "$context.error.message",
  webAcl: "$context.wafResponseCode",
  trace: "$context.xrayTraceId",
};
