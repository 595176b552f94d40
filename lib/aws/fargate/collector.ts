/** A collector of traces beside the container of a task: the AWS Distro for OpenTelemetry, which sends them to X-Ray. */
import { z } from "zod";
import type { Expression } from "../../generator/expression/code";
import { jsonencode, type Ref } from "../../generator/expression/expression";
import { isSet } from "../../generator/expression/presence";
import { arnOf } from "../../generator/inputs/identifiers";
import { CONTAINER_INPUTS } from "../container";
import type { PolicyStatement } from "../policy";

export const TRACE_COLLECTOR = z
  .object({ image: CONTAINER_INPUTS.image, repositoryArn: arnOf("ecr") })
  .nullable()
  .default(null)
  .describe(
    "Image of the AWS Distro for OpenTelemetry in a repository of the account, which runs beside the container: it receives traces with OTLP on localhost, on port 4317 with gRPC and on port 4318 with HTTP, and sends them to X-Ray. The task goes on if it ends. Null for no traces.",
  );

type Collector = Ref<z.output<typeof TRACE_COLLECTOR>>;

const NAME = "trace-collector";

/** The user of the image. It has no shell and writes no files. */
const USER = "4317:4317";

export function collectorContainers(
  collector: Collector,
  region: Expression<string>,
  logGroupName: Expression<string>,
): Expression<object[]> {
  return isSet(collector)<object[]>(
    ({ image }) => [
      {
        name: NAME,
        image,
        essential: false,
        user: USER,
        privileged: false,
        readonlyRootFilesystem: true,
        linuxParameters: { initProcessEnabled: true, capabilities: { drop: ["ALL"] } },
        environment: [{ name: "AOT_CONFIG_CONTENT", value: jsonencode(configuration(region)) }],
        logConfiguration: logTo(logGroupName, region, NAME),
      },
    ],
    [],
  );
}

/** YAML, of which JSON is a part. @see https://aws-otel.github.io/docs/getting-started/x-ray */
function configuration(region: Expression<string>): object {
  return {
    receivers: {
      otlp: { protocols: { grpc: { endpoint: "127.0.0.1:4317" }, http: { endpoint: "127.0.0.1:4318" } } },
    },
    processors: { batch: {} },
    exporters: { awsxray: { region } },
    service: { pipelines: { traces: { receivers: ["otlp"], processors: ["batch"], exporters: ["awsxray"] } } },
  };
}

/** Lets Fargate pull the image; no statements without a collector. */
export function collectorPull(collector: Collector): Expression<PolicyStatement[]> {
  return isSet(collector)<PolicyStatement[]>(
    ({ repositoryArn }) => [
      {
        Sid: "PullCollector",
        Effect: "Allow",
        Action: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
        Resource: repositoryArn,
      },
    ],
    [],
  );
}

/** Lets the collector send traces. The actions support no resources. */
export function collectorPermissions(
  collector: Collector,
): Expression<Record<string, { actions: string[]; resources: string[] }>> {
  return isSet(collector)<Record<string, { actions: string[]; resources: string[] }>>(
    { SendTraces: { actions: ["xray:PutTelemetryRecords", "xray:PutTraceSegments"], resources: ["*"] } },
    {},
  );
}

export function logTo(group: Expression<string>, region: Expression<string>, streamPrefix: string): object {
  return {
    logDriver: "awslogs",
    options: { "awslogs-group": group, "awslogs-region": region, "awslogs-stream-prefix": streamPrefix },
  };
}
