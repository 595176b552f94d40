import { CloudwatchQueryDefinition } from "@cdktf/provider-aws/lib/cloudwatch-query-definition";
import { z } from "zod";
import { defineModule, resourceForEach, resourceName, text } from "../../lib";

export const CloudwatchQueries = defineModule({
  name: "cloudwatch-queries",
  description:
    "Saved queries of CloudWatch Logs Insights, in a folder of the console. A query and its log groups are in the region of the call.",
  inputs: {
    folder: resourceName(100).describe("Folder of the queries: `<folder>/<name>`."),
    queries: z
      .record(
        text(/^[A-Za-z0-9][\w .,()-]{0,149}$/, "up to 150 letters, digits, spaces and ._,()-", "a/b"),
        z.object({
          /** @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutQueryDefinition.html */
          logGroupNames: z.array(z.string().min(1)).min(1).max(50),
          query: z.string().min(1).max(10_000),
        }),
      )
      .describe("Queries and their log groups by name, which is the question that a query answers."),
  },
  outputs: {},
  example: {
    folder: "shop-prod",
    queries: {
      "Slowest requests of the API": {
        logGroupNames: ["/app/shop"],
        query: "fields @timestamp, path, duration | sort duration desc | limit 20",
      },
    },
  },
  build(scope, input) {
    resourceForEach(scope, CloudwatchQueryDefinition, "this", input.queries, ({ logGroupNames, query }, name) => ({
      name: `${input.folder}/${name}`,
      logGroupNames,
      queryString: query,
    }));
    return {};
  },
});
