/** The parts of an environment that alarms and the dashboard watch. */
import type { Api } from "./api";
import type { Data } from "./data";
import type { Executions } from "./executions";
import type { Front } from "./front";
import type { Identity } from "./identity";
import type { Ingress } from "./ingress";
import type { Service } from "./service";

export interface Monitored {
  /** Null in a standby, which has no website. */
  readonly front: Front | null;
  readonly ingress: Ingress;
  readonly service: Service;
  readonly executions: Executions;
  readonly api: Api;
  readonly identity: Identity;
  readonly data: Data;
}
