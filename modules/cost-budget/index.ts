import { BudgetsBudget } from "@cdktf/provider-aws/lib/budgets-budget";
import { z } from "zod";
import { ACCOUNT_ID, arnOf, defineModule, resource, resourceName, sizing } from "../../lib";

/**
 * Percent of the limit. Twelve hours can pass until AWS has updated the costs of a day.
 * @see https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-best-practices.html
 */
const ALERTS = [
  { notificationType: "ACTUAL", threshold: 80 },
  { notificationType: "ACTUAL", threshold: 100 },
  { notificationType: "FORECASTED", threshold: 100 },
] as const;

/** Without it, the provider takes the month of the first apply from AWS. Budgets start at a past month as well. */
const START = "2026-01-01_00:00";

export const CostBudget = defineModule({
  name: "cost-budget",
  description:
    "The monthly budget of an account, with a message to a topic at 80 percent of the limit, at the limit, and when AWS forecasts costs above it. A budget stops nothing. In a management account it counts the costs of all accounts of the organization. AWS makes forecasts after about five weeks of costs.",
  inputs: {
    name: resourceName(100).describe("Name of the budget. Another name replaces it."),
    accountId: ACCOUNT_ID.describe("Account whose costs are counted."),
    monthlyUsd: sizing(z.int().min(1)).describe("Limit of a month, in US dollars."),
    topicArn: arnOf("sns").describe(
      "Topic that receives the messages. Its policy and its key have to admit budgets.amazonaws.com.",
    ),
  },
  outputs: {
    arn: z.string().describe("ARN of the budget."),
  },
  example: {
    name: "account-monthly",
    accountId: "111122223333",
    monthlyUsd: 500,
    topicArn: "arn:aws:sns:us-east-1:111122223333:account-alerts",
  },
  build(scope, input) {
    const budget = resource(scope, BudgetsBudget, "this", {
      name: input.name,
      accountId: input.accountId,
      budgetType: "COST",
      limitAmount: `${input.monthlyUsd}`,
      limitUnit: "USD",
      timeUnit: "MONTHLY",
      timePeriodStart: START,
      notification: ALERTS.map((alert) => ({
        ...alert,
        comparisonOperator: "GREATER_THAN",
        thresholdType: "PERCENTAGE",
        subscriberSnsTopicArns: [input.topicArn],
      })),
    });
    return { arn: budget.arn };
  },
});
