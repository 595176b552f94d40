import { newRoot } from "../lib/generator/support";
import { select } from "./lanes";

const root = (path: string, accountId: string) => newRoot({ path, accountId });
const ROOTS = [
  root("accounts/shop-dev", "111111111111"),
  root("accounts/shop-prod", "222222222222"),
  root("environments/shop/dev", "111111111111"),
  root("environments/shop/prod", "222222222222"),
  root("environments/shop/dr", "222222222222"),
  root("environments/billing/dev", "111111111111"),
];

const names = (which: "one" | "all") => {
  const { lanes, leftOut } = select(ROOTS, which);
  return {
    lanes: lanes.map(({ account, environments }) => [account, ...environments].map(({ address }) => address)),
    leftOut: leftOut.map(({ address }) => address),
  };
};

test("one environment of each system is taken with its account, and the others are named", () => {
  expect(names("one")).toEqual({
    lanes: [["accounts/shop-dev", "environments/shop/dev", "environments/billing/dev"]],
    leftOut: ["accounts/shop-prod", "environments/shop/prod", "environments/shop/dr"],
  });
});

test("all environments are taken in a lane for each account", () => {
  expect(names("all")).toEqual({
    lanes: [
      ["accounts/shop-dev", "environments/shop/dev", "environments/billing/dev"],
      ["accounts/shop-prod", "environments/shop/prod", "environments/shop/dr"],
    ],
    leftOut: [],
  });
});

test("a migration is left out, because it finds the network of another root", () => {
  const migration = {
    tables: ["shop.orders"],
    rehearsal: { assessmentWarnings: 0, fullLoadMinutes: 60, latencySeconds: 30, latencyMinutes: 30 },
    rollback: { latencySeconds: 300, latencyMinutes: 5, errorPercent: 1, errorMinutes: 10, signOffMinutes: 60 },
  };
  const rehearsal = newRoot({ path: "environments/shop/rehearsal", accountId: "111111111111", migration });
  expect(select([...ROOTS, rehearsal], "all").leftOut).toEqual([rehearsal]);
});

test("an environment whose account has no root is refused", () => {
  expect(() => select([root("environments/shop/dev", "333333333333")], "one")).toThrow(
    "got no root of account 333333333333; allowed: one below accounts/",
  );
});
