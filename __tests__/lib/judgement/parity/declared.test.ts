import type { Difference } from "../../../../lib/generator/root/root-props";
import { compare, planted, plantedCall } from "./planted";

const reason = "The old application still asks for it until June.";
const command = plantedCall("dev", ["migrations_task", "command"], ["alembic", "upgrade", "+1"]);

describe("a declared difference", () => {
  test.each([
    ["at its place", "migrations_task.command"],
    ["at its call", "migrations_task"],
  ])("passes with its reason, declared %s", (_, at) => {
    const { undeclared, declared } = compare(command, { dev: [{ at, reason }] });
    expect(undeclared).toEqual([]);
    expect(declared).toEqual([
      {
        place: "migrations_task.command[2]",
        values: { dev: '"+1"', stage: '"head"', prod: '"head"' },
        declarations: [{ environment: "dev", at, reason }],
      },
    ]);
  });

  test("may be declared by an environment that has no value there", () => {
    const extra = plantedCall("dev", ["dashboard"], undefined);
    const { undeclared, declared } = compare(extra, { dev: [{ at: "dashboard", reason }] });
    expect({ undeclared, places: declared.map(({ place }) => place) }).toEqual({
      undeclared: [],
      places: ["dashboard"],
    });
  });

  test("may be an output", () => {
    const file = "environments/shop/dev/outputs.tf.json";
    const files = planted(file, ["output", "old"], { value: "${module.cluster.name}" });
    expect(compare(files, { dev: [{ at: "output.old", reason }] }).undeclared).toEqual([]);
  });

  test("may be the version of a provider, which one environment takes before the others", () => {
    const at = ["terraform", "required_providers", "aws", "version"];
    const files = planted("environments/shop/dev/versions.tf.json", at, "6.25.0");
    expect(compare(files, { dev: [{ at: at.join("."), reason }] })).toMatchObject({
      undeclared: [],
      declared: [{ place: "terraform.required_providers.aws.version" }],
    });
  });

  test("covers no other place", () => {
    const both = plantedCall("dev", ["migrations_task", "name"], "other", command);
    const { undeclared } = compare(both, { dev: [{ at: "migrations_task.command", reason }] });
    expect(undeclared.map(({ place }) => place)).toContain("migrations_task.name");
  });

  test("of an input covers the resulting rules, and no other input of the call", () => {
    const connections = ["security_groups", "connections"];
    const connection = { from: "load-balancer", to: "database", port: 5432, description: "Reports" };
    const one = plantedCall("dev", [...connections, "reports"], connection);
    const declaring = { dev: [{ at: "security_groups.connections.reports", reason }] };
    expect(compare(one, declaring)).toMatchObject({ undeclared: [], declared: { length: 3 } });
    const two = plantedCall("dev", [...connections, "more"], { ...connection, port: 22 }, one);
    expect(compare(two, declaring).undeclared.map(({ place }) => place)).toEqual(["security_groups.connections.more"]);
  });
});

describe("a declaration is refused", () => {
  const refused = (differences: readonly Difference[]) => () => compare(command, { dev: differences });

  test("if it no longer covers a difference", () => {
    expect(refused([{ at: "documents.cors_origins", reason }])).toThrow(
      `shop: bad declared differences
  environments/shop/dev.ts, differences[0].at: got "documents.cors_origins", where the environments differ only in sizing and identity; allowed: a place with another difference`,
    );
  });

  test("if only sizing differs", () => {
    expect(refused([{ at: "backend_service.max_tasks", reason }])).toThrow("only in sizing and identity");
  });

  test("if it names a call or an input that no environment has, in one message", () => {
    expect(
      refused([
        { at: "migrations_task.command", reason },
        { at: "edge_cache", reason },
        { at: "alias.adress", reason },
      ]),
    ).toThrow(
      /differences\[1\]\.at: got "edge_cache", a call that no environment has; allowed: alarms, alerts, .*, terraform, provider, output\n.*differences\[2\]\.at: got "alias\.adress", an input that alias has in no environment; allowed: name, zone_id, target_dns_name, target_zone_id$/,
    );
  });
});
