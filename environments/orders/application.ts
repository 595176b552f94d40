import type { Application } from "../common/application";
import { nameOf } from "./context";
import type { OrdersEnvironment } from "./environment";

/**
 * The resources that the pipeline of Orders' own repository deploys to. A standby runs the images of its primary
 * environment.
 */
export function application(environment: OrdersEnvironment): Application {
  const name = nameOf(environment);
  const { standbyFor } = environment;
  const repositories = ["api", "worker"].map((service) => `${nameOf(standbyFor ?? environment)}/${service}`);
  return {
    environment: name,
    repository: { name: "example/orders", subject: "ids", ownerId: 1000001, id: 2000002 },
    root: `environments/orders/${environment.name}`,
    region: environment.region,
    imageRepositories: standbyFor === null ? repositories : [],
    copiedRepositories: standbyFor === null ? [] : repositories,
    cluster: name,
    services: [
      { name: `${name}-api`, family: `${name}-api`, deployedBy: "codedeploy" },
      { name: `${name}-worker`, family: `${name}-worker`, deployedBy: "ecs" },
    ],
    migrations: standbyFor === null ? `${name}-migrations` : null,
    database: name,
    queues: [name],
    recordBuckets: [],
  };
}
