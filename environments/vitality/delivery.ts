/** The roots of an environment as its account sees them. */
import type { SplitEnvironment } from "../common/application";
import { githubEnvironment, rootPath } from "../common/system-root";
import { COMPONENTS, type ComposedEnvironment, IMAGES, nameOf, SYSTEM } from "./context";

export function splitEnvironment(environment: ComposedEnvironment): SplitEnvironment {
  return {
    environment: nameOf(environment),
    repository: { name: "example/vitality", subject: "ids", ownerId: 1000001, id: 2000004 },
    region: environment.region,
    imageRepositories: IMAGES.map((image) => `${nameOf(environment)}/${image}`),
    roots: Object.values(COMPONENTS).map(({ name }) => ({
      path: rootPath(SYSTEM, environment, name),
      environment: githubEnvironment(SYSTEM, environment, name),
    })),
    settings: `${SYSTEM}/${environment.name}`,
    database: nameOf(environment),
  };
}
