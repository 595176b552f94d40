/** What an account may cost, and who is told: its budget; in the account that pays for an organization, anomalies, tags and reviews. */
import type { Root } from "../../lib";
import { CostAllocationTags } from "../../modules/cost-allocation-tags";
import { CostAnomalies } from "../../modules/cost-anomalies";
import { CostBudget } from "../../modules/cost-budget";
import { ACCOUNT_ALERTS, type AlertPublisher, type Alerts } from "./detection";
import { type Review, reminderName } from "./reminders";

export interface Costs {
  /** Limit of the costs of a month, in US dollars. That of a management account is of all accounts together. */
  readonly monthlyUsd: number;
  /** Set in the account that pays for the organization. */
  readonly organization?: OrganizationCosts;
}

interface OrganizationCosts {
  /** Costs above the expected ones, in US dollars, from which an anomaly is reported. */
  readonly anomalyUsd: number;
  /** Tags by which costs are divided. Empty until resources with them have had costs for a day: AWS refuses unknown tags. */
  readonly tags: readonly string[];
  readonly review: Review;
}

/** What is reviewed: part of the names of the reminder. */
export const COST = "cost";

export const COST_ROLES: readonly string[] = [`${reminderName(COST)}-*`];

/** What a plan of the account reads. */
export function costReads({ organization }: Costs): readonly string[] {
  return ["budgets:List*", "budgets:View*", ...(organization === undefined ? [] : ["ce:Get*", "ce:List*"])];
}

export function costPublishers(costs: Costs | undefined): readonly AlertPublisher[] {
  if (costs === undefined) return [];
  return ["budgets", ...(costs.organization === undefined ? [] : (["cost-anomalies"] as const))];
}

export function controlCosts(root: Root, { topicArn }: Alerts, { monthlyUsd, organization }: Costs): void {
  const { accountId } = root.props;
  new CostBudget(root, "budget", { name: `${ACCOUNT_ALERTS}-monthly`, accountId, monthlyUsd, topicArn });
  if (organization === undefined) return;
  new CostAnomalies(root, "cost_anomalies", {
    name: `${ACCOUNT_ALERTS}-costs`,
    impactUsd: organization.anomalyUsd,
    topicArn,
  });
  new CostAllocationTags(root, "cost_tags", { keys: organization.tags });
}
