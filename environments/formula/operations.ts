/** Operations of the API. Each needs an access token; `GET /health` needs none. */

/** The timeout of every request. More than 29 s needs the service quota L-E5AE38E3 of the region. */
export const TIMEOUT_SECONDS = 30;

/** Executions of formulas, which the function answers. The service answers everything else. */
export const EXECUTIONS_PATH = "/executions";

export const OPERATIONS = {
  [EXECUTIONS_PATH]: { post: {} },
  "/{path+}": { delete: {}, get: {}, patch: {}, post: {}, put: {} },
} as const;
