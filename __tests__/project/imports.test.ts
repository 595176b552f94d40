import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const project = path.resolve(__dirname, "../..");

const forbidden = [
  ["another module by a module", "modules/vpc/index.ts", "../s3"],
  ["another planner by a module", "modules/rds/index.ts", "../vpc/plan"],
  ["another module the long way round by a module", "modules/vpc/index.ts", "../../modules/s3"],
  ["an environment by a module", "modules/vpc/index.ts", "../../environments/common/accounts"],
  ["a module by a contract", "contracts/network.ts", "../modules/network-lookup"],
  ["a tool of this repository by the command line", "lib/cli/plan.ts", "../../.ci/local"],
  ["a module by the generator", "lib/generator/root/root.ts", "../../../modules/s3"],
  ["an environment by the generator", "lib/cli/plan.ts", "../../environments/common/accounts"],
  ["the composition root by an environment", "environments/shop/dev.ts", "../../main"],
  ["the composition root by what systems share", "environments/common/root.ts", "../../main"],
  ["the composition root by an account", "environments/accounts/roots.ts", "../../main"],
  ["a resource by an environment", "environments/shop/system.ts", "@cdktf/provider-aws/lib/eip"],
  ["a resource by an account", "environments/accounts/account.ts", "@cdktf/provider-aws/lib/eip"],
  ["a resource by what systems share", "environments/common/network.ts", "@cdktf/provider-aws/lib/eip"],
  ["another system by a system", "environments/shop/system.ts", "../web/system"],
  ["another system by a component", "environments/shop/cluster/system.ts", "../../web/system"],
  ["an account root by a system", "environments/shop/system.ts", "../accounts/account"],
  ["an account root by a component", "environments/shop/cluster/system.ts", "../../accounts/account"],
  ["a system by what systems share", "environments/common/root.ts", "../shop/dev"],
  ["an account root by what systems share", "environments/common/root.ts", "../accounts/roots"],
  ["the whole AWS provider by a module", "modules/vpc/index.ts", "@cdktf/provider-aws"],
  ["the whole Helm provider by the generator", "lib/generator/root/root.ts", "@cdktf/provider-helm"],
  ["the whole of another provider by a module", "modules/vpc/index.ts", "@cdktf/provider-random"],
  ["a system by a test of the library", "__tests__/lib/cli/plan.test.ts", "../../../environments/shop/dev"],
  ["a system by a test of a module", "__tests__/modules/vpc.test.ts", "../../environments/shop/dev"],
  ["a test of a system by what tests share", "__tests__/support/lambda.ts", "../environments/address"],
  [
    "the whole Kubernetes provider by a test",
    "__tests__/lib/generator/root/root.test.ts",
    "@cdktf/provider-kubernetes",
  ],
] as const;

/** Folders of `lib/`. Each may import only from those before it. */
const LAYERS = ["common", "generator", "aws", "kubernetes", "terraform", "judgement", "pipeline", "cli"];
const JUDGES = ["hcl", "configuration", "guardrails", "parity", "isolation", "gate", "assessment"];
const PIPELINE = ["bootstrap", "delivery", "github", "service", "workflows"];

function upwards(folder: string, layers: readonly string[]): [title: string, file: string, imported: string][] {
  return layers.flatMap((layer, i) =>
    layers
      .slice(i + 1)
      .map((later): [string, string, string] => [
        `lib ${later} by ${layer}`,
        `${folder}/${layer}/part/a.ts`,
        `../../${later}/part`,
      ]),
  );
}

const between = PIPELINE.flatMap((part) =>
  PIPELINE.filter((other) => other !== part).map((other): [string, string, string] => [
    `the pipeline ${other} by ${part}`,
    `lib/pipeline/${part}/a.ts`,
    `../${other}/part`,
  ]),
);

const refusedImports = [
  ...forbidden,
  ...upwards("lib", LAYERS),
  ...upwards("lib/judgement", JUDGES).map(
    ([title, file, imported]) => [`${title} in judgement`, file, imported] as const,
  ),
  ...between,
];

const allowed = [
  ["a part of the pipeline by a tool of this repository", ".ci/local/index.ts", "../../lib/pipeline/workflows/file"],
  ["an earlier layer by a later one", "lib/judgement/gate/a.ts", "../../terraform/plan"],
  ["the generator by a module", "modules/vpc/index.ts", "../../lib"],
  ["a contract by a module", "modules/network-lookup/index.ts", "../../contracts/network"],
  ["its own planner by a module", "modules/vpc/index.ts", "./plan"],
  ["a system by its test", "__tests__/environments/shop/address.test.ts", "../../../environments/shop/dev"],
  ["one resource by a module", "modules/vpc/index.ts", "@cdktf/provider-aws/lib/eip"],
  ["a module by an environment", "environments/shop/network.ts", "../../modules/vpc/plan"],
  ["a provider class by an environment", "environments/shop/system.ts", "@cdktf/provider-helm/lib/provider"],
  ["a provider class by an account", "environments/accounts/account.ts", "@cdktf/provider-aws/lib/provider"],
  ["a provider class by what systems share", "environments/common/root.ts", "@cdktf/provider-aws/lib/provider"],
  ["what systems share by a system", "environments/shop/system.ts", "../common/system-root"],
  ["what systems share by a component", "environments/shop/cluster/system.ts", "../../common/system-root"],
  ["data of the system by a component", "environments/shop/cluster/system.ts", "../environment"],
  ["a system by an account", "environments/accounts/roots.ts", "../shop/application"],
  ["its own part by what systems share", "environments/common/root.ts", "./accounts"],
] as const;

describe("an import", () => {
  let folder: string;
  let refused: string[];

  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), "imports-"));
    for (const part of ["biome.json", "lib/lint"]) {
      cpSync(path.join(project, part), path.join(folder, part), { recursive: true });
    }
    for (const [title, file, imported] of [...refusedImports, ...allowed]) {
      const target = path.join(folder, path.dirname(file), `${title.replaceAll(" ", "-")}.ts`);
      mkdirSync(path.dirname(target), { recursive: true });
      writeFileSync(target, `import * as imported from "${imported}";\nexport const used = imported;\n`);
    }
    const biome = path.join(project, "node_modules/@biomejs/biome/bin/biome");
    const { stdout } = spawnSync(process.execPath, [biome, "lint", "--vcs-enabled=false", "--reporter=github", "."], {
      cwd: folder,
      encoding: "utf8",
    });
    refused = [...stdout.matchAll(/noRestrictedImports,file=[^,]*?([^/,]+)\.ts,/g)].map(([, name = ""]) =>
      name.replaceAll("-", " "),
    );
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  test.each(refusedImports)("of %s is refused", (title) => {
    expect(refused).toContain(title);
  });

  test.each(allowed)("of %s passes", (title) => {
    expect(refused).not.toContain(title);
  });
});

function sources(folder: string): string[] {
  return readdirSync(path.join(project, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => path.join(folder, file));
}

test("neither the generator nor a module contains the name of an environment", () => {
  const named = [...sources("lib"), ...sources("modules")].filter((file) =>
    /["'`](?:dev|stage|staging|prod|production)["'`]/.test(readFileSync(path.join(project, file), "utf8")),
  );
  expect(named).toEqual([]);
});

test("no function has a parameter of type z.ZodType, which costs the compiler a quarter of a second", () => {
  const asking = [...sources("lib"), ...sources("modules"), ...sources("environments")].filter((file) =>
    /(?<!`)\bz\.ZodType\b(?!`)/.test(readFileSync(path.join(project, file), "utf8")),
  );
  expect(asking).toEqual([]);
});
