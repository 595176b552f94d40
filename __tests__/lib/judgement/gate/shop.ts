/** A small environment that stands already: its tree, its state, and real plans of what is changed about it. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { z } from "zod";
import { defineModule, type Root, resource, sensitive, values } from "../../../../lib";
import { renderTree } from "../../../../lib/generator/synth/synthesize";
import { writeTree } from "../../../../lib/generator/synth/write";
import { Configurations, readTree } from "../../../../lib/judgement/configuration";
import { type Decision, decide, type GateInput } from "../../../../lib/judgement/gate";
import { inOfflineCopy, planJson, readPlan, type Workplace } from "../../../../lib/terraform";
import { withoutAccount } from "../../../../lib/terraform/offline";
import { EcsTaskDefinition } from "../../../../modules/ecs-task-definition";
import { Kms } from "../../../../modules/kms";
import { Rds } from "../../../../modules/rds";
import { S3 } from "../../../../modules/s3";
import { S3AccessLogs } from "../../../../modules/s3-access-logs";
import { SecretsManager } from "../../../../modules/secrets-manager";
import { SecurityGroups } from "../../../../modules/security-groups";
import { SnsTopic } from "../../../../modules/sns-topic";
import { Vpc } from "../../../../modules/vpc";
import { planSubnets } from "../../../../modules/vpc/plan";
import { withVerifiedProvider } from "../../../support/verified-provider";
import { newRoot } from "../../generator/support";
import { type Attributes, stateFile } from "./state";

export const ROOT = "environments/shop/dev";
const ACCOUNT = "111122223333";
const region = "eu-central-1";

const Note = defineModule({
  name: "note",
  description: "A text that is not to be shown.",
  inputs: { text: sensitive(z.string()).describe("The text.") },
  outputs: { arn: z.string().describe("ARN of the parameter.") },
  example: { text: "example" },
  build(scope, input) {
    const parameter = resource(scope, SsmParameter, "this", {
      name: "/shop/note",
      type: "String",
      insecureValue: "public",
      description: input.text,
    });
    return { arn: parameter.arn };
  },
});

interface Connection {
  readonly from: string;
  readonly to: string;
  readonly port: number;
  readonly description: string;
}

const CONNECTIONS = {
  "tasks-to-database": { from: "tasks", to: "database", port: 5432, description: "PostgreSQL" },
};

/** What a shop may have otherwise. */
export interface Shop {
  readonly actions?: string[];
  readonly environment?: Record<string, string>;
  /** Connections beside those that are always there. */
  readonly connections?: Record<string, Connection>;
  readonly logRetentionDays?: 30 | 90;
  readonly instanceClass?: string;
  readonly secretsName?: string;
  readonly note?: string;
  readonly ending?: true;
  /** Calls that are not there any more. */
  readonly without?: readonly string[];
}

