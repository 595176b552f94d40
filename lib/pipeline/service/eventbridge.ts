/** EventBridge by signed requests: few are made, and the SDK's client is a package of its own. */
import type { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SignatureV4 } from "@smithy/signature-v4";
import { z } from "zod";
import { aws } from "./failure";

const REFUSAL = z.object({ __type: z.string().default("UnknownError"), message: z.string().default("") });

/**
 * @param client whose credentials and region are used
 * @throws AwsError with the code of AWS; InputError if no region is set
 */
export function eventBridge(
  client: SecretsManagerClient,
  operation: string,
  what: string,
  input: object,
): Promise<unknown> {
  return aws(`events:${operation}`, what, async () => {
    const { credentials, sha256 } = client.config;
    const region = await client.config.region();
    const { AWS_ENDPOINT_URL_EVENTBRIDGE, AWS_ENDPOINT_URL } = process.env;
    const url = new URL(
      AWS_ENDPOINT_URL_EVENTBRIDGE ?? AWS_ENDPOINT_URL ?? `https://events.${region}.${suffixOf(region)}/`,
    );
    const body = JSON.stringify(input);
    const { headers } = await new SignatureV4({ service: "events", region, credentials, sha256 }).sign({
      method: "POST",
      protocol: url.protocol,
      hostname: url.hostname,
      path: "/",
      query: {},
      headers: {
        host: url.host,
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": `AWSEvents.${operation}`,
      },
      body,
    });
    const response = await fetch(url, { method: "POST", headers, body });
    const answer: unknown = await response.json();
    if (response.ok) return answer;
    const { __type, message } = REFUSAL.parse(answer);
    throw Object.assign(new Error(message), { name: __type.split("#").at(-1) ?? __type });
  });
}

/** @see https://docs.aws.amazon.com/general/latest/gr/ev.html */
function suffixOf(region: string): string {
  return region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
}
