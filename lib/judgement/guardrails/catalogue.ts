/** Every guardrail, grouped by topic. */
import type { GuardrailId } from "../../common/guardrail-ids";
import { BUCKETS } from "./buckets";
import { KUBERNETES_CLUSTERS } from "./clusters";
import { COMPUTE } from "./compute";
import { CONTAINER_SERVICES } from "./container-services";
import { CONTAINERS } from "./containers";
import { DATABASES } from "./databases";
import type { Guardrail } from "./guardrail";
import { IAM } from "./iam";
import { KEYS } from "./keys";
import { LOAD_BALANCING } from "./load-balancing";
import { MESSAGING } from "./messaging";
import { MIGRATIONS } from "./migrations";
import { NETWORK } from "./network";
import { OTHER_DATABASES } from "./other-databases";
import { POLICY_DOCUMENTS } from "./policy-documents";
import { PROCESSING } from "./processing";
import { REGIONS } from "./regions";
import { RESOURCE_TAGS, ROOTS } from "./roots";
import { SECRETS } from "./secrets";
import { AVAILABLE_SERVICES } from "./services";
import { STORAGE } from "./storage";
import { TRUST } from "./trust";

export const CATALOGUE = [
  { title: "Relational databases", rows: DATABASES },
  { title: "Other databases", rows: OTHER_DATABASES },
  { title: "Migrations", rows: MIGRATIONS },
  { title: "Buckets", rows: BUCKETS },
  { title: "Disks, files and images", rows: STORAGE },
  { title: "Queues, topics and mail", rows: MESSAGING },
  { title: "Queries, streams and workflows", rows: PROCESSING },
  { title: "Keys and logs", rows: KEYS },
  { title: "Secrets", rows: SECRETS },
  { title: "Network", rows: NETWORK },
  { title: "Load balancers", rows: LOAD_BALANCING },
  { title: "Containers", rows: [...CONTAINERS, ...CONTAINER_SERVICES] },
  { title: "Kubernetes clusters", rows: KUBERNETES_CLUSTERS },
  { title: "Instances and functions", rows: COMPUTE },
  { title: "Permissions", rows: IAM },
  { title: "Trust", rows: TRUST },
  { title: "Policy documents", rows: POLICY_DOCUMENTS },
  { title: "Services", rows: AVAILABLE_SERVICES },
  { title: "Roots", rows: [...ROOTS, ...RESOURCE_TAGS, ...REGIONS] },
] as const satisfies readonly { readonly title: string; readonly rows: readonly Guardrail<GuardrailId>[] }[];

export const GUARDRAILS = CATALOGUE.flatMap(({ rows }): readonly (typeof rows)[number][] => rows);
