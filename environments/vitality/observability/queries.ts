/** Saved queries for the questions of an incident. Each name is the question. */
import type { Value } from "../../../lib";
import { API_ERRORS, databaseLog, SLOW_STATEMENTS, type Sources } from "./sources";

type Queries = Record<string, { readonly logGroupNames: readonly Value<string>[]; readonly query: string }>;

/** @param cluster name of the database's cluster */
export function queriesInRegion({ api, frontend }: Sources, cluster: string): Queries {
  const database = databaseLog(cluster);
  return {
    "API - which errors": { logGroupNames: [api.logGroupName], query: API_ERRORS },
    "API - since when": {
      logGroupNames: [api.logGroupName],
      query: "filter @message like /(?i)(error|exception|fatal)/ | stats count() as errors by bin(5m)",
    },
    "API - one request by its trace id": {
      logGroupNames: [api.logGroupName],
      query:
        "fields @timestamp, @message | filter @message like /1-00000000-000000000000000000000000/ | sort @timestamp",
    },
    "Database - which statements are slow": { logGroupNames: [database], query: SLOW_STATEMENTS },
    "Database - which logins failed": {
      logGroupNames: [database],
      query: "filter @message like /FATAL:/ | stats count() as failures by bin(5m)",
    },
    "Database - which statements failed": {
      logGroupNames: [database],
      query: "fields @timestamp, @message | filter @message like /ERROR:/ | sort @timestamp desc | limit 100",
    },
    "Website - what the canary saw": {
      logGroupNames: [frontend.canaryLogGroupName],
      query:
        "fields @timestamp, @message | filter @message like /(?i)(error|failed)/ | sort @timestamp desc | limit 50",
    },
  };
}

/**
 * Fields with a hyphen stand in backticks.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logs-reference.html
 */
export function queriesInEdge({ frontend }: Sources): Queries {
  const requests = [frontend.requestLogGroupName];
  return {
    "Website - which paths fail": {
      logGroupNames: requests,
      query:
        "filter `sc-status` >= 500 | stats count() as failures by `cs-uri-stem`, `sc-status` | sort failures desc | limit 50",
    },
    "Website - which paths are slow": {
      logGroupNames: requests,
      query:
        "stats count() as requests, pct(`time-taken`, 95) as seconds by `cs-uri-stem` | sort seconds desc | limit 50",
    },
    "Website - who sends most requests": {
      logGroupNames: requests,
      query: "stats count() as requests by `c-ip` | sort requests desc | limit 50",
    },
    "Website - whom the web ACL blocks": {
      logGroupNames: [frontend.webAclLogGroupName],
      query:
        'filter action = "BLOCK" | stats count() as blocked by terminatingRuleId, httpRequest.clientIp, httpRequest.uri | sort blocked desc | limit 50',
    },
  };
}
