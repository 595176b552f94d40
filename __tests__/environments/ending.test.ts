/** The last plan of each production environment: what it needs, and that it passes then. */
import { dev } from "../../environments/orders/dev";
import { dr } from "../../environments/orders/dr";
import { prod } from "../../environments/orders/prod";
import { orders } from "../../environments/orders/system";
import { wardmitraAws } from "../../environments/wardmitra/aws/system";
import { wardmitraCluster } from "../../environments/wardmitra/cluster/system";
import { prod as wardmitraProd } from "../../environments/wardmitra/prod";
import { staging as wardmitraStaging } from "../../environments/wardmitra/staging";
import type { Root } from "../../lib";
import { outlives } from "../../lib/generator/root/outliving";
import { renderTree } from "../../lib/generator/synth/synthesize";
import { Configurations } from "../../lib/judgement/configuration";
import { APPROVALS } from "../../lib/judgement/gate/context";
import { STATEFUL } from "../../lib/judgement/gate/stateful";
import { compareEnvironments } from "../../lib/judgement/parity";
import { failure } from "../lib/generator/support";
import { NOON, type Planned } from "../lib/judgement/gate/applied";
import { applied, gateOn } from "./committed-tree";

const ended = ({ type, before, address }: Planned): Planned => ({
  address,
  type,
  before,
  after: null,
  actions: [outlives(type) ? "forget" : "delete"],
});

/** Types that hold data and do not outlive their environment. */
const DELETED = [
  "aws_db_instance",
  "aws_eks_cluster",
  "aws_secretsmanager_secret",
  "aws_sqs_queue",
  "aws_ssm_parameter",
  "kubernetes_namespace_v1",
];

describe.each(["credentialmate/prod", "orders/prod", "orders/dr", "wardmitra/prod/cluster", "wardmitra/prod/aws"])(
  "the end of %s",
  (name) => {
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
        expect(DELETED).toContain(type);
      }
    });
  },
);

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

describe("an environment of WardMitra", () => {
  const files = (roots: readonly Root[]) => renderTree(roots).map(({ path }) => path);

  test("ends its cluster root first, while the AWS root stays", () => {
    const environment = { ...wardmitraProd, clusterEnding: true as const };
    const [cluster] = wardmitraCluster(environment);
    expect([wardmitraAws(environment).props.ending, cluster?.props.ending]).toEqual([undefined, true]);
    expect(files(wardmitraCluster(environment)).filter((file) => file.endsWith("main.tf.json"))).toEqual([]);
  });

  test("ends its AWS root after its cluster and its migration", () => {
    const ended = { ...wardmitraStaging, ending: true as const };
    const { migration: _, ...without } = ended;
    const message =
      "environments/wardmitra/staging.ts\n  ending: got true with a cluster root or a migration; allowed: true with cluster: null and no migration, after their roots have ended by clusterEnding and ended";
    expect(failure(() => wardmitraAws({ ...ended, cluster: null })).message).toBe(message);
    expect(failure(() => wardmitraAws(without)).message).toBe(message);
    expect(wardmitraAws({ ...without, cluster: null }).props.ending).toBe(true);
    expect(wardmitraCluster({ ...without, cluster: null })).toEqual([]);
  });
});
