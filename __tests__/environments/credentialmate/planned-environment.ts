/** One environment of CredentialMate with what Terraform plans for it. */
import type { CredentialMateEnvironment, ServiceName } from "../../../environments/credentialmate/environment";
import type { Planned } from "../../support/planned";

export interface PlannedEnvironment {
  readonly environment: CredentialMateEnvironment;
  /** Prefix of every name: `credentialmate-prod`. */
  readonly name: string;
  readonly plan: () => Planned;
}

/** Module calls of the services, by the name of the service. */
export const SERVICES = {
  "frontend-service": "frontend_service",
  "backend-service": "backend_service",
  "parser-service": "parser_service",
  "notification-worker": "notification_worker",
} as const satisfies Record<ServiceName, string>;

export const DATA_KEY = "module.data_key.aws_kms_key.this";
export const LOGS_KEY = "module.logs_key.aws_kms_key.this";
export const ALERTS = "module.alerts.aws_sns_topic.this";
