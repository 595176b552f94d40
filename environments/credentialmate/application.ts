import type { Application } from "../common/application";
import { fullName } from "../common/environment";
import { type ComposedEnvironment, documentsBucketName, SYSTEM } from "./context";
import { SERVICE_NAMES } from "./services";

/** The resources that the pipeline of CredentialMate's own repository deploys to and migrates. */
export function application(environment: ComposedEnvironment): Application {
  const { name, region } = environment;
  const prefix = fullName(SYSTEM, environment);
  return {
    environment: prefix,
    repository: { name: "example/credentialmate", subject: "name" },
    root: `environments/${SYSTEM}/${name}`,
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
