import { mainWith, Project } from "./project";

jest.setTimeout(60_000);

const project = new Project();
const isolation = () => project.run(["isolation"]);

const IN_DEV = "arn:aws:iam::222222222222:root";

/** Environments in accounts of their own. The zone of one of them is named so that it names the account of the other. */
async function synthesizeNaming(zoneIn: "dev" | "prod", account: string, isolated?: string): Promise<void> {
  const main = mainWith("dev", "prod")
    .replace('accountId: "111111111111"', 'accountId: name === "prod" ? "111111111111" : "222222222222"')
    .replace("    tags:", '    production: name === "prod",\n    tags:')
    .replace('backend: { bucket: "state"', "backend: { bucket: `state-${name}`")
    .replace(
      "arn:aws:kms:us-east-1:111111111111:alias/state",
      '" + `arn:aws:kms:us-east-1:${name === "prod" ? 111111111111 : 222222222222}:alias/state` + "',
    )
    .replace("`${name}.orders.example`", `name === "${zoneIn}" ? "${account}" : \`\${name}.orders.example\``);
  project.write("main.ts", isolated === undefined ? main : `${main}\nexport const isolation = ${isolated};\n`);
  expect(await project.run(["synth"])).toMatchObject({ exitCode: 0, stderr: "" });
}

const counts = (undeclared: number, declared: number, missing: number) =>
  `accounts of production: 1, resources read: 2; crossings: ${undeclared} undeclared, ${declared} declared, ${missing} declared and not found\n`;

const crossing = (names: string) =>
  `{ trusted: {}, crossings: [{ root: "environments/orders/prod", address: "module.zone.aws_route53_zone.this", names: "${names}", reason: "A test" }] }`;

test("environments whose accounts name nothing of each other are isolated", async () => {
  await synthesizeNaming("dev", "dev.example");
  expect(await isolation()).toEqual({ exitCode: 0, signal: null, stderr: "", stdout: counts(0, 0, 0) });
});

test("an environment that names the account of production ends with exit code 1", async () => {
  await synthesizeNaming("dev", "111111111111.example");
  expect(await isolation()).toMatchObject({
    exitCode: 1,
    stdout: `${counts(1, 0, 0)}environments/orders/dev module.zone.aws_route53_zone.this name: names something of production: 111111111111.example\n`,
  });
});

test("production that names another account needs a declared crossing", async () => {
  await synthesizeNaming("prod", IN_DEV);
  expect(await isolation()).toMatchObject({
    exitCode: 1,
    stdout: `${counts(1, 0, 0)}environments/orders/prod module.zone.aws_route53_zone.this name: names somebody outside of production: ${IN_DEV}\n`,
  });
  await synthesizeNaming("prod", IN_DEV, crossing(IN_DEV));
  expect(await isolation()).toMatchObject({ exitCode: 0, stdout: expect.stringContaining(counts(0, 1, 0)) });
});

test("a declared crossing that is not found, and an invalid declaration, are reported", async () => {
  await synthesizeNaming("prod", IN_DEV, crossing("222222222222"));
  expect(await isolation()).toMatchObject({
    exitCode: 1,
    stdout: expect.stringContaining(
      "environments/orders/prod module.zone.aws_route53_zone.this: declared and not found; remove it: 222222222222\n",
    ),
  });
  await synthesizeNaming("prod", IN_DEV, '{ trusted: { prod: "A test" }, crossings: [] }');
  expect(await isolation()).toMatchObject({
    exitCode: 2,
    stderr: expect.stringMatching(/main\.ts\n {2}isolation\.trusted\.prod: /),
  });
  await synthesizeNaming("prod", IN_DEV, '{ trusted: {}, crossings: [], confined: { transfer: "A test" } }');
  expect(await isolation()).toMatchObject({
    exitCode: 2,
    stderr: expect.stringMatching(/main\.ts\n {2}isolation\.confined\.transfer: /),
  });
});

test("an account has environments of one kind", async () => {
  project.write("main.ts", mainWith("dev", "prod").replace("    tags:", '    production: name === "prod",\n    tags:'));
  expect(await project.run(["synth"])).toMatchObject({ exitCode: 0, stderr: "" });
  expect(await isolation()).toMatchObject({
    exitCode: 2,
    stderr: `isolation\n  got account 111111111111 with environments of both kinds; allowed: production alone, or none of it\n`,
  });
});
