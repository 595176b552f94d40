/** Direct calls of AWS APIs, for services without a client in this project. */
import type { Cloud } from "./server";

interface Place {
  readonly service: string;
  readonly region: string;
}

/** Calls an API that takes a form. @throws if the answer is an error */
export function callQuery(cloud: Cloud, place: Place, form: Readonly<Record<string, string>>): Promise<string> {
  return send(cloud, place, "application/x-www-form-urlencoded", new URLSearchParams(form).toString());
}

/** Calls an API that takes JSON. @param target `Logs_20140328.PutRetentionPolicy` @throws if the answer is an error */
export function callJson(cloud: Cloud, place: Place, target: string, body: object): Promise<string> {
  return send(cloud, place, "application/x-amz-json-1.1", JSON.stringify(body), { "X-Amz-Target": target });
}

/** Calls an API that takes JSON at a path. @throws if the answer is an error */
export function callRest(cloud: Cloud, place: Place, path: string, body: object): Promise<string> {
  return send({ ...cloud, url: `${cloud.url}${path}` }, place, "application/json", JSON.stringify(body));
}

/** The mock reads service and region from the signature, and does not verify it. */
async function send(
  cloud: Cloud,
  { service, region }: Place,
  type: string,
  body: string,
  headers = {},
): Promise<string> {
  const Authorization = `AWS4-HMAC-SHA256 Credential=mock/20260101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=mock`;
  const answer = await fetch(cloud.url, {
    method: "POST",
    headers: { "Content-Type": type, Authorization, ...headers },
    body,
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${service}: ${answer.status} ${text}`);
  return text;
}
