import { mainWith, Project } from "./project";

jest.setTimeout(60_000);

const project = new Project();
const parity = (...args: string[]) => project.run(["parity", ...args]);

/** Environments of the orders system whose zone in prod is called otherwise than in dev, and what prod says of it. */
async function synthesizeOther(differences = ""): Promise<void> {
  const main = mainWith("dev", "prod")
    .replace("`${name}.orders.example`", '`${name}.orders.example${name === "prod" ? "-old|x" : ""}`')
    .replace(
      "  });\n  const zone",
      `    ...(name === "prod" && { differences: [${differences}] }),\n  });\n  const zone`,
    );
  project.write("main.ts", main);
  expect(await project.run(["synth"])).toMatchObject({ exitCode: 0, stderr: "" });
}

const counts = (undeclared: number, declared: number) =>
  `orders: environments: 2 (dev, prod), calls: 1, inputs compared: 1; differences: ${undeclared} undeclared, ${declared} declared, 0 in sizing\n`;

test("environments that differ in identity only are at parity", async () => {
  await project.synthesize("dev", "prod");
  expect(await parity()).toEqual({ exitCode: 0, signal: null, stderr: "", stdout: counts(0, 0) });
  expect(await parity("orders")).toMatchObject({ exitCode: 0, stdout: counts(0, 0) });
});

test("a system with one environment is at parity", async () => {
  await project.synthesize("dev");
  expect(await parity()).toMatchObject({ exitCode: 0, stdout: expect.stringContaining("environments: 1 (dev)") });
});

describe("an undeclared difference ends with exit code 1", () => {
  beforeAll(() => synthesizeOther());

  test("for people", async () => {
    expect(await parity("orders")).toMatchObject({
      exitCode: 1,
      stdout: `${counts(1, 0)}
Undeclared differences:
place      dev                             prod
zone.name  "<environment>.orders.example"  "<environment>.orders.example-old|x"
`,
    });
  });

  test("as Markdown", async () => {
    expect(await parity("--markdown")).toMatchObject({
      exitCode: 1,
      stdout: `## Parity of orders

${counts(1, 0)}
### Undeclared differences

| place | dev | prod |
| --- | --- | --- |
| \`zone.name\` | \`"<environment>.orders.example"\` | \`"<environment>.orders.example-old\\|x"\` |
`,
    });
  });

  test("as JSON", async () => {
    const { exitCode, stdout } = await parity("--json");
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout)).toEqual({
      systems: [
        {
          system: "orders",
          ending: [],
          environments: ["dev", "prod"],
          calls: 1,
          inputs: 1,
          undeclared: [
            {
              place: "zone.name",
              values: { dev: '"<environment>.orders.example"', prod: '"<environment>.orders.example-old|x"' },
            },
          ],
          declared: [],
          sizing: [],
        },
      ],
    });
  });
});

test("a declared difference passes and is reported with its reason", async () => {
  await synthesizeOther('{ at: "zone.name", reason: "Older than the others." }');
  expect(await parity()).toMatchObject({
    exitCode: 0,
    stdout: `${counts(0, 1)}
Declared differences:
place      dev                             prod                                  declared  reason
zone.name  "<environment>.orders.example"  "<environment>.orders.example-old|x"  prod      Older than the others.
`,
  });
});

describe("exit code 2:", () => {
  test("a declaration of nothing", async () => {
    await synthesizeOther('{ at: "zone.name", reason: "Older." }, { at: "queue", reason: "None." }');
    expect(await parity()).toMatchObject({
      exitCode: 2,
      stdout: "",
      stderr: `orders: bad declared differences
  main.ts, differences[1].at: got "queue", a call that no environment has; allowed: zone, terraform, provider, output
`,
    });
  });

  test("an unknown system", async () => {
    expect(await parity("order")).toMatchObject({
      exitCode: 2,
      stdout: "",
      stderr: 'unknown system\n  got "order"; allowed: orders\n',
    });
  });

  test("two forms at once", async () => {
    const { exitCode, stderr } = await parity("--json", "--markdown");
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: "error: option '--markdown' cannot be used with option '--json'\n",
    });
  });

  test("a root that has not been synthesized", async () => {
    project.write("main.ts", mainWith("dev", "stage"));
    const { exitCode, stderr } = await parity();
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr:
        "environments/orders/stage\n  got no Terraform files; allowed: a folder that `groundplan synth` has written\n",
    });
  });
});
