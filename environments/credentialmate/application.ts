import type { Application } from "../accounts/application";
import { documentsBucketName } from "./context";
import type { CredentialMateEnvironment } from "./environment";
import { SERVICE_NAMES } from "./services";

/** What the pipeline of CredentialMate's own repository deploys to and migrates. */
export function application(environment: CredentialMateEnvironment): Application {
  const { name, region } = environment;
  const prefix = `credentialmate-${name}`;
  return {
    environment: prefix,
    repository: { name: "example/credentialmate", subject: "name" },
    root: `environments/credentialmate/${name}`,
    region,
    imageRepositories: SERVICE_NAMES.map((service) => `${prefix}/${service}`),
    copiedRepositories: [],
    cluster: prefix,
    services: SERVICE_NAMES.map((service) => ({ name: service, family: `${prefix}-${service}`, deployedBy: "ecs" })),
    migrations: `${prefix}-migrations`,
    database: prefix,
    queues: [],
    recordBuckets: [documentsBucketName(environment)],
  };
}
