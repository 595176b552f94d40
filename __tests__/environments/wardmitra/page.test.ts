/**
 * The scripts in the page of WardMitra, played with the mock of AWS: they make what the roots read. The mock has no DMS that moves
 * data: the scripts of the rehearsal's runbook are read by the AWS CLI alone.
 */
import { execFile } from "node:child_process";
import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { Configurations, readTree } from "../../../lib/judgement/configuration";
import { temporaryFolder } from "../../lib/terraform/sample";
import { type Cloud, withCloud } from "../../support/cloud/server";
import { describeNightly, findAwsModule } from "../../support/runbook/needed";
import { TREE } from "../committed-tree";
import { filesOf, pageOf } from "../system-page";

jest.setTimeout(180_000);

const configurations = new Configurations(readTree(TREE));
const aws = configurations.root("environments/wardmitra/dev/aws");
const cluster = configurations.root("environments/wardmitra/dev/cluster");
const texts = (type: string, argument: string) => aws.of(type).map(({ values }) => String(values[argument]));
const [login = ""] = texts("aws_secretsmanager_secret", "name");
const [clusterName = ""] = texts("aws_eks_cluster", "name");
const folder = temporaryFolder();

const scripts = pageOf(filesOf("wardmitra")).scripts("bash");
/** The script of the page with a command. */
function scriptWith(command: string): string {
  const [script, ...others] = scripts.filter((one) => one.includes(command));
  if (script === undefined || others.length > 0)
    throw new Error(`the page has ${others.length + 1} scripts with ${command}`);
  return script;
}

/** Runs commands as a person does, who answers their questions. */
function run({ environment }: Pick<Cloud, "environment">, commands: string, answers = ""): Promise<string> {
  const shell = ["--norc", "--noprofile", "-e", "-u", "-o", "pipefail", "-c", commands];
  const env = { ...environment, AWS_PAGER: "", HOME: folder, PATH: `${folder}:${process.env.PATH}` };
  return new Promise((resolve, reject) => {
    const child = execFile("bash", shell, { cwd: folder, env }, (error, stdout, stderr) =>
      error === null ? resolve(stdout) : reject(new Error(`${commands}\n${stdout}${stderr}`)),
    );
    child.stdin?.end(answers);
  });
}

