import { CostAllocationTags } from "../../modules/cost-allocation-tags";
import { CostAnomalies } from "../../modules/cost-anomalies";
import { CostBudget } from "../../modules/cost-budget";
import { Kms } from "../../modules/kms";
import { SnsTopic } from "../../modules/sns-topic";
import { describePlan } from "../support/planned";

const accountId = "111122223333";
const topicArn = "arn:aws:sns:us-east-1:111122223333:account-alerts";

describePlan(
  "the costs of an account",
  (root) => {
    const { arn: kmsKeyArn } = new Kms(root, "key", {
      accountId,
      region: "us-east-1",
      name: "alerts",
      description: "Alerts",
      services: ["budgets", "cost-anomalies"],
    });
    const publishers = ["budgets.amazonaws.com", "costalerts.amazonaws.com"];
    new SnsTopic(root, "alerts", { name: "account-alerts", accountId, kmsKeyArn, publishers });
    new CostBudget(root, "budget", { name: "account-monthly", accountId, monthlyUsd: 500, topicArn });
    new CostAnomalies(root, "anomalies", { name: "account-costs", impactUsd: 50, topicArn });
    new CostAllocationTags(root, "tags", { keys: ["App", "Env"] });
  },
  (plan) => {
    test("are compared with a monthly limit, and reported at 80 percent, at the limit, and if the forecast is above it", () => {
      const { notification, ...budget } = plan().values("module.budget.aws_budgets_budget.this");
      expect(budget).toMatchObject({
        account_id: accountId,
        budget_type: "COST",
        limit_amount: "500",
        limit_unit: "USD",
        time_unit: "MONTHLY",
        time_period_start: "2026-01-01_00:00",
      });
      const percent = (notification_type: string, threshold: number) => ({
        notification_type,
        threshold,
        threshold_type: "PERCENTAGE",
        comparison_operator: "GREATER_THAN",
        subscriber_sns_topic_arns: [topicArn],
        subscriber_email_addresses: [],
      });
      expect(notification).toHaveLength(3);
      expect(notification).toEqual(
        expect.arrayContaining([percent("ACTUAL", 80), percent("ACTUAL", 100), percent("FORECASTED", 100)]),
      );
    });

    test("are watched for anomalies of each service, which are reported one by one from an impact on", () => {
      expect(plan().values("module.anomalies.aws_ce_anomaly_monitor.this")).toMatchObject({
        monitor_type: "DIMENSIONAL",
        monitor_dimension: "SERVICE",
      });
      expect(plan().values("module.anomalies.aws_ce_anomaly_subscription.this")).toMatchObject({
        frequency: "IMMEDIATE",
        subscriber: [{ type: "SNS", address: topicArn }],
        threshold_expression: [
          {
            dimension: [
              {
                key: "ANOMALY_TOTAL_IMPACT_ABSOLUTE",
                match_options: ["GREATER_THAN_OR_EQUAL"],
                values: ["50"],
              },
            ],
          },
        ],
      });
    });

    test("can be divided by active tags", () => {
      expect(plan().keys("module.tags.aws_ce_cost_allocation_tag.this")).toEqual(["App", "Env"]);
      expect(plan().values('module.tags.aws_ce_cost_allocation_tag.this["Env"]')).toMatchObject({
        tag_key: "Env",
        status: "Active",
      });
    });

    test("reach a topic and its key as messages of this account alone", () => {
      const fromAccount = { StringEquals: { "aws:SourceAccount": accountId } };
      expect(plan().statements("module.key.aws_kms_key.this")).toMatchObject({
        Budgets: { Principal: { Service: "budgets.amazonaws.com" }, Condition: fromAccount },
        CostAnomalies: { Principal: { Service: "costalerts.amazonaws.com" }, Condition: fromAccount },
      });
      expect(plan().statements("module.alerts.aws_sns_topic_policy.this").PublishByServices).toMatchObject({
        Principal: { Service: ["budgets.amazonaws.com", "costalerts.amazonaws.com"] },
        Condition: fromAccount,
      });
    });
  },
);
