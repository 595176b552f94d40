import { LogDataProtection } from "../../modules/log-data-protection";
import { describePlan } from "../support/planned";

const ADDRESS = ["arn:aws:dataprotection::aws:data-identifier/EmailAddress"];

describePlan(
  "the masking of addresses in logs",
  (root) =>
    new LogDataProtection(root, "masking", { logGroups: { api: "/ecs/shop-api", function: "/aws/lambda/shop" } }),
  (plan) => {
    test("each log group has a policy that masks addresses and counts them", () => {
      const policies = plan().all("aws_cloudwatch_log_data_protection_policy");
      expect(policies.map(({ key, values }) => [key, values.log_group_name])).toEqual([
        ["api", "/ecs/shop-api"],
        ["function", "/aws/lambda/shop"],
      ]);
      for (const { address } of policies) {
        expect(plan().document(address, "policy_document")).toMatchObject({
          Version: "2021-06-01",
          Statement: [
            { DataIdentifier: ADDRESS, Operation: { Audit: { FindingsDestination: {} } } },
            { DataIdentifier: ADDRESS, Operation: { Deidentify: { MaskConfig: {} } } },
          ],
        });
      }
    });
  },
);
