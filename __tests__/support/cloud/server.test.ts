import { newRoot } from "../../lib/generator/support";
import { hostedZones } from "./server";

test("environments that name the same hosted zone get one, with the name that all of their domains end in", () => {
  const root = (name: string, identity: Record<string, string[]>) =>
    newRoot({ path: `environments/shop/${name}`, identity });
  const roots = [
    newRoot({ path: "accounts/shop" }),
    root("dev", { zone_id: ["Z1"], domain: ["dev.shop.example"] }),
    root("prod", { zone_id: ["Z2"], domain: ["api.shop.example"], certificate_domain: ["api.shop.example"] }),
    root("eu", { zone_id: ["Z3"], domain: ["api.eu.shop.example"], assets_domain: ["assets.eu.shop.example"] }),
    root("dr", { zone_id: ["Z2"], domain: ["api.shop.example"], certificate_domain: ["*.shop.example"] }),
  ];
  expect(hostedZones(roots)).toEqual([
    { id: "Z1", name: "dev.shop.example" },
    { id: "Z2", name: "shop.example" },
    { id: "Z3", name: "eu.shop.example" },
  ]);
});
