/** What people and the pipeline do with Formula's production and its standby, and what users then see. */
import { z } from "zod";
import { hostsOf, nameOf, serviceName } from "../../environments/formula/context";
import type { FormulaEnvironment } from "../../environments/formula/environment";
import { failoverName } from "../../environments/formula/failover";
import { prod } from "../../environments/formula/prod";
import { CONTAINER } from "../../lib/aws/fargate/task";
import type { Project } from "../support/runbook/project";

const APPROVED = ["data", "drift", "removal", "security"].map((name) => `--approved=${name}`);

const MANIFEST = JSON.stringify({
  schemaVersion: 2,
  mediaType: "application/vnd.oci.image.manifest.v1+json",
  config: {},
  layers: [],
});

const RECORDS = z.array(
  z.object({
    Failover: z.enum(["PRIMARY", "SECONDARY"]),
    HealthCheckId: z.string().optional(),
    AliasTarget: z.object({ DNSName: z.string() }),
  }),
);

const CHECK = z.object({
  Type: z.literal("CLOUDWATCH_METRIC"),
  AlarmIdentifier: z.object({ Region: z.string(), Name: z.string() }),
});

const VARIABLES = z.array(z.object({ name: z.string(), value: z.string() }));

export class Formula {
  private digest = "";

  constructor(readonly project: Project) {}

  /** Merges the changes, and applies a root. */
  async apply(root: string, { refresh = true } = {}): Promise<void> {
    await this.project.run("git diff --quiet || git commit --quiet --all --message='Change'");
    await this.project.deliver(root, APPROVED, { signOffs: prod.signOffs, refresh });
  }

  async requireNoChanges(root: string): Promise<void> {
    expect([root, await this.project.run(`npx groundplan plan ${root}`)]).toEqual([
      root,
      expect.stringContaining("No changes."),
    ]);
  }

  /** Pushes the image of the service, which has the same digest in each region. */
  async push(region: string): Promise<void> {
    const repository = `--repository-name ${nameOf(prod)}/api --image-tag first`;
    const printed = await this.project.run(
      `aws ecr put-image --region ${region} ${repository} --image-manifest '${MANIFEST}' --query image.imageId.imageDigest --output text`,
    );
    this.digest = printed.trim();
  }

  /** Deploys the image to each colour, as the workflow `service` does. */
  async deploy(environment: FormulaEnvironment): Promise<void> {
    const { region, account, colours } = environment;
    const image = `${account.id}.dkr.ecr.${region}.amazonaws.com/${nameOf(prod)}/api@${this.digest}`;
    for (const colour of colours) {
      const service = `--cluster ${nameOf(environment)} --service ${serviceName(environment, colour)}`;
      await this.project.run(
        `AWS_REGION=${region} npx groundplan deploy ${service} --container ${CONTAINER} --image ${image}`,
      );
    }
  }

  /** Environment variables of the tasks that run in the first colour. */
  async variables(environment: FormulaEnvironment): Promise<Readonly<Record<string, string>>> {
    const [colour] = environment.colours;
    const place = `--region ${environment.region}`;
    const running = `--cluster ${nameOf(environment)} --services ${serviceName(environment, colour)}`;
    const revision = await this.project.run(
      `aws ecs describe-services ${place} ${running} --query 'services[0].taskDefinition' --output text`,
    );
    const list = await this.project.run(
      `aws ecs describe-task-definition ${place} --task-definition ${revision.trim()} --query "taskDefinition.containerDefinitions[?name=='${CONTAINER}'].environment[]"`,
    );
    return Object.fromEntries(VARIABLES.parse(JSON.parse(list)).map(({ name, value }) => [name, value]));
  }

  /** Region of the record that Route 53 answers the name of the API with: the mock resolves no names. */
  async answering(): Promise<string | undefined> {
    const records = RECORDS.parse(
      await this.read(
        `route53 list-resource-record-sets --region us-east-1 --hosted-zone-id ${prod.zoneId} --query "ResourceRecordSets[?Name=='${hostsOf(prod).api}.' && Failover]"`,
      ),
    );
    const primary = records.find(({ Failover }) => Failover === "PRIMARY");
    const { AlarmIdentifier: alarm } = CHECK.parse(
      await this.read(
        `route53 get-health-check --region us-east-1 --health-check-id ${primary?.HealthCheckId} --query HealthCheck.HealthCheckConfig`,
      ),
    );
    expect(alarm.Name).toBe(failoverName(prod));
    const state = await this.read(
      `cloudwatch describe-alarms --region ${alarm.Region} --alarm-names ${alarm.Name} --query 'MetricAlarms[0].StateValue'`,
    );
    const role = state === "ALARM" ? "SECONDARY" : "PRIMARY";
    const target = records.find(({ Failover }) => Failover === role)?.AliasTarget.DNSName ?? "";
    return /\.execute-api\.([\w-]+)\.amazonaws\.com/.exec(target)?.[1];
  }

  private async read(command: string): Promise<unknown> {
    return JSON.parse(await this.project.run(`aws ${command}`));
  }
}
