/** Calls of services by signed requests: few are made, and the SDK has a package for each service. */
import type { ECSClient } from "@aws-sdk/client-ecs";
import { SignatureV4 } from "@smithy/signature-v4";
import { z } from "zod";
import { aws } from "./failure";

/** A service that takes JSON, as the SDK knows it. */
export interface JsonService {
  /** Prefix of its actions in IAM, of its signatures and of its host. */
  readonly prefix: string;
  /** First part of the header that names the operation. */
  readonly target: string;
  readonly contentType: "application/x-amz-json-1.0" | "application/x-amz-json-1.1";
  /** Variable of the environment with another endpoint. */
  readonly endpointVariable: string;
}

/** Credentials and region, which every client of the SDK has. */
export interface Caller {
  readonly config: Pick<ECSClient["config"], "credentials" | "sha256" | "region">;
}

const REFUSAL = z.object({ __type: z.string().default("UnknownError"), message: z.string().default("") });

/** @throws AwsError with the code of AWS; InputError if no region is set */
export function signedCall(
  { config }: Caller,
  { prefix, target, contentType, endpointVariable }: JsonService,
  operation: string,
  what: string,
  input: object,
): Promise<unknown> {
  return aws(`${prefix}:${operation}`, what, async () => {
    const { credentials, sha256 } = config;
    const region = await config.region();
    const url = new URL(
      process.env[endpointVariable] ??
        process.env.AWS_ENDPOINT_URL ??
        `https://${prefix}.${region}.${suffixOf(region)}/`,
    );
    const body = JSON.stringify(input);
    const { headers } = await new SignatureV4({ service: prefix, region, credentials, sha256 }).sign({
      method: "POST",
      protocol: url.protocol,
      hostname: url.hostname,
      path: "/",
      query: {},
      headers: {
        host: url.host,
        "content-type": contentType,
        "x-amz-target": `${target}.${operation}`,
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

/** @see https://docs.aws.amazon.com/general/latest/gr/rande.html */
function suffixOf(region: string): string {
  return region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
}
