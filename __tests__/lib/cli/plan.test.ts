import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { describeWithTerraform } from "../../support/terraform-needed";
import { answerOf, Project } from "./project";

jest.setTimeout(120_000);

const project = new Project();
const tree = () => readdirSync(project.file("terraform"), { recursive: true });
const offline = (...args: string[]) => project.run(["plan", "orders/dev", "--offline", ...args]);

beforeAll(() => project.synthesize("dev", "prod"));

test("an unknown root is an error that lists the known ones", async () => {
  expect(await project.run(["plan", "orders/stage", "--offline"])).toMatchObject({
    exitCode: 2,
    stderr: 'unknown root\n  got "orders/stage"; allowed: orders/dev, orders/prod\n',
  });
});

test("an unknown account is an error that lists the known accounts", async () => {
  expect(await project.run(["bootstrap", "orders"])).toMatchObject({
    exitCode: 2,
    stderr: 'unknown account\n  got "orders"; allowed: none, since main.ts has no root of an account\n',
  });
});

test("a missing Terraform is reported with the required version and the searched folders", async () => {
  expect(await project.run(["plan", "orders/dev", "--offline"], { PATH: "/nowhere" })).toMatchObject({
    exitCode: 2,
    stderr: expect.stringMatching(
      /terraform\n {2}got none in \/nowhere; allowed: a terraform of version >= 1\.11\.0, < 2\.0\.0 on PATH\n$/,
    ),
  });
});

describeWithTerraform("groundplan plan --offline", () => {
  afterEach(() => expect(readdirSync(project.temporary)).toEqual([]));

  test("shows Terraform's plan and reports each step on stderr", async () => {
    const before = tree();
    const { exitCode, stdout, stderr } = await offline();
    expect(exitCode).toBe(0);
    expect(stdout).toContain("# module.zone.aws_route53_zone.this will be created");
    expect(stdout).toContain("Plan: 1 to add, 0 to change, 0 to destroy.");
    expect(stderr).toMatch(/orders\/dev: terraform init\n$/);
    expect(tree()).toEqual(before);
  });

  test("--json prints the plan's JSON on stdout and nothing else", async () => {
    const { exitCode, stdout } = await offline("--json");
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      format_version: expect.any(String),
      planned_values: { root_module: { child_modules: [{ address: "module.zone" }] } },
    });
  });

  test("arguments after -- go to terraform plan, and its exit code comes back", async () => {
    const { exitCode, stdout } = await offline("--", "-detailed-exitcode", "-target=module.zone");
    expect(exitCode).toBe(2);
    expect(stdout).toContain("Plan: 1 to add");
  });

  test("a failed plan ends with exit code 1 and Terraform's reason", async () => {
    const broken = "terraform/environments/orders/dev/outputs.tf.json";
    const content = readFileSync(project.file(broken), "utf8");
    project.write(broken, content.replace("module.zone.arn", "module.gone.arn"));
    const { exitCode, stderr } = await offline();
    project.write(broken, content);
    expect(exitCode).toBe(1);
    expect(stderr).toContain("Reference to undeclared module");
    expect(stderr).toMatch(/orders\/dev: terraform plan failed \(exit code 1\)\n$/);
  });

  test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
    "%s stops Terraform and leaves nothing behind",
    async (signal) => {
      const child = project.start(["plan", "orders/dev", "--offline"]);
      const answer = answerOf(child);
      let told = "";
      while (child.stderr !== null && !told.includes("terraform init"))
        told += String(await once(child.stderr, "data"));
      child.kill(signal);
      expect(await answer).toMatchObject({ exitCode: null, signal, stdout: "" });
    },
  );

  test("a missing CLI configuration of Terraform is reported in one line", async () => {
    const { exitCode, stderr } = await project.run(["plan", "orders/dev", "--offline"], {
      TF_CLI_CONFIG_FILE: "/nowhere/terraformrc",
    });
    expect(exitCode).toBe(0);
    expect(stderr).toBe(
      "TF_CLI_CONFIG_FILE names /nowhere/terraformrc, which is no file and is ignored\n" +
        "orders/dev: terraform init\n",
    );
  });
});

describeWithTerraform("groundplan plan", () => {
  test("reports settings of the machine that make the plan differ from the pipeline's, and continues", async () => {
    project.write("own.rc", "provider_installation {\n  dev_overrides {}\n  direct {}\n}\n");
    const { stderr } = await project.run(["plan", "orders/dev"], {
      TF_WORKSPACE: "other",
      TF_CLI_ARGS: "-no-color",
      TF_VAR_a: "b",
      TF_CLI_CONFIG_FILE: project.file("own.rc"),
      AWS_CONFIG_FILE: "/dev/null",
      AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
      AWS_PROFILE: "not-there",
    });
    expect(stderr).toMatch(
      new RegExp(
        "^TF_CLI_ARGS is set and used; the pipeline ignores it\\n" +
          "TF_VAR_a is set and used; the pipeline ignores it\\n" +
          "TF_WORKSPACE is set and used; the pipeline ignores it\\n" +
          ".*/own.rc has dev_overrides, which are used; the pipeline refuses them\\n" +
          "orders/dev: terraform init\\n",
      ),
    );
    const kept = await project.run(["plan", "orders/dev", "--keep", "kept"], {
      TF_CLI_CONFIG_FILE: project.file("own.rc"),
    });
    expect(kept).toMatchObject({
      exitCode: 2,
      stderr: `${project.file("own.rc")}\n  got dev_overrides; allowed: none to save or apply a plan, since they replace the providers of the lock file\n`,
    });
  });

  test("plans in the root itself, with its backend and the user's credentials", async () => {
    const { exitCode, stderr } = await project.run(["plan", "orders/dev"], {
      AWS_PROFILE: "not-there",
      AWS_CONFIG_FILE: "/dev/null",
      AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    });
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/orders\/dev: terraform init failed \(exit code 1\)\n[\s\S]*not-there/);
  });
});
