import type { Application } from "../common/application";
import { fullName } from "../common/environment";
import type { ShopEnvironment } from "./environment";

/** The resources that the pipeline of the application deploys to. */
export function application(environment: ShopEnvironment): Application {
  const name = fullName("shop", environment);
  return {
    environment: name,
    repository: { name: "example/shop", subject: "name" },
    root: `environments/shop/${environment.name}`,
    region: environment.region,
    imageRepositories: [`${name}/worker`],
    copiedRepositories: [],
    cluster: name,
    services: [{ name: "worker", family: `${name}-worker`, deployedBy: "ecs" }],
    migrations: null,
    database: name,
    queues: [name],
    recordBuckets: [],
  };
}
