import { Ecr } from "../../modules/ecr";
import { EcrReplication } from "../../modules/ecr-replication";
import { failure, newRoot } from "../lib/generator/support";
import { describePlan } from "../support/planned";

const accountId = "111122223333";
const kmsKeyArn = "arn:aws:kms:eu-west-1:111122223333:key/1";

describePlan(
  "copies of images",
  (root) => {
    new EcrReplication(root, "copies", {
      names: ["shop-prod", "base"],
      accountId,
      regions: ["us-west-2", "eu-west-1"],
    });
    new Ecr(root, "images", { name: "shop-prod", services: ["api"], kmsKeyArn });
  },
  (plan) => {
    test("are created in every given region, only of repositories with the given names", () => {
      expect(plan().values("module.copies.aws_ecr_replication_configuration.this")).toMatchObject({
        replication_configuration: [
          {
            rule: [
              {
                destination: [
                  { region: "eu-west-1", registry_id: accountId },
                  { region: "us-west-2", registry_id: accountId },
                ],
                repository_filter: [
                  { filter: "base/", filter_type: "PREFIX_MATCH" },
                  { filter: "shop-prod/", filter_type: "PREFIX_MATCH" },
                ],
              },
            ],
          },
        ],
      });
    });

    test("go to repositories that `ecr` makes under the same name elsewhere", () => {
      expect(String(plan().values('module.images.aws_ecr_repository.this["api"]').name)).toMatch(/^shop-prod\//);
    });
  },
);

const hundredAndOne = Array.from({ length: 101 }, (_, i) => `shop-${i}`);
const regions = Array.from({ length: 26 }, (_, i) => `${"abcdefghijklmnopqrstuvwxyz"[i]}x-west-1`);

test.each([
  ["no name, which would mean all of them", { names: [] }, "names: got []; allowed: 1 to 100 names"],
  ["more names than a rule holds", { names: hundredAndOne }, "; allowed: 1 to 100 names"],
  ["no region", { regions: [] }, "regions: got []; allowed: 1 to 25 regions"],
  ["more regions than a configuration holds", { regions }, "; allowed: 1 to 25 regions"],
])("%s is refused", (_, wrong, message) => {
  const inputs = { names: ["shop"], accountId, regions: ["eu-west-1"], ...wrong };
  expect(failure(() => new EcrReplication(newRoot(), "copies", inputs)).message).toContain(message);
});
