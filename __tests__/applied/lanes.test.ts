import { NETWORK } from "../../contracts/network";
import type { Root } from "../../lib";
import { Guardduty } from "../../modules/guardduty";
import { NetworkLookup } from "../../modules/network-lookup";
import { NetworkParameters } from "../../modules/network-parameters";
import { S3AccessLogs } from "../../modules/s3-access-logs";
import { newRoot } from "../lib/generator/support";
import { shopProps } from "../lib/pipeline/delivery/shop";
import { isBefore, rootsOf, select } from "./lanes";

const TOPIC = "arn:aws:sns:eu-central-1:555555555555:shop-alerts";

const root = (path: string, accountId: string) => newRoot({ path, accountId });

function rootWithLogs(path: string, accountId: string): Root {
  const withLogs = root(path, accountId);
  new S3AccessLogs(withLogs, "logs", { name: "billing-logs", accountId, retentionDays: 30 });
  return withLogs;
}

const ROOTS = [
  root("accounts/shop-dev", "111111111111"),
  root("accounts/shop-prod", "222222222222"),
  root("accounts/billing", "333333333333"),
  root("environments/shop/dev", "111111111111"),
  root("environments/shop/prod", "222222222222"),
  root("environments/shop/dr", "222222222222"),
  root("environments/stock/dev", "111111111111"),
  rootWithLogs("environments/billing/dev", "333333333333"),
];

const names = (which: "one" | "all") => {
  const { living, standing, leftOut } = select(ROOTS, which);
  const addresses = (roots: readonly Root[]) => roots.map(({ address }) => address);
  return {
    living: living.map((lane) => addresses(rootsOf(lane))),
    standing: standing.map((lane) => addresses(rootsOf(lane))),
    leftOut: addresses(leftOut),
  };
};

test("one environment stands with its account, and the other roots are named", () => {
  expect(names("one")).toEqual({
    living: [],
    standing: [["accounts/billing", "environments/billing/dev"]],
    leftOut: ROOTS.map(({ address }) => address).filter((address) => !address.includes("billing")),
  });
});

test("all environments are taken in a lane for each account", () => {
  expect(names("all")).toEqual({
    living: [
      ["accounts/shop-dev", "environments/shop/dev", "environments/stock/dev"],
      ["accounts/shop-prod", "environments/shop/prod", "environments/shop/dr"],
      ["accounts/billing", "environments/billing/dev"],
    ],
    standing: [],
    leftOut: [],
  });
});

test("an account without environments has a lane of its own at night, unless it works for an organization", () => {
  const [alone, dev] = [root("accounts/shop-costs", "444444444444"), root("environments/shop/dev", "111111111111")];
  const account = root("accounts/shop-dev", "111111111111");
  const security = root("accounts/shop-security", "555555555555");
  new Guardduty(security, "threats", { name: "shop", alertTopicArn: TOPIC, organization: true });
  expect(select([alone, account, dev, security], "all")).toEqual({
    living: [
      { account, environments: [dev] },
      { account: alone, environments: [] },
    ],
    standing: [],
    leftOut: [security],
  });
});

test("a migration stands at night in the lane of its account, because it finds the network of another root", () => {
  const migration = {
    tables: ["shop.orders"],
    rehearsal: { assessmentWarnings: 0, fullLoadMinutes: 60, latencySeconds: 30, latencyMinutes: 30 },
    rollback: { latencySeconds: 300, latencyMinutes: 5, errorPercent: 1, errorMinutes: 10, signOffMinutes: 60 },
  };
  const [account, dev] = [root("accounts/shop-dev", "111111111111"), root("environments/shop/dev/aws", "111111111111")];
  const rehearsal = newRoot({ path: "environments/shop/dev/rehearsal", accountId: "111111111111", migration });
  expect(select([account, dev, rehearsal], "all")).toEqual({
    living: [],
    standing: [{ account, environments: [dev, rehearsal] }],
    leftOut: [],
  });
  const { living, standing } = select([account, dev, rehearsal], "one");
  expect([living, standing]).toEqual([[], []]);
});

const component = (path: string, wave: number) =>
  newRoot({ ...shopProps("test", wave), path: `environments/shop/${path}` });

test("roots that read from each other stand at night, without those whose publisher is not applied", () => {
  const [network, api, other] = [component("test/network", 1), component("test/api", 2), component("other/api", 2)];
  new NetworkParameters(network, "parameters", { path: "/shop/test", ...NETWORK.standIns });
  new NetworkLookup(api, "network", { path: "/shop/test" });
  new NetworkLookup(other, "network", { path: "/shop/other" });
  const account = root("accounts/shop-dev", "111111111111");
  expect(select([account, other, api, network], "all")).toEqual({
    living: [],
    standing: [{ account, environments: [api, network] }],
    leftOut: [other],
  });
  const { living, standing, leftOut } = select([account, other, api, network], "one");
  expect([living, standing]).toEqual([[], []]);
  expect(leftOut.map(({ address }) => address)).toEqual([account, other, api, network].map(({ address }) => address));
});

test("a root is applied after the earlier waves of its system, also those of another environment", () => {
  const [primary, standby, peering] = [component("test", 1), component("dr", 2), component("test/peering", 3)];
  const elsewhere = newRoot({ ...shopProps("test", 1), path: "environments/stock/test" });
  expect([primary, elsewhere, standby, peering].map((root) => isBefore(root, standby))).toEqual([
    true,
    false,
    false,
    false,
  ]);
  expect([primary, standby].map((root) => isBefore(root, peering))).toEqual([true, true]);
});

test("an environment whose account has no root is refused", () => {
  expect(() => select([root("environments/shop/dev", "444444444444")], "one")).toThrow(
    "got no root of account 444444444444; allowed: one below accounts/",
  );
});
