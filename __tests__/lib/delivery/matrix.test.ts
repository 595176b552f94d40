import { Root } from "../../../lib";
import { matrix } from "../../../lib/delivery/matrix";
import { shopProps } from "./shop";

const root = (environment: string, wave: 1 | 2 | 3 | 4) => new Root(shopProps(environment, wave));
const names = (rows: readonly { readonly name: string }[]) => rows.map(({ name }) => name);

test("the roots of a system stand in their waves, and those of accounts apart", () => {
  const account = new Root({ ...shopProps("x"), path: "accounts/shop" });
  const other = new Root({ ...shopProps("x"), path: "environments/depot/prod" });
  const { accounts, systems, chunks } = matrix([root("prod", 3), root("dev", 1), account, root("eu", 3), other], []);
  expect(names(accounts)).toEqual(["accounts/shop"]);
  expect(systems.map(({ system, waves }) => [system, waves.map(names)])).toEqual([
    ["depot", [["depot/prod"], [], [], []]],
    ["shop", [["shop/dev"], [], ["shop/eu", "shop/prod"], []]],
  ]);
  expect(chunks.map(names)).toEqual([["accounts/shop", "depot/prod", "shop/dev", "shop/eu", "shop/prod"]]);
});

test("a root without delivery is left out", () => {
  const { delivery: _, ...props } = shopProps("dev");
  expect(matrix([new Root(props)], ["environments/shop/old"])).toEqual({
    format: 1,
    removed: ["environments/shop/old"],
    chunks: [],
    accounts: [],
    systems: [],
  });
});

test("a matrix has at most 256 jobs, so the rows come in chunks that lose none", () => {
  const roots = Array.from({ length: 600 }, (_, i) => root(`e${i}`, 1));
  const { chunks } = matrix(roots, []);
  expect(chunks.map((chunk) => chunk.length)).toEqual([256, 256, 88]);
  expect(new Set(chunks.flat().map((row) => row.root)).size).toBe(600);
});
