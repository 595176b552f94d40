/** Applications, as their own pipelines see them. */
import type { Repository } from "../../lib";

/** What an application's own pipeline works on in one environment, by the names that the environment gave. */
export interface Application {
  /** GitHub environment of the application's repository that its deployments go through, and of this one's applies. */
  readonly environment: string;
  /** The application's repository; `groundplan subject` prints what to put here. */
  readonly repository: Repository;
  /** Root of the environment, whose applies have a role of their own. */
  readonly root: string;
  readonly region: string;
  /** Repositories of images that are pushed; none where another region's are copied. */
  readonly imageRepositories: readonly string[];
  /** Repositories into which ECR copies another region's images, for the deployments of a standby. */
  readonly copiedRepositories: readonly string[];
  readonly cluster: string;
  readonly services: readonly Service[];
  /** Task definition that migrates the database; null where there is none. */
  readonly migrations: string | null;
  /** Identifier of the instance, and what those of restored ones begin with. */
  readonly database: string;
  /** Queues whose dead letters people move back. */
  readonly queues: readonly string[];
  /** Buckets whose objects can be taken back to an earlier version. */
  readonly recordBuckets: readonly string[];
}

interface Service {
  readonly name: string;
  /** Task definition of its tasks, and what the names of its roles begin with. */
  readonly family: string;
  readonly deployedBy: "ecs" | "codedeploy";
}

/** Roles of the tasks of some task definitions. */
export function taskRoleArns(accountId: string, families: readonly string[]): string[] {
  return families.flatMap((family) =>
    ["task", "execution"].map((role) => `arn:aws:iam::${accountId}:role/${family}-${role}`),
  );
}

/** Every task definition of an application. */
export function familiesOf({ services, migrations }: Application): string[] {
  return [...services.map(({ family }) => family), ...(migrations === null ? [] : [migrations])];
}
