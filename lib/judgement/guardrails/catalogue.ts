/** Every guardrail, grouped by topic. */
import type { GuardrailId } from "../../common/guardrail-ids";
import { ALARMS } from "./alarms";
import { APP_RUNNER } from "./app-runner";
import { BUCKETS } from "./buckets";
import { KUBERNETES_CLUSTERS } from "./clusters";
import { COMPLIANCE } from "./compliance";
import { COMPUTE } from "./compute";
import { CONTAINER_SERVICES } from "./container-services";
import { CONTAINERS } from "./containers";
import { DATABASES } from "./databases";
import { DISTRIBUTION_ROWS } from "./distributions";
import type { Guardrail } from "./guardrail";
import { IAM } from "./iam";
import { KEYS } from "./keys";
import { CLUSTER_ROWS } from "./kubernetes/clusters";
import { NAMESPACE_ROWS } from "./kubernetes/namespaces";
import { OBJECT_ROWS } from "./kubernetes/objects";
import { PERMISSION_ROWS } from "./kubernetes/permissions";
import { POD_ROWS } from "./kubernetes/pods";
import { RELEASE_ROWS } from "./kubernetes/releases";
import { WORKLOAD_ROWS } from "./kubernetes/workloads";
import { LOAD_BALANCING } from "./load-balancing";
import { MEASUREMENTS } from "./measurements";
import { MESSAGING } from "./messaging";
import { MIGRATIONS } from "./migrations";
import { NETWORK } from "./network";
import { ORGANIZATIONS } from "./organizations";
import { OTHER_DATABASES } from "./other-databases";
import { POLICY_DOCUMENTS } from "./policy-documents";
import { PROCESSING } from "./processing";
import { REGIONS } from "./regions";
import { REST_APIS } from "./rest-apis";
import { RESOURCE_TAGS, ROOTS } from "./roots";
import { SECRETS } from "./secrets";
import { AVAILABLE_SERVICES } from "./services";
import { STATE } from "./state";
import { STORAGE } from "./storage";
import { TELEMETRY } from "./telemetry";
import { TRAIL_ROWS } from "./trails";
import { TRUST } from "./trust";
import { USER_POOLS } from "./user-pools";

export const CATALOGUE = [
  { title: "Relational databases", rows: DATABASES },
  { title: "Other databases", rows: OTHER_DATABASES },
  { title: "Migrations", rows: MIGRATIONS },
  { title: "Buckets", rows: BUCKETS },
  { title: "Disks, files and images", rows: STORAGE },
  { title: "Queues, topics, mail and chat", rows: MESSAGING },
  { title: "Queries, streams and workflows", rows: PROCESSING },
  { title: "Keys and logs", rows: [...KEYS, ...TRAIL_ROWS] },
  { title: "Checks of an account", rows: COMPLIANCE },
  { title: "Organizations", rows: [...ORGANIZATIONS, ...TELEMETRY] },
  { title: "Secrets", rows: SECRETS },
  { title: "Network", rows: NETWORK },
  { title: "Load balancers", rows: LOAD_BALANCING },
  { title: "Distributions and web ACLs", rows: DISTRIBUTION_ROWS },
  { title: "APIs and user pools", rows: [...REST_APIS, ...USER_POOLS] },
  { title: "Guests, canaries and alarms", rows: [...MEASUREMENTS, ...ALARMS] },
  { title: "Containers", rows: [...CONTAINERS, ...CONTAINER_SERVICES, ...APP_RUNNER] },
  { title: "Kubernetes clusters", rows: KUBERNETES_CLUSTERS },
  { title: "Instances and functions", rows: COMPUTE },
  { title: "Pods", rows: [...POD_ROWS, ...WORKLOAD_ROWS] },
  { title: "Objects of a cluster", rows: [...NAMESPACE_ROWS, ...PERMISSION_ROWS, ...OBJECT_ROWS] },
  { title: "Helm releases", rows: RELEASE_ROWS },
  { title: "Permissions", rows: IAM },
  { title: "Trust", rows: TRUST },
  { title: "Policy documents", rows: POLICY_DOCUMENTS },
  { title: "Services", rows: AVAILABLE_SERVICES },
  { title: "Roots", rows: [...ROOTS, ...STATE, ...CLUSTER_ROWS, ...RESOURCE_TAGS, ...REGIONS] },
] as const satisfies readonly { readonly title: string; readonly rows: readonly Guardrail<GuardrailId>[] }[];

export const GUARDRAILS = CATALOGUE.flatMap(({ rows }): readonly (typeof rows)[number][] => rows);