function program(name: string, script: string): void {
  writeFileSync(path.join(folder, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
}

const PARAMETER = z.object({
  Parameter: z.object({ Type: z.literal("SecureString"), Value: z.string() }),
});
const DESCRIBED = z.object({ Parameters: z.array(z.object({ Name: z.string(), KeyId: z.string() })) });

/** Names of the parameters that External Secrets reads and that no root makes. */
function readParameters(): string[] {
  const made = texts("aws_ssm_parameter", "name");
  const objects = JSON.stringify(cluster.calls.map(({ inputs }) => inputs.objects ?? null));
  const read = Array.from(objects.matchAll(/"key":"(\/[^"]+)"/g), ([, name = ""]) => name);
  return [...new Set(read)].filter((name) => !made.includes(name)).sort();
}

async function playedWith(cloud: Cloud) {
  const subnets = `$(aws ec2 describe-subnets --region ap-south-1 --query 'Subnets[:2].SubnetId' --output text | tr '\\t' ',')`;
  const role = "arn:aws:iam::777777777777:role/cluster";
  await run(
    cloud,
    `aws eks create-cluster --region ap-south-1 --name ${clusterName} --role-arn ${role} --resources-vpc-config subnetIds=${subnets}`,
  );
  await run(cloud, `aws secretsmanager create-secret --region ap-south-1 --name ${login} --secret-string '{}'`);
  const described: unknown = JSON.parse(await run(cloud, scriptWith("describe-secret")));
  // The mock rotates only with a function that it can run.
  const rotation = await run(cloud, `${scriptWith("rotate-secret")} --generate-cli-skeleton input`);
  await run(cloud, scriptWith("get-random-password"));
  const authority = await run(cloud, scriptWith("openssl req"));
  const arns = await run(cloud, scriptWith("create-secret"), "shop\nfirst token\nshop\nsecond token\n");
  await run(cloud, scriptWith("update-kubeconfig"));
  const list = await run(cloud, "aws ssm describe-parameters --region ap-south-1");
  const parameters = DESCRIBED.parse(JSON.parse(list)).Parameters;
  const value = async (name: string) => {
    const text = await run(cloud, `aws ssm get-parameter --region ap-south-1 --with-decryption --name ${name}`);
    return PARAMETER.parse(JSON.parse(text)).Parameter.Value;
  };
  const values = await Promise.all(parameters.map(async ({ Name }) => [Name, await value(Name)] as const));
  const registry =
    "aws secretsmanager get-secret-value --region ap-south-1 --query SecretString --output text --secret-id";
  const github = await run(cloud, `${registry} ecr-pullthroughcache/github`);
  return { described, rotation, authority, arns, parameters, values: new Map(values), github };
}

describeNightly("the scripts", () => {
  let played: Awaited<ReturnType<typeof playedWith>>;
  beforeAll(async () => {
    program("aws", `exec ${findAwsModule()} -m awscli "$@"`);
    program("kubectl", 'echo "$@" >> kubectl.log');
    played = await withCloud("777777777777", [], playedWith);
  });

  test("make the parameters that the cluster reads and no root makes, with the key of the environment", () => {
    expect(played.parameters.map(({ Name }) => Name).sort()).toEqual(readParameters());
    for (const { KeyId } of played.parameters) expect(texts("aws_kms_alias", "name")).toContain(KeyId);
    for (const [name, value] of played.values) {
      if (name.endsWith("-password")) expect(value).toMatch(/^[A-Za-z0-9]{40}$/);
    }
  });

  test("make an authority that signs with the key in the parameter", () => {
    const certificate = new X509Certificate(Buffer.from(played.authority.split("\n")[0] ?? "", "base64"));
    const [key = ""] = [...played.values].flatMap(([name, value]) => (name.endsWith("-authority-key") ? [value] : []));
    expect(certificate.ca).toBe(true);
    expect(certificate.checkPrivateKey(createPrivateKey(key))).toBe(true);
  });

  test("make the secrets that ECR reads, and print their ARNs", () => {
    const withoutSuffix = (arn: string) => arn.trim().replaceAll('"', "").slice(0, -7);
    const read = aws.of("aws_ecr_pull_through_cache_rule").flatMap(({ values }) => values.credential_arn ?? []);
    expect(played.arns.trim().split("\n").map(withoutSuffix).sort()).toEqual(
      read.map(String).map(withoutSuffix).sort(),
    );
    expect(JSON.parse(played.github)).toEqual({ username: "shop", accessToken: "second token" });
  });

  test("connect to the cluster, and to the service that the chart makes", () => {
    expect(readFileSync(path.join(folder, ".kube/config"), "utf8")).toContain(`cluster/${clusterName}\n`);
    const [release = ""] = cluster
      .of("helm_release")
      .flatMap(({ call, values }) => (call === "monitoring" ? [values] : []));
    const { name, namespace } = z.object({ name: z.string(), namespace: z.string() }).parse(release);
    const forward = `--namespace ${namespace} port-forward service/`;
    const lines = readFileSync(path.join(folder, "kubectl.log"), "utf8").trim().split("\n");
    expect(lines).toContain(`${forward}${name}-grafana 3000:80`);
    expect(lines.filter((line) => !line.startsWith(forward))).toEqual([]);
  });

  test("describe and rotate the secret that a function rotates", () => {
    expect(played.described).toMatchObject({ Name: login });
    expect(scriptWith("rotate-secret").split(" ").at(-1)).toBe(login);
    expect(JSON.parse(played.rotation)).toHaveProperty("SecretId");
  });
});

describeNightly("the scripts of the rehearsal's runbook", () => {
  test("are commands that the AWS CLI takes, each with the values of those before it", async () => {
    program(
      "aws",
      `echo "$AWS_DEFAULT_REGION $@" >> aws.log\n${findAwsModule()} -m awscli "$@" --generate-cli-skeleton input > /dev/null && echo arn:aws:dms:task:1`,
    );
    program("npx", 'echo "$@" >> npx.log');
    for (const side of ["source", "target"]) writeFileSync(path.join(folder, `${side}.json`), "{}");
    const runbook = pageOf([path.join(TREE, "environments/wardmitra/staging/rehearsal/RUNBOOK.md")]);
    const script = runbook.scripts("sh").join("\n").replaceAll("/dev/shm/", `${folder}/`);
    await run({ environment: {} }, script);
    const lines = (name: string) => readFileSync(path.join(folder, name), "utf8").trim().split("\n");
    expect(lines("aws.log").length).toBeGreaterThan(15);
    expect(lines("aws.log").filter((line) => !line.startsWith("ap-south-1 "))).toEqual([]);
    expect(lines("npx.log").map((line) => line.split(" ").slice(0, 3).join(" "))).toEqual([
      "groundplan criteria wardmitra/staging/rehearsal",
      "groundplan criteria wardmitra/staging/rehearsal",
    ]);
  });
});
