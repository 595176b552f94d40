import type { AccountRoot } from "../../../environments/accounts/account";
import { EVERYTHING, may } from "../../support/policy";
import type { PlannedAccount } from "./planned-account";

export function testPeople({ account, applications, people }: AccountRoot, planned: () => PlannedAccount): void {
  const roles = account.people;

  test("has a role for each kind of work of people, whom the account's data names, with MFA", () => {
    const { plan } = planned();
    for (const [name, users] of [
      ["developer", people.developers],
      ["operator", people.operators],
      ["admin", people.admins],
    ] as const) {
      const address = `module.people.aws_iam_role.${name}`;
      expect(users.length).toBeGreaterThan(0);
      expect(plan.values(address)).toMatchObject({ name: roles[name], max_session_duration: 3600 });
      expect(plan.statements(address, "assume_role_policy")).toMatchObject({
        AssumeWithMfa: {
          Principal: { AWS: users },
          Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } },
        },
      });
    }
  });

  test("lets operators do what runbooks ask of people, and read no secret", () => {
    const statements = Object.values(planned().plan.statements("module.people.aws_iam_policy.operator"));
    const operator = (action: string, resource: string) => may(statements, [EVERYTHING], { action, resource });
    for (const { region, cluster, database, queues, services } of applications) {
      const arn = (service: string, what: string) => `arn:aws:${service}:${region}:${account.id}:${what}`;
      const secret = arn("secretsmanager", `secret:${cluster}/database-application-AbCdEf`);
      expect(operator("secretsmanager:PutSecretValue", secret)).toBe(true);
      expect(operator("secretsmanager:GetSecretValue", secret)).toBe(false);
      expect(operator("rds:CreateDBSnapshot", arn("rds", `db:${database}`))).toBe(true);
      expect(operator("rds:DeleteDBInstance", arn("rds", `db:${database}`))).toBe(false);
      for (const queue of queues) {
        expect(operator("sqs:StartMessageMoveTask", arn("sqs", `${queue}-dead-letters`))).toBe(true);
        expect(operator("sqs:DeleteMessage", arn("sqs", queue))).toBe(false);
      }
      const shifted = services.some(({ deployedBy }) => deployedBy === "codedeploy");
      expect(operator("codedeploy:ContinueDeployment", "*")).toBe(shifted);
    }
  });

  test("keeps environments from the roles of people", () => {
    const boundary = Object.values(planned().plan.statements("module.boundaries.aws_iam_policy.environments"));
    for (const name of Object.values(roles)) {
      const resource = `arn:aws:iam::${account.id}:role/${name}`;
      expect(may([EVERYTHING], boundary, { action: "iam:DeleteRole", resource })).toBe(false);
    }
  });
}
