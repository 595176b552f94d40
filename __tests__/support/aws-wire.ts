/** Protocols of AWS services: JSON 1.1, forms and XML, or paths and headers. */
import type { IncomingMessage } from "node:http";

export type Json = Record<string, unknown>;

/** A request that AWS refuses. */
export class Refusal extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly status = 400,
  ) {
    super(message);
  }
}

/** `AmazonEC2ContainerServiceV20141113.UpdateService` is ecs:UpdateService. */
function nameOf(target: string): string {
  const [service = "", operation] = target.split(".");
  const known = SERVICES.find(([prefix]) => service.startsWith(prefix));
  return `${known?.[1] ?? "ecs"}:${operation}`;
}

const SERVICES = [
  ["AWSEvents", "events"],
  ["AppRunner", "apprunner"],
  ["CodeDeploy", "codedeploy"],
  ["secretsmanager", "secretsmanager"],
] as const;

/** Version of the API of SNS in its forms. */
const SNS = "2010-03-31";

/** ECS, CodeDeploy, EventBridge and Secrets Manager take JSON, RDS and SNS take forms, S3 paths. */
export function decoded(request: IncomingMessage, body: string): { readonly operation: string; readonly input: Json } {
  const { method, url = "/", headers } = request;
  const target = headers["x-amz-target"];
  if (target !== undefined) return { operation: nameOf(String(target)), input: JSON.parse(body) };
  if (body.startsWith("Action=")) {
    const { Action, Version, ...input } = Object.fromEntries(new URLSearchParams(body));
    return { operation: `${Version === SNS ? "sns" : "rds"}:${Action}`, input };
  }
  const { pathname, searchParams } = new URL(url, "http://127.0.0.1");
  const input = { object: decodeURIComponent(pathname.slice(1)), version: searchParams.get("versionId") ?? undefined };
  return method === "HEAD"
    ? { operation: "s3:HeadObject", input }
    : { operation: "s3:CopyObject", input: { ...input, source: headers["x-amz-copy-source"] } };
}

/** @param answer of a status that is not 200: code and message */
export function encoded(operation: string, status: number, answer: Json) {
  const encode = /^(rds|sns):/.test(operation) ? xml : operation.startsWith("s3:") ? rest : json;
  return encode(operation, status, answer);
}

function json(_operation: string, status: number, answer: Json) {
  const body = JSON.stringify(status === 200 ? answer : { __type: answer.code, message: answer.message });
  return { status, headers: { "content-type": "application/x-amz-json-1.1" }, body };
}

function xml(operation: string, status: number, answer: Json) {
  const name = operation.slice("sns:".length);
  const body =
    status === 200
      ? `<${name}Response><${name}Result>${element(answer)}</${name}Result></${name}Response>`
      : `<ErrorResponse><Error><Code>${answer.code}</Code><Message>${answer.message}</Message></Error></ErrorResponse>`;
  return { status, headers: { "content-type": "text/xml" }, body };
}

/** XML lists contain elements with the name of their members, which for most lists is the name of the list. */
function element(value: unknown, list = ""): string {
  if (Array.isArray(value)) {
    const name = MEMBERS[list] ?? list.replace(/s$/, "");
    return value.map((item) => `<${name}>${element(item)}</${name}>`).join("");
  }
  if (typeof value !== "object" || value === null) return String(value);
  return Object.entries(value)
    .map(([name, item]) => `<${name}>${element(item, name)}</${name}>`)
    .join("");
}

const MEMBERS: Readonly<Record<string, string>> = {
  DBInstanceAutomatedBackups: "DBInstanceAutomatedBackup",
  EnabledCloudwatchLogsExports: "member",
  Subscriptions: "member",
  VpcSecurityGroups: "VpcSecurityGroupMembership",
  OptionGroupMemberships: "OptionGroupMembership",
  TagList: "Tag",
};

function rest(operation: string, status: number, { version, body }: Json) {
  const headers = {
    "x-amz-version-id": String(version),
    "last-modified": "Sat, 31 Jan 2026 12:00:00 GMT",
    etag: '"e"',
  };
  if (status !== 200) return { status, headers: {}, body: "" };
  if (operation === "s3:CopyObject") return { status, headers, body: "<CopyObjectResult></CopyObjectResult>" };
  return { status, headers: { ...headers, "content-length": String(body).length }, body: "" };
}
