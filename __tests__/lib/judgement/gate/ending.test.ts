/** The gate on the last plan of a production environment: what it needs, and that with it the plan passes. */

import { outlives } from "../../../../lib/generator/root/outliving";
import { APPROVALS } from "../../../../lib/judgement/gate/context";
import { STATEFUL } from "../../../../lib/judgement/gate/stateful";
import { describeWithTerraform } from "../../../support/terraform-needed";
import { temporaryFolder } from "../../terraform/sample";
import { applied, gateOn, NOON, type Planned } from "./applied";
import { gate, StandingShop } from "./shop";

const folder = temporaryFolder();

describeWithTerraform("Terraform", () => {
  test("plans to destroy and to forget what stands, with a provider and without any call", async () => {
    const planned = await StandingShop.in(folder, (shop) => shop.plan({ ending: true }));
    const { changes, guardrails, refused } = gate(planned);
    expect(refused).toEqual([]);
    expect(guardrails.broken).toEqual([]);
    expect(changes.filter(({ type }) => outlives(type)).map(({ action }) => action)).not.toEqual([]);
    for (const { type, action } of changes)
      expect([type, action]).toEqual([type, outlives(type) ? "forget" : "delete"]);
  }, 300_000);
});

const ended = ({ type, before, address }: Planned): Planned => ({
  address,
  type,
  before,
  after: null,
  actions: [outlives(type) ? "forget" : "delete"],
});

describe.each(["credentialmate/prod", "orders/prod", "orders/dr"])("the end of %s", (name) => {
  const root = `environments/${name}`;
  const changes = applied(root).map(ended);
  const needsBackup = changes.filter(({ type }) => STATEFUL[type] !== undefined && !outlives(type));

  test("passes with the approvals of data, removal and security, and a backup of all that it deletes", () => {
    const backups = needsBackup.map(({ address }) => ({ address, name: "last", time: NOON }));
    expect(gateOn(root, changes, { backups })).toMatchObject({
      decision: "approval needed",
      refused: [],
      missing: ["security", "data", "removal"],
    });
    expect(gateOn(root, changes, { backups, approved: APPROVALS }).decision).toBe("pass");
  });

  test("is refused without a backup, for what it deletes and for nothing else", () => {
    const { refused } = gateOn(root, changes, { approved: APPROVALS });
    expect(refused.map(({ address }) => address).sort()).toEqual(needsBackup.map(({ address }) => address).sort());
    for (const { type } of needsBackup) {
      expect(["aws_db_instance", "aws_secretsmanager_secret", "aws_sqs_queue"]).toContain(type);
    }
  });
});

test("whatever backups need is forgotten, so that none of them loses its key", () => {
  const keys = Object.keys(STATEFUL).filter((type) => STATEFUL[type]?.outlivesBackups);
  expect(keys.length).toBeGreaterThan(0);
  expect(keys.filter((type) => !outlives(type))).toEqual([]);
});
