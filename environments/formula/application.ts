import type { Application } from "../common/application";
import { rootPath } from "../common/system-root";
import { IMAGES, nameOf, SYSTEM, serviceName } from "./context";
import type { FormulaEnvironment } from "./environment";

/** The resources that the pipeline of Formula's own repository deploys to. */
export function application(environment: FormulaEnvironment): Application {
  const name = nameOf(environment);
  return {
    environment: name,
    repository: { name: "example/formula", subject: "ids", ownerId: 1000001, id: 2000005 },
    root: rootPath(SYSTEM, environment),
    region: environment.region,
    imageRepositories: IMAGES.map((image) => `${name}/${image}`),
    copiedRepositories: [],
    cluster: name,
    services: environment.colours.map((colour) => {
      const service = serviceName(environment, colour);
      return { name: service, family: service, deployedBy: "ecs" };
    }),
    migrations: `${name}-migrations`,
    database: name,
    queues: [],
    recordBuckets: [],
  };
}
