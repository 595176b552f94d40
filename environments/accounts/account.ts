/** The root of an account, composed once for all accounts: state backends, roles, baseline settings, detection. */
import { type ACKNOWLEDGED_COST, Root, trustedSubjects } from "../../lib";
import { AccountBaseline } from "../../modules/account-baseline";
import { BackupAccess } from "../../modules/backup-access";
import { DmsAccountRoles } from "../../modules/dms-account-roles";
import { EcrReplication } from "../../modules/ecr-replication";
import { GithubOidc } from "../../modules/github-oidc";
import { Iam } from "../../modules/iam";
import { Kms } from "../../modules/kms";
import { RegionBaseline } from "../../modules/region-baseline";
import { ShieldSubscription } from "../../modules/shield-subscription";
import type { Account } from "../common/account";
import { REPOSITORY } from "../common/accounts";
import type { Application, ClusterEnvironment, ComponentEnvironment } from "../common/application";
import { delivery, STANDBY_SECRETS_KEY } from "../common/delivery";
import { type ArtifactBucket, artifacts, logApis } from "./api-and-artifacts";
import { type Backend, type BackendOptions, backend } from "./backend";
import { boundaries } from "./boundaries";
import { COST, type Costs, controlCosts, costPublishers } from "./costs";
import { clusterDeployRole, componentsDeployRole, deployRole, imagesDeployRole } from "./deploy-role";
import { type Detection, detection, detectionElsewhere, recordsKey } from "./detection";
import { type FindingsHandling, handleFindings } from "./findings";
import { componentsMigrateRole, migrateRole } from "./migrate-role";
import { operatedBy, operations } from "./operations";
import { deadLetters, remind } from "./reminders";
import { restoreRole } from "./restore-role";
import { switchRole } from "./switch-role";
import { type AppliedRoot, applyRole, planRole, pullRequestRole } from "./terraform-roles";
import type { Workloads } from "./workloads";

export interface AccountRoot {
  readonly account: Account;
  /** The same account in the region of its standbys, with the state backend of that region; null without standbys. */
  readonly standby: Account | null;
  /** Further regions in which systems have resources, such as us-east-1 for what CloudFront uses. */
  readonly otherRegions?: readonly string[];
  readonly costCenter: string;
  /** Set for the last apply of the account, after its last environment has ended: see docs/delivery.md. */
  readonly ending?: true;
  /** One application for each environment in the account. */
  readonly applications: readonly Application[];
  /** Environments in the account whose workloads run in a Kubernetes cluster. */
  readonly clusters: readonly ClusterEnvironment[];
  /** Environments in the account with a root for each component. */
  readonly components: readonly ComponentEnvironment[];
  /** Roots in the account without an application, each with the GitHub environment that approves its applies. */
  readonly otherRoots?: readonly OtherRoot[];
  /** Whether environments of the account have REST APIs, whose logs API Gateway writes with a role of the region. */
  readonly apis?: true;
  /** Buckets of archives of functions: the pipelines of applications upload them, and applies make functions of them. */
  readonly artifactBuckets?: readonly ArtifactBucket[];
  /** Who alone among people restores the databases of the applications, and the aliases of the databases' keys. */
  readonly backups?: { readonly userArns: readonly string[]; readonly keyAliases: readonly string[] };
  /** Services and permissions that the systems in the account need. */
  readonly workloads: Workloads;
  /** Trail, threat detection and configuration history of the account. */
  readonly detectors: Detection;
  /** What happens to findings of Security Hub, in an account with it. */
  readonly findings?: FindingsHandling;
  /** Acknowledged cost of Shield Advanced, to which the account subscribes then. */
  readonly shield?: typeof ACKNOWLEDGED_COST;
  /** Budget of the account, and what the account that pays for an organization does about costs. */
  readonly costs?: Costs;
  /** ARNs of the IAM users that may assume roles in the account. */
  readonly people: Readonly<Record<"developers" | "operators" | "admins", readonly string[]>>;
}

interface OtherRoot extends AppliedRoot {
  /** Images that a workflow of this repository builds and pushes for the root. */
  readonly images?: { readonly region: string; readonly repositories: readonly string[] };
}

