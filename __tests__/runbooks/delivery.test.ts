/** The runbooks of docs/delivery.md, played in order: an account and an environment are created and ended. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { roots } from "../../main";
import { withCloud } from "../support/cloud/server";
import { describeNightly } from "../support/runbook/needed";
import { play } from "../support/runbook/player";
import { Project } from "../support/runbook/project";
import { stepsOf } from "../support/runbook/text";

const PAGE = "docs/delivery.md";
const page = readFileSync(path.resolve(PAGE), "utf8");
/** Read before the first step is played. */
const STEPS = {
  firstDeployment: stepsOf(page, "The first deployment", PAGE),
  endOfEnvironment: stepsOf(page, "The end of an environment", PAGE),
  endOfAccount: stepsOf(page, "The end of an account", PAGE),
};
const ROOT = "credentialmate/dev";
const own = roots.filter(({ props }) => props.accountId === "111111111111");

const DECISION = z.looseObject({
  decision: z.string(),
  missing: z.array(z.string()),
  changes: z.array(z.looseObject({ action: z.string(), address: z.string() })),
});

const actionsOf = (decision: unknown) => new Set(DECISION.parse(decision).changes.map(({ action }) => action));

/** Approvals as the gate's arguments. */
const approved = (...names: readonly string[]) => names.map((name) => `--approved=${name}`);

describeNightly("the runbooks of docs/delivery.md", () => {
  test(
    "make an environment, end it with what outlives it kept, and end its account",
    async () => {
      await withCloud("111111111111", own, (cloud) =>
        Project.in(cloud, async (project) => {
          await firstDeployment(project);
          await endOfEnvironment(project);
          await endOfAccount(project);
        }),
      );
    },
    40 * 60_000,
  );
});

async function firstDeployment(project: Project): Promise<void> {
  await play(STEPS.firstDeployment, project, {
    answers: { "Make the account's root": "111111111111" },
    standIns: {
      "Set up GitHub": () => {},
      "Open the pull request": () => {},
      "Merge and approve": async () => {
        const decision = await project.deliver(ROOT, approved("security"));
        expect([...actionsOf(decision)]).toEqual(["create"]);
      },
      "Push the first image": () => pushImage(project),
      "Run the first migration": () => {},
      "Deploy each service": () => deploy(project),
    },
  });
}

async function pushImage(project: Project): Promise<void> {
  const manifest = {
    schemaVersion: 2,
    mediaType: "application/vnd.oci.image.manifest.v1+json",
    config: {},
    layers: [],
  };
  await project.run(
    `aws ecr put-image --region us-east-1 --repository-name credentialmate-dev/backend-service --image-tag first --image-manifest '${JSON.stringify(manifest)}'`,
  );
}

async function deploy(project: Project): Promise<void> {
  const image = `111111111111.dkr.ecr.us-east-1.amazonaws.com/credentialmate-dev/backend-service@sha256:${"a".repeat(64)}`;
  await project.run(
    `AWS_REGION=us-east-1 npx groundplan deploy --cluster credentialmate-dev --service backend-service --image ${image}`,
  );
}

async function endOfEnvironment(project: Project): Promise<void> {
  await project.run("echo record | aws s3 cp - s3://credentialmate-dev-documents-111111111111/record.txt");
  await play(STEPS.endOfEnvironment, project, {
    standIns: {
      Decide: () => {},
      "Stop its clients": () => {},
      "Open the pull request": () => project.commit("End credentialmate/dev"),
      "Merge and approve": async () => {
        const decision = await project.deliver(ROOT, approved("data", "removal", "security"));
        expect([...actionsOf(decision)].sort()).toEqual(["delete", "forget"]);
        expect(
          await project.run("aws kms describe-key --region us-east-1 --key-id alias/credentialmate-dev-data"),
        ).toContain('"KeyState": "Enabled"');
        expect(await project.run("aws s3 cp s3://credentialmate-dev-documents-111111111111/record.txt -")).toBe(
          "record\n",
        );
      },
      "Remove the GitHub environments": () => {},
    },
    checks: {
      "See what is left": (printed) => {
        const left = z.array(z.string()).parse(JSON.parse(printed));
        const services = new Set(left.map((arn) => arn.split(":")[2]));
        expect([...services]).toEqual(expect.arrayContaining(["kms", "logs", "rds", "s3"]));
        expect([...services]).not.toEqual(expect.arrayContaining(["ec2"]));
        expect(left.filter((arn) => /:(db|loadbalancer):?/.test(arn))).toEqual([]);
      },
      "Delete what was kept": (printed) => {
        expect(printed.match(/"DeletionDate"/g)).toHaveLength(4);
      },
    },
  });
  await project.commit("Take credentialmate/dev out");
}

async function endOfAccount(project: Project): Promise<void> {
  await play(STEPS.endOfAccount, project, {
    answers: { "Apply it by hand": "yes" },
    standIns: {
      "Review the change": () => project.commit("End the account"),
      "Take the account out": () => {},
      "Remove its GitHub environment": () => {},
      "Close the account": () => {},
    },
    checks: {
      "Apply it by hand": async () => {
        const left = await project.run("cd terraform/accounts/credentialmate-dev && terraform state list");
        expect(left).toBe("");
        const roles = await project.run("aws iam list-roles --region us-east-1 --query 'Roles[].RoleName'");
        expect(roles).not.toContain("delivery-");
        const store = "aws s3api head-bucket --bucket credentialmate-dev-terraform-state-111111111111";
        await project.run(`${store} && aws dynamodb describe-table --region us-east-1 --table-name terraform-locks`);
      },
    },
  });
}
