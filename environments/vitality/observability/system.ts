/** The root of what a person on call looks at: one page, saved queries, and traces. */
import type { Root } from "../../../lib";
import { ApiLookup } from "../../../modules/api-lookup";
import { CloudwatchDashboard } from "../../../modules/cloudwatch-dashboard";
import { CloudwatchQueries } from "../../../modules/cloudwatch-queries";
import { DatabaseLookup } from "../../../modules/database-lookup";
import { FrontendLookup } from "../../../modules/frontend-lookup";
import { NetworkLookup } from "../../../modules/network-lookup";
import { XrayTracing } from "../../../modules/xray-tracing";
import { type ComposedEnvironment, componentRoot, nameOf, parametersPath } from "../context";
import { pageOnCall } from "./page";
import { queriesInEdge, queriesInRegion } from "./queries";

const EDGE_REGION = "us-east-1";

export function vitalityObservability(environment: ComposedEnvironment): Root {
  const root = componentRoot(environment, "observability");
  const { region, sizing } = environment;
  const name = nameOf(environment);
  const path = parametersPath(environment);
  const sources = {
    network: new NetworkLookup(root, "network", { path }),
    api: new ApiLookup(root, "api", { path }),
    database: new DatabaseLookup(root, "database", { path }),
    frontend: new FrontendLookup(root, "frontend", { path }),
  };
  const edge = root.awsAlias("us_east_1", EDGE_REGION);
  const traces = new XrayTracing(root, "traces", {
    name,
    serviceName: sources.api.serviceName,
    reservoirPerSecond: sizing.observability.tracesPerSecond,
    rate: sizing.observability.traceRate,
  });
  new CloudwatchQueries(root, "queries", { folder: name, queries: queriesInRegion(sources, name) });
  new CloudwatchQueries(
    root,
    "edge_queries",
    { folder: name, queries: queriesInEdge(sources) },
    { providers: { aws: edge } },
  );
  const dashboard = new CloudwatchDashboard(root, "page", {
    name: `${name}-on-call`,
    region,
    ...pageOnCall(sources, {
      name,
      region,
      edgeRegion: EDGE_REGION,
      traceGroup: traces.groupName,
    }),
  });
  root.output("page", dashboard.arn, "Dashboard for a person on call.");
  return root;
}
