/** One account with what Terraform plans for it: its roles, and what they may do. */
import type { AccountRoot } from "../../../environments/accounts/account";
import type { Planned } from "../../support/planned";
import { EVERYTHING, may, type Request, type Statement } from "../../support/policy";

export class PlannedAccount {
  readonly plan: Planned;

  constructor(
    readonly one: AccountRoot,
    plan: Planned | undefined,
  ) {
    if (plan === undefined) throw new Error(`${one.account.name} was not planned`);
    this.plan = plan;
  }

  /** Modules of the pipeline's roles, by the roles' names. */
  get roles(): ReadonlyMap<string, string> {
    const found = this.plan.all("aws_iam_role").filter(({ address }) => /_role\.aws_iam_role\.this$/.test(address));
    return new Map(
      found.map(({ address, values }) => [String(values.name), address.replace(".aws_iam_role.this", "")]),
    );
  }

  /** The one job that may become the role. */
  subject(role: string): unknown {
    const { AssumeByJobs, ...others } = this.plan.statements(
      `${this.module(role)}.aws_iam_role.this`,
      "assume_role_policy",
    );
    expect(others).toEqual({});
    return AssumeByJobs?.Condition;
  }

  /** What the role's own statements say, by their ids. */
  statements(role: string): Record<string, Statement> {
    return this.plan.statements(`${this.module(role)}.aws_iam_role_policy.this[0]`);
  }

  sessionSeconds(role: string): number {
    return Number(this.plan.values(`${this.module(role)}.aws_iam_role.this`).max_session_duration);
  }

  managedPolicies(role: string): unknown[] {
    return this.plan
      .all("aws_iam_role_policy_attachment")
      .filter(({ address }) => address.startsWith(`${this.module(role)}.`))
      .map(({ values }) => values.policy_arn);
  }

  /** The statements of the role's boundary. */
  boundary(role: string): Statement[] {
    const { permissions_boundary } = this.plan.values(`${this.module(role)}.aws_iam_role.this`);
    return Object.values(this.plan.statements(policyIn(permissions_boundary)));
  }

  /** Names of the boundaries of all roles, by the roles' names. */
  boundaryNames(): ReadonlyMap<string, string> {
    const roles = this.plan.all("aws_iam_role").map(({ values }) => values);
    return new Map(
      roles.map(({ name, permissions_boundary }) => [
        String(name),
        String(this.plan.values(policyIn(permissions_boundary)).name),
      ]),
    );
  }

  may(role: string, action: string, resource: string, context: Request["context"] = {}): boolean {
    const managed = this.managedPolicies(role).map(() => EVERYTHING);
    return may([...managed, ...Object.values(this.statements(role))], this.boundary(role), {
      action,
      resource,
      context,
    });
  }

  private module(role: string): string {
    const module = this.roles.get(role);
    if (module === undefined) throw new Error(`no role ${role} among ${[...this.roles.keys()].join(", ")}`);
    return module;
  }
}

/** Address of the policy whose ARN it is. */
function policyIn(arn: unknown): string {
  return /module\.\w+\.aws_iam_policy\.\w+(\[0\])?$/.exec(String(arn))?.[0] ?? "none";
}

/** Actions that statements allow by themselves, each once. */
export function allowed(statements: Readonly<Record<string, Statement>>): string[] {
  const grants = Object.values(statements).filter(({ Effect }) => Effect === "Allow");
  return [...new Set(grants.flatMap(({ Action }) => [Action].flat()))].sort();
}
