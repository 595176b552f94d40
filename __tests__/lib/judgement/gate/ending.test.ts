/** The last plan of an environment: the resources that it deletes, and those that it forgets. */

import { outlives } from "../../../../lib/generator/root/outliving";
import { STATEFUL } from "../../../../lib/judgement/gate/stateful";
import { describeWithTerraform } from "../../../support/terraform-needed";
import { temporaryFolder } from "../../terraform/sample";
import { gate, StandingShop } from "./shop";

const folder = temporaryFolder();

describeWithTerraform("Terraform", () => {
  test("plans to delete or forget each resource of an environment that ends, although no call is left", async () => {
    const planned = await StandingShop.in(folder, (shop) => shop.plan({ ending: true }));
    const { changes, guardrails, refused } = gate(planned);
    expect(refused).toEqual([]);
    expect(guardrails.broken).toEqual([]);
    expect(changes.filter(({ type }) => outlives(type)).map(({ action }) => action)).not.toEqual([]);
    for (const { type, action } of changes)
      expect([type, action]).toEqual([type, outlives(type) ? "forget" : "delete"]);
  }, 300_000);
});

test("resources that backups need are forgotten, so that no backup loses its key", () => {
  const keys = Object.keys(STATEFUL).filter((type) => STATEFUL[type]?.outlivesBackups);
  expect(keys.length).toBeGreaterThan(0);
  expect(keys.filter((type) => !outlives(type))).toEqual([]);
});
