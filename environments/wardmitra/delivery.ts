/** The roots of an environment as its account sees them. */
import type { ClusterEnvironment } from "../common/application";
import { githubEnvironment, rootPath } from "../common/system-root";
import { type ComposedEnvironment, nameOf, SYSTEM, settingsPath } from "./context";

/** Components of an environment, each with a root of its own. */
export const COMPONENTS = { aws: "aws", cluster: "cluster" } as const;

export function clusterEnvironment(environment: ComposedEnvironment): ClusterEnvironment {
  return {
    region: environment.region,
    roots: Object.values(COMPONENTS).map((component) => ({
      path: rootPath(SYSTEM, environment, component),
      environment: githubEnvironment(SYSTEM, environment, component),
    })),
    settings: settingsPath(environment),
    database: nameOf(environment),
  };
}
