import { Ecr } from "../../modules/ecr";
import { describePlan } from "../support/planned";

const kmsKeyArn = "arn:aws:kms:eu-central-1:111122223333:key/1";

describePlan(
  "repositories",
  (root) => {
    new Ecr(root, "images", { name: "orders", services: ["worker", "api"], kmsKeyArn });
    new Ecr(root, "tidy", { name: "tidy", services: ["api"], kmsKeyArn, untaggedDays: 1 });
  },
  (plan) => {
    test("exist once for each service, with its name, in any order", () => {
      expect(plan().keys("module.images.aws_ecr_repository.this")).toEqual(["api", "worker"]);
      expect(plan().values('module.images.aws_ecr_repository.this["api"]').name).toBe("orders/api");
    });

    test("never move a tag, scan every push, and encrypt with the given key", () => {
      for (const { values } of plan().all("aws_ecr_repository")) {
        expect(values).toMatchObject({
          image_tag_mutability: "IMMUTABLE",
          force_delete: false,
          image_scanning_configuration: [{ scan_on_push: true }],
          encryption_configuration: [{ encryption_type: "KMS", kms_key: kmsKeyArn }],
        });
      }
    });

    test("remove untagged images after the given days, and no tagged one", () => {
      const rules = (days: number) => ({
        rules: [
          {
            rulePriority: 1,
            description: "Remove untagged images",
            selection: { tagStatus: "untagged", countType: "sinceImagePushed", countUnit: "days", countNumber: days },
            action: { type: "expire" },
          },
        ],
      });
      expect(plan().document('module.images.aws_ecr_lifecycle_policy.this["worker"]', "policy")).toEqual(rules(14));
      expect(plan().document('module.tidy.aws_ecr_lifecycle_policy.this["api"]', "policy")).toEqual(rules(1));
    });

    test("allow no other account: there is no repository policy", () => {
      expect(plan().all("aws_ecr_repository_policy")).toEqual([]);
    });
  },
);
