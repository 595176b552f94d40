import type { Application } from "../common/application";
import { ARTIFACTS_KEY } from "../common/delivery";
import { rootPath } from "../common/system-root";
import { artifactsBucket, functionName, imagesOf, nameOf, SYSTEM, serviceName } from "./context";
import type { FormulaEnvironment } from "./environment";
import { MASKING } from "./masking";

/**
 * The resources that the pipeline of Formula's own repository deploys to. A standby runs the images of its primary
 * environment.
 */
export function application(environment: FormulaEnvironment): Application {
  const name = nameOf(environment);
  const { standbyFor } = environment;
  const repositories = imagesOf(environment).map((image) => `${nameOf(standbyFor ?? environment)}/${image}`);
  return {
    environment: name,
    repository: { name: "example/formula", subject: "ids", ownerId: 1000001, id: 2000005 },
    root: rootPath(SYSTEM, environment),
    region: environment.region,
    imageRepositories: standbyFor === null ? repositories : [],
    copiedRepositories: standbyFor === null ? [] : repositories,
    cluster: name,
    services: environment.colours.map((colour) => {
      const service = serviceName(environment, colour);
      return { name: service, family: service, deployedBy: "ecs" };
    }),
    ...(environment.colours.length > 1 && { colours: { zoneId: environment.zoneId, domain: environment.domain } }),
    function: {
      name: functionName(environment),
      archives: { bucket: artifactsBucket(environment), folder: ARCHIVES, key: ARTIFACTS_KEY },
    },
    migrations: standbyFor === null ? `${name}-migrations` : null,
    otherTasks: [
      `${name}-erasure`,
      ...(standbyFor === null ? [`${name}-roles`] : []),
      ...(environment.seeded ? [`${name}-seed`] : []),
      ...(environment.masking === "target" ? [MASKING.import.family] : []),
    ],
    database: name,
    queues: [],
    recordBuckets: [],
  };
}

/** First part of the keys of the function's archives, also of the first one. */
const ARCHIVES = "executions";
