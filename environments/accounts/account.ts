/** An account, composed once for all of them: where state lies, who the pipeline is, what holds everywhere in it. */
import { Root, trustedSubjects } from "../../lib";
import { AccountBaseline } from "../../modules/account-baseline";
import { DeliveryBoundaries } from "../../modules/delivery-boundaries";
import { EcrReplication } from "../../modules/ecr-replication";
import { GithubOidc } from "../../modules/github-oidc";
import { Iam } from "../../modules/iam";
import { RegionBaseline } from "../../modules/region-baseline";
import { type Application, familiesOf, taskRoleArns } from "./application";
import { type Backend, backend } from "./backend";
import { deployRole } from "./deploy-role";
import { type Account, delivery, PIPELINE, REPOSITORY, ROLES, roleNamesOfPeople } from "./index";
import { migrateRole } from "./migrate-role";
import { operations } from "./operations";
import { restoreRole } from "./restore-role";
import { applyRole, planRole, pullRequestRole } from "./terraform-roles";
import { SERVICES, WORKLOAD_ACTIONS, WORKLOAD_ACTIONS_ON_ALL } from "./workloads";

export interface AccountRoot {
  readonly account: Account;
  /** The same account in the region of its standbys, whose state lies there; null where nothing stands by. */
  readonly standby: Account | null;
  readonly costCenter: string;
  /** One for each environment in the account. */
  readonly applications: readonly Application[];
  /** IAM users, by ARN, who may take on roles in the account. */
  readonly people: Readonly<Record<"developers" | "operators" | "admins", readonly string[]>>;
}

export function account({ account, standby, costCenter, applications, people }: AccountRoot): Root {
  const path = `accounts/${account.name}`;
  const environment = `account-${account.name}`;
  const root = new Root({
    path,
    source: "environments/accounts/roots.ts",
    accountId: account.id,
    region: account.state.region,
    backend: account.state,
    tags: { CostCenter: costCenter, App: "account", Owner: "platform", Env: account.name },
    delivery: delivery(account, environment, 1),
    repositories: [REPOSITORY, ...applications.map(({ repository }) => repository)].map(trustedSubjects),
  });
  const own = backend(root, account, "");
  const backends = [own, ...(standby === null ? [] : [standbyRegion(root, account, standby, applications)])];
  new AccountBaseline(root, "baseline", { accountId: account.id });
  new RegionBaseline(root, "region_baseline", {});
  new Iam(root, "people", {
    name: account.name,
    accountId: account.id,
    developerUserArns: people.developers,
    operatorUserArns: people.operators,
    operations: operations(account.id, applications),
    adminUserArns: people.admins,
  });
  const limits = boundaries(root, account, backends, applications);
  const github = new GithubOidc(root, "github", {});
  const pipeline = { root, providerArn: github.arn, backends, boundaryArn: limits.environmentsArn };
  pullRequestRole(pipeline);
  planRole(pipeline);
  applyRole({ ...pipeline, boundaryArn: limits.accountArn }, { path, environment, backend: own });
  for (const application of applications) {
    applyRole(pipeline, {
      path: application.root,
      environment: application.environment,
      backend: backends.find((candidate) => candidate.account.state.region === application.region) ?? own,
    });
    deployRole(pipeline, application);
    migrateRole(pipeline, application);
    if (application.recordBuckets.length > 0) restoreRole(pipeline, application);
  }
  return root;
}

/** A standby's state is read when the first region cannot be, and its images are copied before that. */
function standbyRegion(root: Root, account: Account, standby: Account, applications: readonly Application[]): Backend {
  const { region } = standby.state;
  const options = { providers: { aws: root.awsAlias("standby", region) } };
  new RegionBaseline(root, "standby_region_baseline", {}, options);
  new EcrReplication(root, "image_replication", {
    accountId: account.id,
    names: applications.filter(({ imageRepositories }) => imageRepositories.length > 0).map(({ cluster }) => cluster),
    regions: [region],
  });
  return backend(root, standby, "standby_", options);
}

function boundaries(root: Root, account: Account, backends: readonly Backend[], applications: readonly Application[]) {
  const { id: accountId } = account;
  const restores = applications
    .filter(({ recordBuckets }) => recordBuckets.length > 0)
    .map(({ environment }) => ROLES.restore(environment));
  return new DeliveryBoundaries(root, "boundaries", {
    name: PIPELINE,
    accountId,
    services: SERVICES,
    guardedRoleNames: Object.values(roleNamesOfPeople(account)),
    otherBoundaryArns: [`${account.name}-people`, ...restores].map(
      (whose) => `arn:aws:iam::${accountId}:policy/${whose}-boundary`,
    ),
    workloadActions: WORKLOAD_ACTIONS,
    workloadActionsOnAll: WORKLOAD_ACTIONS_ON_ALL,
    taskRoleArns: taskRoleArns(accountId, applications.flatMap(familiesOf)),
    stateBucketArns: backends.map(({ stateBucketArn }) => stateBucketArn),
    plansBucketArns: backends.map(({ plansBucketArn }) => plansBucketArn),
    lockTableArns: backends.map(({ lockTableArn }) => lockTableArn),
    stateKeyArns: backends.map(({ keyArn }) => keyArn),
  });
}
