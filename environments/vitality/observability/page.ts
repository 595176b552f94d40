/** The page for a person on call: from what visitors notice down to the database. */
import { type Expression, hcl } from "../../../lib";
import { type Graph, page } from "../../../modules/cloudwatch-dashboard/layout";
import { API_ERRORS, databaseLog, SLOW_STATEMENTS, type Sources } from "./sources";

interface Place {
  /** Of the environment, and of its database's cluster. */
  readonly name: string;
  readonly region: string;
  readonly edgeRegion: string;
  readonly traceGroup: Expression<string>;
}

export function pageOnCall(sources: Sources, place: Place) {
  const { network, api, database, frontend } = sources;
  const { name, region } = place;
  const console = `https://${region}.console.aws.amazon.com/cloudwatch/home?region=${region}`;
  const alarmArns = hcl<
    string[]
  >`concat(${frontend.alarmArns}, ${api.alarmArns}, ${database.alarmArns}, ${network.alarmArns})`;
  return page([
    {
      text: [
        `# ${name}: page on call`,
        `Alarms first, then from visitors to the database. Saved queries: [Logs Insights](${console}#logsV2:logs-insights), folder \`${name}\`, in ${region} and ${place.edgeRegion}. Traces: [map](${console}#xray:service-map/map), group \`${name}\`. Statements and waits of the database: [Database Insights](${console}#database-insights:).`,
      ].join("\n\n"),
      textHeight: 3,
      alarms: [{ title: "Alarms", alarmArns }],
    },
    {
      text: "## Business",
      searches: [{ title: "Business metrics", statistic: "Sum", namespace: api.metricsNamespace }],
    },
    { text: "## Visitors", graphs: visitorGraphs(sources, place) },
    {
      text: "## API",
      graphs: apiGraphs(sources, place),
      logTables: [{ title: "Last errors of the API", logGroupNames: [api.logGroupName], query: API_ERRORS }],
    },
    {
      text: `## Database\n\nEach instance has alarms of its own: in [Alarms](${console}#alarmsV2:), search \`${database.alarmPrefix}\`.`,
      textHeight: 2,
      graphs: databaseGraphs(name),
      logTables: [{ title: "Slow statements", logGroupNames: [databaseLog(name)], query: SLOW_STATEMENTS }],
    },
  ]);
}

function visitorGraphs({ frontend }: Sources, { edgeRegion }: Place): Graph[] {
  const rum = (label: string, metricName: string) => ({
    label,
    namespace: "AWS/RUM",
    metricName,
    dimensions: { application_name: frontend.monitorName },
  });
  const canary = { namespace: "CloudWatchSynthetics", dimensions: { CanaryName: frontend.canaryName } };
  const site = {
    namespace: "AWS/CloudFront",
    dimensions: { DistributionId: frontend.distributionId, Region: "Global" },
  };
  return [
    {
      title: "Canary: successful runs (%)",
      statistic: "Average",
      metrics: [{ ...canary, label: "Runs", metricName: "SuccessPercent" }],
    },
    {
      title: "CloudFront: errors (% of requests)",
      region: edgeRegion,
      statistic: "Average",
      metrics: [
        { ...site, label: "5xx", metricName: "5xxErrorRate" },
        { ...site, label: "4xx", metricName: "4xxErrorRate" },
      ],
    },
    {
      title: "CloudFront: requests",
      region: edgeRegion,
      statistic: "Sum",
      metrics: [{ ...site, label: "Requests", metricName: "Requests" }],
    },
    {
      title: "Main content and reaction to input (ms, p75)",
      statistic: "p75",
      metrics: [
        rum("Main content (LCP)", "WebVitalsLargestContentfulPaint"),
        rum("Reaction (INP)", "WebVitalsInteractionToNextPaint"),
      ],
    },
    {
      title: "Moving content (CLS, p75)",
      statistic: "p75",
      metrics: [rum("CLS", "WebVitalsCumulativeLayoutShift")],
    },
    {
      title: "Errors in browsers",
      statistic: "Sum",
      metrics: [rum("Scripts", "JsErrorCount"), rum("Requests with 5xx", "Http5xxCount")],
    },
  ];
}

function apiGraphs({ api }: Sources, { traceGroup }: Place): Graph[] {
  const { requests, serverErrors, clientErrors, latency, cpu, memory, instances } = api.metrics;
  const of = (label: string, { namespace, metricName, dimensions }: typeof requests) => ({
    label,
    namespace,
    metricName,
    dimensions,
  });
  return [
    { title: "Requests", statistic: "Sum", metrics: [of("Requests", requests)] },
    { title: "Errors", statistic: "Sum", metrics: [of("5xx", serverErrors), of("4xx", clientErrors)] },
    { title: "Latency (p95)", statistic: "p95", metrics: [of("Latency", latency)] },
    { title: "Instances", statistic: "Maximum", metrics: [of("Instances", instances)] },
    { title: "CPU and memory (%)", statistic: "Average", metrics: [of("CPU", cpu), of("Memory", memory)] },
    {
      title: "Traces",
      statistic: "Sum",
      metrics: [
        {
          label: "Traces of the API",
          namespace: "AWS/X-Ray",
          metricName: "ApproximateTraceCount",
          dimensions: { GroupName: traceGroup },
        },
      ],
    },
  ];
}

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.AuroraMonitoring.Metrics.html */
function databaseGraphs(cluster: string): Graph[] {
  const of = (label: string, metricName: string) => ({
    label,
    namespace: "AWS/RDS",
    metricName,
    dimensions: { DBClusterIdentifier: cluster },
  });
  return [
    { title: "Load (active sessions)", statistic: "Average", metrics: [of("DB load", "DBLoad")] },
    { title: "CPU (%)", statistic: "Maximum", metrics: [of("CPU", "CPUUtilization")] },
    { title: "Capacity (ACUs)", statistic: "Maximum", metrics: [of("Capacity", "ServerlessDatabaseCapacity")] },
    { title: "Connections", statistic: "Maximum", metrics: [of("Connections", "DatabaseConnections")] },
    {
      title: "Latency (s)",
      statistic: "Average",
      metrics: [of("Read", "ReadLatency"), of("Write", "WriteLatency"), of("Commit (ms)", "CommitLatency")],
    },
    { title: "Deadlocks each second", statistic: "Maximum", metrics: [of("Deadlocks", "Deadlocks")] },
  ];
}
