/** Erasures, seeds and masked logs in the roots of Formula. */
import { z } from "zod";
import { dev } from "../../../environments/formula/dev";
import { prod } from "../../../environments/formula/prod";
import { staging } from "../../../environments/formula/staging";
import { formula } from "../../../environments/formula/system";
import { failure } from "../../lib/generator/support";
import { configurationOf } from "./roots";

const environments = [dev, staging, prod];
const NAMED = z.object({ name: z.string() });
const MASKED = z.object({ log_group_name: z.string() });

function rootOf({ name }: { readonly name: string }) {
  return configurationOf(`environments/formula/${name}`);
}

describe.each(environments)("in $name", (environment) => {
  const root = rootOf(environment);
  const input = (call: string, name: string) => root.calls.find(({ id }) => id === call)?.inputs[name];

  test("the erasure and its replay run as the user of the service, not as the master user", () => {
    const secrets = JSON.stringify(input("erasure_task", "secrets"));
    expect(secrets).toContain("DATABASE_USERNAME");
    expect(secrets).toEqual(JSON.stringify(input("blue_task", "secrets")));
    expect(input("erasure", "task_family")).toBe(`formula-${environment.name}-erasure`);
    expect(input("erasure", "erase_command")).toEqual(input("erasure_task", "command"));
  });

  test("each colour of the service may write requests and start erasures, and nobody else may", () => {
    const allowed = ["ReadErasureSalt", "RequestErasures", "StartErasures", "UseErasureKey"];
    const permissions = root.calls.flatMap(({ id, inputs }) => {
      const given = z.looseObject({}).safeParse(inputs.permissions).data ?? {};
      const names = Object.keys(given).filter((name) => allowed.includes(name));
      return names.length > 0 ? [[id, names.sort()]] : [];
    });
    expect(permissions).toEqual(environment.colours.map((colour) => [`${colour}_task`, allowed]));
  });

  test("the logs of every program that reads users are masked", () => {
    // The import reads masked data.
    const withoutUsers = ["masked_import_task", "migrations_task", "roles_task", "seed_task"];
    const groups = root
      .of("aws_cloudwatch_log_group")
      .filter(({ call }) => /_task$|^executions$/.test(call) && !withoutUsers.includes(call));
    expect(groups.length).toBeGreaterThanOrEqual(environment.colours.length + 2);
    expect(
      root
        .of("aws_cloudwatch_log_data_protection_policy")
        .map(({ values }) => MASKED.parse(values).log_group_name)
        .sort(),
    ).toEqual(groups.map(({ values }) => NAMED.parse(values).name).sort());
  });
});

test("only development has a task that seeds", () => {
  const seeding = environments.filter((environment) => rootOf(environment).calls.some(({ id }) => id === "seed_task"));
  expect(seeding).toEqual([dev]);
});

test.each([
  [
    { ...prod, seeded: true },
    "environments/formula/prod\n  seeded: got true in an environment with production; allowed: false",
  ],
  [
    { ...staging, seeded: true },
    "environments/formula/staging\n  seeded: got true in an environment with data that is confidential; allowed: false",
  ],
])("seeds are refused where data of people is: %#", (environment, message) => {
  expect(failure(() => formula(environment)).message).toContain(message);
});
