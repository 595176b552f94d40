/** The roots of an environment as its account sees them. */
import type { ClusterEnvironment } from "../common/application";
import { githubEnvironment, rootPath } from "../common/system-root";
import { COMPONENTS, migrationComponent } from "./components";
import { type ComposedEnvironment, IMAGES, nameOf, SYSTEM, settingsPath } from "./context";

export function clusterEnvironment(environment: ComposedEnvironment): ClusterEnvironment {
  const { region, migration } = environment;
  const components = [
    ...Object.values(COMPONENTS),
    ...(migration === undefined ? [] : [migrationComponent(environment)]),
  ];
  return {
    environment: nameOf(environment),
    repository: { name: "example/wardmitra", subject: "ids", ownerId: 1000001, id: 2000003 },
    region,
    cluster: nameOf(environment),
    imageRepositories: IMAGES.map((image) => `${nameOf(environment)}/${image}`),
    migration: migration !== undefined,
    roots: components.map((component) => ({
      path: rootPath(SYSTEM, environment, component),
      environment: githubEnvironment(SYSTEM, environment, component),
    })),
    settings: settingsPath(environment),
    database: nameOf(environment),
  };
}
