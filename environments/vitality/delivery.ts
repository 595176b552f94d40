/** The roots of an environment as its account sees them. */
import type { ComponentEnvironment } from "../common/application";
import { githubEnvironment, rootPath } from "../common/system-root";
import { COMPUTE } from "./api/compute";
import { COMPONENTS } from "./components";
import { apiName, type ComposedEnvironment, IMAGES, migrationsName, nameOf, SYSTEM, websiteFiles } from "./context";

export function splitEnvironment(environment: ComposedEnvironment): ComponentEnvironment {
  return {
    environment: nameOf(environment),
    repository: { name: "example/vitality", subject: "ids", ownerId: 1000001, id: 2000004 },
    region: environment.region,
    imageRepositories: IMAGES.map((image) => `${nameOf(environment)}/${image}`),
    roots: Object.values(COMPONENTS).map(({ name }) => ({
      path: rootPath(SYSTEM, environment, name),
      environment: githubEnvironment(SYSTEM, environment, name),
    })),
    service: { name: apiName(environment), runsOn: COMPUTE.kind === "app-runner" ? "app-runner" : "fargate" },
    cluster: nameOf(environment),
    migrations: migrationsName(environment),
    website: { ...websiteFiles(environment), settings: `${SYSTEM}/${environment.name}/build` },
    settings: `${SYSTEM}/${environment.name}`,
    database: nameOf(environment),
  };
}
