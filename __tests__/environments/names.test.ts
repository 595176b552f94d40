/** The systems of this repository are known to environments/ alone. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { roots } from "../../main";

const PROJECT = path.join(__dirname, "../..");

test("neither the generator nor a module contains the name of a system", () => {
  const systems = new Set(roots.flatMap(({ address }) => /^environments\/([^/]+)\//.exec(address)?.[1] ?? []));
  expect([...systems]).toEqual(expect.arrayContaining(["credentialmate", "orders"]));
  const sources = ["lib", "modules"].flatMap((folder) =>
    readdirSync(path.join(PROJECT, folder), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .map((file) => path.join(folder, file)),
  );
  expect(sources.length).toBeGreaterThan(300);
  const named = sources.filter((file) => {
    const text = readFileSync(path.join(PROJECT, file), "utf8").toLowerCase();
    return [...systems].some((system) => new RegExp(`\\b${system}\\b`).test(text));
  });
  expect(named).toEqual([]);
});
