/** What can stand in the way of an apply: a held lock, a bucket that takes no state, settings of the machine. */
import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { z } from "zod";
import type { LoopbackServers } from "../../support/loopback";

export const STATE_KEY = "shop/dev/terraform.tfstate";

/** Settings of a machine that the pipeline leaves out. */
export const DETOURS = {
  TF_CLI_ARGS_plan: "-destroy -lock-timeout=0s",
  TF_CLI_ARGS_init: "-backend-config=bucket=elsewhere",
  TF_WORKSPACE: "elsewhere",
  TF_DATA_DIR: "/nowhere/data",
  TF_REATTACH_PROVIDERS: "elsewhere",
  TF_VAR_text: "elsewhere",
};
/** Backend that another `terraform init` has left in `.terraform`. */
export const LEFT_BY_ANOTHER_INIT = JSON.stringify({
  version: 3,
  backend: { type: "local", config: { path: "elsewhere.tfstate" }, hash: 1 },
});

/** Waits for a text in what a program prints. */
export async function said(stream: NodeJS.ReadableStream, text: string): Promise<void> {
  for (let all = ""; !all.includes(text); ) all += String(await once(stream, "data"));
}

const LOCK_ID = "state/shop/dev/terraform.tfstate";

/** The lock that another run of Terraform would hold. */
export async function lock(servers: LoopbackServers): Promise<void> {
  const info = {
    ID: "0f0f0f0f-0000-4000-8000-000000000000",
    Operation: "OperationTypeApply",
    Who: "ada@runner-1",
    Version: "1.11.4",
    Created: "2026-01-02T03:04:05Z",
    Path: LOCK_ID,
  };
  await dynamodb(servers, "PutItem", { Item: { LockID: { S: LOCK_ID }, Info: { S: JSON.stringify(info) } } });
}

export async function unlock(servers: LoopbackServers): Promise<void> {
  await dynamodb(servers, "DeleteItem", { Key: { LockID: { S: LOCK_ID } } });
}

export async function isLocked(servers: LoopbackServers): Promise<boolean> {
  return "Item" in (await dynamodb(servers, "GetItem", { Key: { LockID: { S: LOCK_ID } } }));
}

async function dynamodb(servers: LoopbackServers, action: string, body: object): Promise<object> {
  const scope = "a/20200101/us-east-1/dynamodb/aws4_request";
  const response = await fetch(servers.dynamodbEndpoint, {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.0",
      "x-amz-target": `DynamoDB_20120810.${action}`,
      "x-amz-date": "20200101T000000Z",
      authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=a`,
    },
    body: JSON.stringify({ TableName: "locks", ...body }),
  });
  if (!response.ok) throw new Error(await response.text());
  return z
    .object({})
    .loose()
    .parse(await response.json());
}

/** The way of Terraform's backend to its bucket, on which no state gets through. */
export async function refuseStates(servers: LoopbackServers): Promise<{ readonly endpoint: string; stop(): void }> {
  const { hostname, port } = new URL(servers.s3Endpoint);
  const server = http.createServer((request, response) => {
    const { method, headers, url = "" } = request;
    if (method === "PUT" && url.split("?")[0]?.endsWith(STATE_KEY)) {
      request.resume();
      response.writeHead(403, { "content-type": "application/xml" });
      return void response.end("<Error><Code>AccessDenied</Code><Message>no</Message></Error>");
    }
    const onward = http.request({ hostname, port, method, path: url, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    request.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return { endpoint: `http://127.0.0.1:${address.port}`, stop: () => server.close() };
}

/** The serials of all states that were ever pushed. */
export function serialsOf(servers: LoopbackServers): number[] {
  const state = z.object({ serial: z.int() });
  return servers.versions("state", STATE_KEY).map((body) => state.parse(JSON.parse(String(body))).serial);
}
