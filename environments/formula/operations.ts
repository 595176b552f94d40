/** Operations of the API. Each needs an access token; `GET /health` needs none. */

/** The timeout of every request. More than 29 s needs the service quota L-E5AE38E3 of the region. */
export const TIMEOUT_SECONDS = 30;

/** Executions of formulas, which the function answers. */
export const EXECUTIONS_PATH = "/executions";

/** Everything else, which the service answers. */
export const SERVICE_PATH = "/{path+}";

/** The API's name of the operation. */
export const EXECUTE = `${EXECUTIONS_PATH.slice(1)}/POST`;

/** Of 100 executions, 95 end in this time. */
export const EXECUTION_MILLISECONDS = 500;

export const OPERATIONS = {
  [EXECUTIONS_PATH]: { post: {} },
  [SERVICE_PATH]: { delete: {}, get: {}, patch: {}, post: {}, put: {} },
} as const;