export function shop(differences: Shop = {}): Root {
  const { without = [], logRetentionDays = 90, ending } = differences;
  const root = newRoot({ ...(ending && { ending }) });
  const { arn: kmsKeyArn } = new Kms(root, "key", {
    name: "shop",
    description: "Shop: all of it.",
    accountId: ACCOUNT,
    region,
    services: ["logs", "rds-events"],
  });
  if (!without.includes("spare_key")) {
    new Kms(root, "spare_key", { name: "shop-spare", description: "Shop: nothing yet.", accountId: ACCOUNT, region });
  }
  const logs = new S3AccessLogs(root, "access_logs", {
    name: "shop-access-logs",
    accountId: ACCOUNT,
    retentionDays: 90,
  });
  if (!without.includes("documents")) {
    new S3(root, "documents", { name: "shop-documents", kmsKeyArn, accessLogBucket: logs.name });
  }
  new SecretsManager(root, "secrets", {
    name: differences.secretsName ?? "shop",
    accountId: ACCOUNT,
    kmsKeyArn,
    secrets: { payment: "Key of the payment provider" },
  });
  const alerts = new SnsTopic(root, "alerts", {
    name: "shop-alerts",
    accountId: ACCOUNT,
    kmsKeyArn,
    publishers: ["events.rds.amazonaws.com"],
  });
  const subnets = planSubnets({
    cidr: "10.0.0.0/16",
    zones: { [`${region}a`]: 0, [`${region}b`]: 1 },
    tiers: ["data"],
  });
  const vpc = new Vpc(root, "vpc", {
    name: "shop",
    accountId: ACCOUNT,
    cidr: "10.0.0.0/16",
    subnets,
    logKmsKeyArn: kmsKeyArn,
    flowLogRetentionDays: 90,
  });
  const groups = new SecurityGroups(root, "groups", {
    name: "shop",
    vpcId: vpc.id,
    groups: { tasks: "Containers", database: "Database" },
    connections: { ...CONNECTIONS, ...differences.connections },
  });
  new EcsTaskDefinition(root, "backend", {
    name: "shop-backend",
    accountId: ACCOUNT,
    region,
    image: `${ACCOUNT}.dkr.ecr.${region}.amazonaws.com/shop:1.0.0`,
    repositoryArn: `arn:aws:ecr:${region}:${ACCOUNT}:repository/shop`,
    cpu: 256,
    memoryMiB: 512,
    environment: differences.environment ?? {},
    permissions: {
      Orders: {
        actions: differences.actions ?? ["sqs:PurgeQueue", "sqs:SendMessage"],
        resources: [`arn:aws:sqs:${region}:${ACCOUNT}:orders`],
      },
    },
    logKmsKeyArn: kmsKeyArn,
    logRetentionDays,
  });
  new Rds(root, "database", {
    name: "shop",
    accountId: ACCOUNT,
    subnetIds: values(vpc.dataSubnetIds),
    securityGroupIds: [groups.ids.at("database")],
    kmsKeyArn,
    logKmsKeyArn: kmsKeyArn,
    alertTopicArn: alerts.arn,
    databaseName: "shop",
    instanceClass: differences.instanceClass ?? "db.t4g.small",
    multiAz: true,
    allocatedStorageGiB: 20,
    maxAllocatedStorageGiB: 100,
    backupRetentionDays: 14,
    logRetentionDays: 90,
  });
  new Note(root, "note", { text: differences.note ?? "as it was" });
  return root;
}

interface PlanOptions {
  readonly args?: readonly string[];
  /** Attributes that are otherwise in the state, by address. */
  readonly state?: Readonly<Record<string, Attributes>>;
}

export interface Planned {
  /** As `terraform show -json` prints it. */
  readonly text: string;
  /** The tree that it is to be judged against. */
  readonly tree: Configurations;
}

/** The gate's answer to a plan of the shop, at noon of a day. */
export function gate({ text, tree }: Planned, more: Partial<GateInput> = {}): Decision {
  const plan = readPlan("shop", text);
  return decide({
    tree,
    root: ROOT,
    plan,
    production: false,
    exceptions: [],
    approved: [],
    backups: [],
    judged: [],
    now: NOON,
    ...more,
  });
}

export const NOON = new Date("2026-11-22T12:00:00Z");

/** Plans against the state of a shop that stands. */
export class StandingShop {
  private constructor(
    private readonly folder: string,
    private readonly workplace: Workplace,
  ) {}

  static in<T>(folder: string, work: (standing: StandingShop) => Promise<T>): Promise<T> {
    writeTree(folder, renderTree([shop()]));
    return inOfflineCopy(folder, ROOT, async (copy) => {
      return work(new StandingShop(folder, await withVerifiedProvider(copy)));
    });
  }

  /** What Terraform plans of a shop that is otherwise. */
  async plan(differences: Shop, { args = [], state = {} }: PlanOptions = {}): Promise<Planned> {
    writeTree(this.folder, renderTree([shop(differences)]));
    const root = path.join(this.folder, ROOT);
    for (const name of readdirSync(root).filter((file) => file.endsWith(".tf.json"))) {
      writeFileSync(
        path.join(this.workplace.folder, name),
        withoutAccount(readFileSync(path.join(root, name), "utf8")),
      );
    }
    writeFileSync(path.join(this.workplace.folder, "terraform.tfstate"), stateFile(state));
    const tree = new Configurations(readTree(this.folder));
    return { text: await planJson(this.workplace, ["-refresh=false", ...args]), tree };
  }

  /** The same while a module's file is another than the tree's. */
  async planWith(file: string, change: (content: string) => string): Promise<Planned> {
    const copy = path.join(this.workplace.folder, "../../..", file);
    const content = readFileSync(copy, "utf8");
    writeFileSync(copy, change(content));
    try {
      return await this.plan({});
    } finally {
      writeFileSync(copy, content);
    }
  }
}
