/** The pages in docs/systems name what the committed tree has: outputs, alarms, secrets, images, resources, commands. */
import { existsSync } from "node:fs";
import path from "node:path";
import { Command } from "commander";
import { z } from "zod";
import { add as addRollback } from "../../lib/cli/rollback";
import { roots } from "../../main";
import { describeWhere } from "../support/needed";
import { checkedCommands } from "../support/runbook/aws-commands";
import { findAwsModule } from "../support/runbook/needed";
import { filesOf, keysOf, pageOf, rootsOf, SYSTEMS } from "./system-page";

test("every system has a page, and every page has a system", () => {
  const systems = roots.flatMap(({ address }) => /^environments\/([^/]+)\//.exec(address)?.[1] ?? []);
  expect(SYSTEMS.sort()).toEqual([...new Set(systems)].sort());
});

test("pages have arguments of rollbacks", () => {
  const lines = SYSTEMS.flatMap((system) => pageOf(filesOf(system)).lines("text"));
  expect(lines.filter((line) => / --/.test(line)).length).toBeGreaterThan(2);
});

describe.each(SYSTEMS)("the page of %s", (system) => {
  const files = filesOf(system);
  const page = pageOf(files);
  const environments = rootsOf(system);
  const all = (names: (one: (typeof environments)[number]) => readonly string[]) =>
    [...new Set(environments.flatMap(names))].sort();

  test("has the sections that people look for", () => {
    expect(page.headings).toEqual(
      expect.arrayContaining([
        "Architecture",
        "Outputs",
        "The first apply",
        "Images",
        "Secrets",
        "Alarms",
        "Roll back and restore",
        "Teardown",
      ]),
    );
  });

  test("names each output of its roots", () => {
    expect(page.named("Outputs").sort()).toEqual(all(({ outputs }) => outputs));
  });

  test("names each alarm once", () => {
    const alarms = all(({ calls }) =>
      Object.entries(calls.alarms ?? {}).flatMap(([input, value]) => (input.endsWith("alarms") ? keysOf(value) : [])),
    );
    expect(page.named("Alarms").sort()).toEqual(alarms);
  });

  test("names each secret and each image", () => {
    const secrets = all(({ name, secrets }) =>
      secrets.map((secret) =>
        secret
          .replace(`${system}-${name}/`, `${system}-<environment>/`)
          .replace(`${system}/${name}/`, `${system}/<environment>/`),
      ),
    );
    expect(
      page
        .named("Secrets")
        .filter((name) => name.startsWith(system))
        .sort(),
    ).toEqual(secrets);
    const images = all(({ calls }) => z.array(z.string()).parse(calls.images?.services ?? []));
    expect(
      page
        .named("Images")
        .filter((name) => images.includes(name))
        .sort(),
    ).toEqual(images);
  });

  test("uses names that resources have", () => {
    const own = new RegExp(
      `(?:^|[/:])(${system}-(?:<environment>|${environments.map(({ name }) => name).join("|")})[\\w/-]*)$`,
    );
    const words = [...page.codes, ...[...page.lines("sh"), ...page.lines("text")].flatMap((line) => line.split(" "))];
    const names = words.flatMap((word) => own.exec(word)?.[1] ?? []).filter((name) => !NEW.test(name));
    expect(names.length).toBeGreaterThanOrEqual(all(({ secrets }) => secrets).length > 0 ? 6 : 0);
    const missing = names.filter(
      (name) => !environments.some((one) => has(one.texts, name.replace("<environment>", one.name))),
    );
    expect(missing).toEqual([]);
  });

  test("has links to files that exist", () => {
    const broken = files.flatMap((file) => {
      const links = pageOf([file]).links.filter((link) => !/^(#|https:)/.test(link));
      return links.filter((link) => !existsSync(path.join(path.dirname(file), link.replace(/#.*/, ""))));
    });
    expect(broken).toEqual([]);
  });

  test("has arguments that `groundplan rollback` takes", () => {
    const lines = page.lines("text").filter((line) => / --/.test(line));
    const program = new Command();
    addRollback(program);
    const commands = program.commands.find((command) => command.name() === "rollback")?.commands ?? [];
    for (const line of lines) {
      const [name, ...rest] = line.split(" ");
      const command = commands.find((one) => one.name() === name);
      const given = rest.filter((word) => word.startsWith("--"));
      const options = command?.options ?? [];
      expect(options.map(({ long }) => long)).toEqual(expect.arrayContaining(given));
      expect(given).toEqual(
        expect.arrayContaining(options.flatMap(({ mandatory, long }) => (mandatory ? [long] : []))),
      );
    }
  });

  if (files.length > 1) testComponents(files, environments);

  describeWhere({ mark: "moto", find: findAwsModule }, "with the AWS CLI", () => {
    const lines = page.lines("sh");
    let checked: ReturnType<typeof checkedCommands>;
    beforeAll(() => {
      checked = checkedCommands(lines);
    }, 60_000);

    test.each(lines.map((line, i) => [line, i] as const))(
      "%s is a command that it takes, in a region of the system",
      (line, i) => {
        expect(line).toMatch(/^aws /);
        expect(environments.flatMap(({ regions }) => regions)).toContain(/--region (\S+)/.exec(line)?.[1]);
        expect(checked[i]).toEqual([0, ""]);
      },
    );
  });
});

/** The page of each component has the same sections. */
function testComponents(files: readonly string[], roots: ReturnType<typeof rootsOf>): void {
  const components = [...new Set(roots.map(({ component }) => component))];
  describe.each(components)("and that of its component %s", (component) => {
    const page = pageOf(files.filter((file) => path.basename(file) === `${component}.md`));
    const own = roots.filter((root) => root.component === component);
    const all = (names: (one: (typeof own)[number]) => readonly string[]) => [...new Set(own.flatMap(names))].sort();

    test("has the sections that each component has", () => {
      expect(page.headings).toEqual(expect.arrayContaining(["Architecture", "Addresses", "Operation"]));
    });

    test("names each address", () => {
      const calls = all((root) => Object.keys(root.calls).map((call) => `module.${call}`));
      expect(page.named("Addresses").sort()).toEqual(calls);
    });

    test("names each parameter", () => {
      expect(page.named("Parameters").sort()).toEqual(all(({ parameters }) => parameters));
    });
  });
}

/** Names that a command of a page creates, and those that a person may choose. */
const NEW = /-(?:restored|last|migration)$/;

/** A secret or a bucket has the name, or a name with a part of it behind a slash, as images have. */
function has(texts: ReadonlySet<string>, name: string): boolean {
  return texts.has(name) || [...texts].some((text) => text.startsWith(`${name}/`));
}
