/** Operations of the API. */
import { z } from "zod";
import { set, text } from "../../lib";

/** The only path without an authorizer. */
export const HEALTH = "/health";

const OPERATION = z.object({
  requestSchema: z.string().min(1).nullable().default(null),
  requiredQueryParameters: set(z.string().min(1)).default([]),
});

const PATH = text(
  /^(?:\/(?:[\w.-]+|\{[A-Za-z]\w*\+?\}))+$/,
  "paths such as /articles/{articleId}, or /files/{path+}",
  "articles",
);

const METHOD = text(/^(?:delete|get|head|patch|post|put)$/, "delete, get, head, patch, post, put", "options");

export const OPERATIONS = z.record(PATH, z.record(METHOD, OPERATION));
export type Operations = z.output<typeof OPERATIONS>;

/** As API Gateway names an operation in the settings of a stage: `notes~1{noteId}/GET`. */
const METHOD_PATH = text(
  /^(?:[\w.-]|\{[A-Za-z]\w*\+?\}|~1)+\/(?:DELETE|GET|HEAD|PATCH|POST|PUT)$/,
  "method paths such as notes/POST, or notes~1{noteId}/GET",
  "post /notes",
);

const THROTTLING = z.object({ requestsPerSecond: z.int().min(1), burst: z.int().min(1) });

export const METHOD_THROTTLING = z.record(METHOD_PATH, THROTTLING);
export type MethodThrottling = z.output<typeof METHOD_THROTTLING>;

/** The method path of each operation. */
export function methodPaths(paths: Operations): string[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${path.slice(1).replaceAll("/", "~1")}/${method.toUpperCase()}`),
  );
}
