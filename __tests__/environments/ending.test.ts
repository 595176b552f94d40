/** The last plan of each production environment: what it needs, and that it passes then. */
import { dev } from "../../environments/orders/dev";
import { dr } from "../../environments/orders/dr";
import { prod } from "../../environments/orders/prod";
import { orders } from "../../environments/orders/system";
import type { Root } from "../../lib";
import { outlives } from "../../lib/generator/root/outliving";
import { renderTree } from "../../lib/generator/synth/synthesize";
import { Configurations } from "../../lib/judgement/configuration";
import { APPROVALS } from "../../lib/judgement/gate/context";
import { STATEFUL } from "../../lib/judgement/gate/stateful";
import { compareEnvironments } from "../../lib/judgement/parity";
import { NOON, type Planned } from "../lib/judgement/gate/applied";
import { applied, gateOn } from "./committed-tree";

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

  test("passes with the approvals data, removal and security, and a backup of each deleted resource that holds data", () => {
    const backups = needsBackup.map(({ address }) => ({ address, name: "last", time: NOON }));
    expect(gateOn(root, changes, { backups })).toMatchObject({
      decision: "approval needed",
      refused: [],
      missing: ["security", "data", "removal"],
    });
    expect(gateOn(root, changes, { backups, approved: APPROVALS }).decision).toBe("pass");
  });

  test("is refused without backups, for deleted resources that hold data and for no other reason", () => {
    const { refused } = gateOn(root, changes, { approved: APPROVALS });
    expect(refused.map(({ address }) => address).sort()).toEqual(needsBackup.map(({ address }) => address).sort());
    for (const { type } of needsBackup) {
      expect(["aws_db_instance", "aws_secretsmanager_secret", "aws_sqs_queue"]).toContain(type);
    }
  });
});

test("a standby ends after its primary has let go of it, and parity holds at each step", () => {
  const undeclared = (...roots: readonly Root[]) => {
    const files = renderTree(roots).map(({ path, content }): [string, string] => [path, content]);
    return compareEnvironments("orders", roots, new Configurations(new Map(files))).undeclared;
  };
  const alone = { ...prod, standby: null };
  expect(undeclared(orders(dev), orders(alone), orders(dr))).toEqual([]);
  expect(undeclared(orders(dev), orders(alone), orders({ ...dr, ending: true }))).toEqual([]);
  expect(undeclared(orders(dev), orders(alone))).toEqual([]);
});
