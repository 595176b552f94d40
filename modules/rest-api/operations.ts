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
