/** Applications: the resources of an environment that the pipeline of the application's repository works on. */
import type { Repository } from "../../lib";

/** The resources of one environment, by name. */
export interface Application {
  /** GitHub environment: in the application's repository for deployments, in this repository for applies. */
  readonly environment: string;
  /** The application's repository. `groundplan subject` prints this value. */
  readonly repository: Repository;
  /** Root of the environment. It has an apply role of its own. */
  readonly root: string;
  readonly region: string;
  /** ECR repositories that the pipeline pushes to; none in a standby. */
  readonly imageRepositories: readonly string[];
  /** ECR repositories that receive copies of another region's images, for the deployments of a standby. */
  readonly copiedRepositories: readonly string[];
  readonly cluster: string;
  readonly services: readonly Service[];
  /** How the pipeline moves the requests between two sets of services; without it, there is one set. */
  readonly colours?: ApplicationColours;
  /** Function that the pipeline deploys archives to. It has an alias for each set of services. */
  readonly function?: ApplicationFunction;
  /** Family of the migration task; null if there is none. */
  readonly migrations: string | null;
  /** Families of task definitions that schedules, state machines and people run. Terraform alone changes them. */
  readonly otherTasks?: readonly string[];
  /** Identifier of the instance, and prefix of the identifiers of restored instances. */
  readonly database: string;
  /** Queues whose dead letters operators send back. */
  readonly queues: readonly string[];
  /** Buckets whose objects can be restored to an earlier version. */
  readonly recordBuckets: readonly string[];
}

/** An environment with several roots, whose application is no `Application` of ECS. */
export interface SplitEnvironment {
  /** GitHub environment in the application's repository, for deployments. */
  readonly environment: string;
  /** The application's repository. `groundplan subject` prints this value. */
  readonly repository: Repository;
  readonly region: string;
  /** ECR repositories that the pipeline pushes to. */
  readonly imageRepositories: readonly string[];
  /** Its roots, each with the GitHub environment that approves its applies. Each has an apply role of its own. */
  readonly roots: readonly { readonly path: string; readonly environment: string }[];
  /** Folder of its secrets and parameters. */
  readonly settings: string;
  /** Identifier of the database, and prefix of the identifiers of its snapshots. */
  readonly database: string;
}

/**
 * An environment whose workloads run in a Kubernetes cluster, by the names of its resources. The application's pipeline pushes
 * images with a role of the account; an access entry of the cluster says what the same role may do in Kubernetes.
 */
export interface ClusterEnvironment extends SplitEnvironment {
  readonly cluster: string;
  /** Whether AWS Database Migration Service migrates a database into it. */
  readonly migration: boolean;
}

/** An environment whose components are roots of their own: its service, and the task that migrates its database. */
export interface ComponentEnvironment extends SplitEnvironment {
  /** Service that the pipeline deploys to. On Fargate, its name is also the family of its task definition. */
  readonly service: { readonly name: string; readonly runsOn: "app-runner" | "fargate" };
  /** Cluster of the migration task, and of the service on Fargate. */
  readonly cluster: string;
  /** Family of the migration task. */
  readonly migrations: string;
  /** What a build of the website reads, and where it goes. */
  readonly website: {
    readonly filesBucket: string;
    /** Alias of the key of the files, without `alias/`. */
    readonly filesKey: string;
    /** Path of the SSM parameters that the build reads, without the first slash. */
    readonly settings: string;
  };
}

interface Service {
  readonly name: string;
  /** Family of its task definition, and prefix of the names of its roles. */
  readonly family: string;
  readonly deployedBy: "ecs" | "codedeploy";
}

/** Weighted records of `origin.<domain>` choose the set of services that gets the requests. */
export interface ApplicationColours {
  readonly zoneId: string;
  readonly domain: string;
}

export interface ApplicationFunction {
  readonly name: string;
  /** Objects whose keys begin with this folder, and the alias of their key, without `alias/`. */
  readonly archives: { readonly bucket: string; readonly folder: string; readonly key: string };
}

/** Roles of the tasks of these task definitions. */
export function taskRoleArns(accountId: string, families: readonly string[]): string[] {
  return families.flatMap((family) =>
    ["task", "execution"].map((role) => `arn:aws:iam::${accountId}:role/${family}-${role}`),
  );
}

/** Every task definition of an application. */
export function familiesOf({ services, migrations }: Application): string[] {
  return [...services.map(({ family }) => family), ...(migrations === null ? [] : [migrations])];
}