export function account(props: AccountRoot): Root {
  const { account, standby, costCenter, ending, applications, clusters, workloads, people } = props;
  const { detectors, findings, costs } = props;
  const { otherRegions = [], otherRoots = [], artifactBuckets = [] } = props;
  const split = [...clusters, ...props.components];
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
    ...(ending && { ending }),
    repositories: [REPOSITORY, ...[...applications, ...split].map(({ repository }) => repository)].map(trustedSubjects),
  });
  const own = backend(root, account, "");
  const elsewhere = standby && { providers: { aws: root.awsAlias("standby", standby.state.region) } };
  const backends = [
    own,
    ...(standby === null || elsewhere === null ? [] : [standbyRegion(root, standby, applications, elsewhere)]),
  ];
  new AccountBaseline(root, "baseline", { accountId: account.id });
  new RegionBaseline(root, "region_baseline", {});
  const places = otherRegions.map((region) => {
    const alias = region.replaceAll("-", "_");
    const options = { providers: { aws: root.awsAlias(alias, region) } };
    return { accountId: account.id, region, prefix: `${alias}_`, options };
  });
  for (const { prefix, options } of places) new RegionBaseline(root, `${prefix}region_baseline`, {}, options);
  const roles = new Iam(root, "people", {
    name: account.name,
    accountId: account.id,
    developerUserArns: people.developers,
    operatorUserArns: people.operators,
    operations: operations(account.id, operatedBy(applications, clusters, props.components)),
    adminUserArns: people.admins,
  });
  if (props.backups !== undefined) {
    new BackupAccess(root, "backup_access", {
      ...props.backups,
      name: account.name,
      accountId: account.id,
      databases: applications.map(({ database }) => database),
      otherRoleArns: {
        admin: roles.adminRoleArn,
        developer: roles.developerRoleArn,
        operator: roles.operatorRoleArn,
      },
      permissionsBoundaryArn: roles.boundaryArn,
    });
  }
  const archives = findings !== undefined;
  const recordsKeyArn = recordsKey(root, account, detectors, { archives, reminds: costs?.organization !== undefined });
  const limits = boundaries(root, {
    account,
    backends,
    applications,
    workloads,
    archives,
    audits: findings?.audit !== undefined,
    costs,
    artifactBuckets: artifactBuckets.map(({ name }) => name),
    logsApis: props.apis === true,
    restoresBackups: props.backups !== undefined,
    guardedKeyArns: recordsKeyArn === null ? [] : [recordsKeyArn],
    isCorrected: detectors.compliance !== undefined,
  });
  const { accessLogBucket } = own;
  const permissionsBoundaryArn = limits.workloadsArn;
  const publishers = costPublishers(costs);
  const place = { root, account, accessLogBucket, recordsKeyArn, permissionsBoundaryArn, publishers };
  const { alerts, store } = detection(place, detectors, otherRegions);
  if (recordsKeyArn !== null && (archives || costs?.organization !== undefined)) {
    const scheduling = { root, account, alerts, recordsKeyArn, permissionsBoundaryArn };
    const deadLetterArn = deadLetters(scheduling);
    if (archives) {
      const reported = detectors.organization === undefined ? account.id : null;
      handleFindings(scheduling, deadLetterArn, accessLogBucket, findings, reported);
    }
    if (costs?.organization !== undefined) remind(scheduling, deadLetterArn, COST, costs.organization.review);
  }
  if (costs !== undefined) controlCosts(root, alerts, costs);
  if (props.shield !== undefined) new ShieldSubscription(root, "shield", { acknowledgedCost: props.shield });
  if (standby !== null && elsewhere !== null) {
    const { id: accountId, state } = standby;
    places.push({ accountId, region: state.region, prefix: "standby_", options: elsewhere });
  }
  for (const place of places) detectionElsewhere(root, place, detectors, store);
  if (props.apis)
    logApis(
      root,
      [{ accountId: account.id, region: account.state.region, prefix: "" }, ...places],
      permissionsBoundaryArn,
    );
  for (const backend of backends) {
    if (backend === own) artifacts(root, backend, artifactBuckets, "");
    else if (elsewhere !== null) artifacts(root, backend, artifactBuckets, "standby_", elsewhere);
  }
  if (clusters.some(({ migration }) => migration)) {
    new DmsAccountRoles(root, "migration_roles", {
      accountId: account.id,
      permissionsBoundaryArn: limits.workloadsArn,
    });
  }
  const github = new GithubOidc(root, "github", {});
  const pipeline = { root, providerArn: github.arn, backends, boundaryArn: limits.environmentsArn };
  pullRequestRole(pipeline);
  planRole(pipeline);
  applyRole({ ...pipeline, boundaryArn: limits.accountArn }, { path, environment, backend: own });
  const backendIn = (region: string) => backends.find((candidate) => candidate.account.state.region === region) ?? own;
  for (const { region, roots } of split) {
    const backend = backendIn(region);
    for (const { path, environment } of roots) applyRole(pipeline, { path, environment, backend });
  }
  for (const { images, ...other } of otherRoots) {
    applyRole(pipeline, { ...other, backend: own });
    if (images !== undefined) imagesDeployRole(pipeline, { environment: other.environment, ...images });
  }
  for (const cluster of clusters) clusterDeployRole(pipeline, cluster);
  for (const environment of props.components) {
    componentsDeployRole(pipeline, environment);
    componentsMigrateRole(pipeline, environment);
  }
  for (const application of applications) {
    applyRole(pipeline, {
      path: application.root,
      environment: application.environment,
      backend: backendIn(application.region),
      artifactBuckets: artifactBuckets.filter(({ region }) => region === application.region).map(({ name }) => name),
    });
    deployRole(pipeline, application);
    migrateRole(pipeline, application);
    if (application.recordBuckets.length > 0) restoreRole(pipeline, application);
    if (application.colours !== undefined) switchRole(pipeline, application, application.colours);
  }
  return root;
}

/**
 * The region of a standby has its own state backend, which works while the first region is down, and copies of images. The
 * key of copied secrets is created here, because accounts are applied before environments: a copy without its key fails.
 */
function standbyRegion(
  root: Root,
  standby: Account,
  applications: readonly Application[],
  options: BackendOptions,
): Backend {
  const { id: accountId, state } = standby;
  new RegionBaseline(root, "standby_region_baseline", {}, options);
  new Kms(
    root,
    "standby_secrets_key",
    { name: STANDBY_SECRETS_KEY, description: "Copies of secrets for standbys", accountId, region: state.region },
    options,
  );
  new EcrReplication(root, "image_replication", {
    accountId,
    names: applications.filter(({ imageRepositories }) => imageRepositories.length > 0).map(({ cluster }) => cluster),
    regions: [state.region],
  });
  return backend(root, standby, "standby_", options);
}
