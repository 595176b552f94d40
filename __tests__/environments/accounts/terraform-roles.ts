import type { AccountRoot } from "../../../environments/accounts/account";
import { REPOSITORY } from "../../../environments/common/accounts";
import { subjectOf } from "../../../lib/generator/root/repository";
import { arnOf } from "../../support/stand-ins";
import { allowed, type PlannedAccount } from "./planned-account";
import { READS } from "./reads";

const PULL_REQUEST = "delivery-pull-request";
const PLAN = "delivery-plan";

export function testTerraformRoles(
  { account, applications, clusters, components, workloads, otherRoots = [] }: AccountRoot,
  planned: () => PlannedAccount,
): void {
  const own = subjectOf(REPOSITORY);
  const ownApply = `delivery-apply-account-${account.name}`;
  const split = [...[...clusters, ...components].flatMap(({ roots }) => roots), ...otherRoots];
  const applies = [
    ...applications.map(({ environment, root }) => ({ role: `delivery-apply-${environment}`, root })),
    ...split.map(({ environment, path }) => ({ role: `delivery-apply-${environment}`, root: path })),
  ];
  /** An account can have no roots but its own. */
  const eachRole = applies.length > 0 ? test.each(applies) : () => {};
  const iam = (resource: string) => `arn:aws:iam::${account.id}:${resource}`;
  const state = arnOf("module.state.aws_s3_bucket.this");
  const plans = arnOf("module.plans.aws_s3_bucket.this");
  const locks = arnOf("module.locks.aws_dynamodb_table.this");
  const key = arnOf("module.state_key.aws_kms_key.this");
  const auditLog = `arn:aws:logs:us-east-1:${account.id}:log-group:/audit/shop`;
  const viaS3 = { "kms:ViaService": "s3.us-east-1.amazonaws.com" };
  const item = (name: string) => ({ "dynamodb:LeadingKeys": `${account.state.bucket}/${name}` });

  test("each role of the pipeline trusts one kind of job of one repository, by its exact name", () => {
    const subjects = [...planned().roles.keys()].map((role) => [role, planned().subject(role)]);
    const only = (sub: string) => ({
      StringEquals: {
        "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
        "token.actions.githubusercontent.com:sub": sub,
      },
    });
    expect(Object.fromEntries(subjects)).toEqual({
      [PULL_REQUEST]: only(`repo:${own}:pull_request`),
      [PLAN]: only(`repo:${own}:ref:refs/heads/main`),
      [ownApply]: only(`repo:${own}:environment:account-${account.name}`),
      ...Object.fromEntries(
        split.map(({ environment }) => [
          `delivery-apply-${environment}`,
          only(`repo:${own}:environment:${environment}`),
        ]),
      ),
      ...Object.fromEntries(
        otherRoots.flatMap(({ environment, images }) =>
          images === undefined
            ? []
            : [[`delivery-deploy-${environment}`, only(`repo:${own}:environment:${environment}`)]],
        ),
      ),
      ...Object.fromEntries(
        [...clusters, ...components].map(({ environment, repository }) => [
          `delivery-deploy-${environment}`,
          only(`repo:${subjectOf(repository)}:environment:${environment}`),
        ]),
      ),
      ...Object.fromEntries(
        components.map(({ environment, repository }) => [
          `delivery-migrate-${environment}`,
          only(`repo:${subjectOf(repository)}:environment:${environment}-database`),
        ]),
      ),
      ...Object.fromEntries(
        applications.flatMap(({ environment, repository, recordBuckets, colours }) => {
          const jobsIn = (name: string) => only(`repo:${subjectOf(repository)}:environment:${name}`);
          return [
            ...recordBuckets.map(() => [`delivery-restore-${environment}`, jobsIn(`${environment}-records`)]),
            ...[colours ?? []].flat().map(() => [`delivery-switch-${environment}`, jobsIn(`${environment}-switch`)]),
            [`delivery-apply-${environment}`, only(`repo:${own}:environment:${environment}`)],
            [`delivery-deploy-${environment}`, jobsIn(environment)],
            [`delivery-migrate-${environment}`, jobsIn(`${environment}-database`)],
          ];
        }),
      ),
    });
    expect(JSON.stringify(subjects)).not.toMatch(/[*?]/);
  });

  test("what they are allowed is this, and nothing else", () => {
    expect(planned().managedPolicies(PULL_REQUEST)).toEqual(["arn:aws:iam::aws:policy/ReadOnlyAccess"]);
    expect(allowed(planned().statements(PULL_REQUEST))).toEqual([
      "dynamodb:GetItem",
      "kms:Decrypt",
      "s3:GetObject",
      "s3:ListBucket",
    ]);
    expect(planned().managedPolicies(PLAN)).toEqual(["arn:aws:iam::aws:policy/ReadOnlyAccess"]);
    expect(allowed(planned().statements(PLAN))).toEqual([
      "dynamodb:DeleteItem",
      "dynamodb:GetItem",
      "dynamodb:PutItem",
      "kms:Decrypt",
      "kms:GenerateDataKey",
      "s3:DeleteObject",
      "s3:GetObject",
      "s3:ListBucket",
      "s3:PutObject",
    ]);
    for (const role of [ownApply, ...applies.map((one) => one.role)]) {
      expect(planned().managedPolicies(role)).toEqual(["arn:aws:iam::aws:policy/AdministratorAccess"]);
      expect(allowed(planned().statements(role))).toEqual([]);
    }
  });

  test("none of them reads a secret, a record, a message, a log or an image, whatever AWS's own policies allow", () => {
    for (const role of [PULL_REQUEST, PLAN, ownApply, ...applies.map((one) => one.role)]) {
      const readable = READS.filter(([action, resource]) => planned().may(role, action, resource));
      expect([role, readable]).toEqual([role, []]);
    }
  });

  test("a pull request reads state and its digest; it takes no lock, and neither puts nor gets a plan", () => {
    const may = (...request: [string, string, Record<string, string>?]) => planned().may(PULL_REQUEST, ...request);
    expect(may("s3:GetObject", `${state}/a/terraform.tfstate`)).toBe(true);
    expect(may("dynamodb:GetItem", locks)).toBe(true);
    expect(may("kms:Decrypt", key, viaS3)).toBe(true);
    expect(may("ec2:DescribeVpcs", "*")).toBe(true);
    for (const object of ["plans/a/b.tfplan", "applied/a/b.json", "errored/a/b.tfstate"]) {
      expect(may("s3:GetObject", `${plans}/${object}`)).toBe(false);
    }
    const { DenyReadingPlans, DenyLogsAndImages, ...grants } = planned().statements(PULL_REQUEST);
    expect(JSON.stringify(grants)).not.toMatch(/Put|Delete|Generate/);
  });

  test("the plan role locks and puts plans; it writes no state and no digest, and gets no plan", () => {
    const statements = planned().statements(PLAN);
    expect(statements).toMatchObject({
      LockByItem: {
        Action: ["dynamodb:DeleteItem", "dynamodb:PutItem"],
        Condition: {
          "ForAllValues:StringLike": {
            "dynamodb:LeadingKeys": expect.arrayContaining([`${account.state.bucket}/*/terraform.tfstate`]),
          },
        },
      },
      LockByObject: {
        Action: ["s3:DeleteObject", "s3:PutObject"],
        Resource: expect.arrayContaining([`${state}/*.tflock`]),
      },
      PutPlans: { Action: ["s3:PutObject"], Resource: expect.arrayContaining([`${plans}/plans/*`]) },
    });
    for (const { Resource } of [statements.LockByObject, statements.PutPlans].flatMap((found) => found ?? [])) {
      expect([Resource].flat().every((arn) => /\/\*\.tflock$|\/plans\/\*$/.test(String(arn)))).toBe(true);
    }
    expect(planned().may(PLAN, "dynamodb:PutItem", locks, item("a/b/terraform.tfstate"))).toBe(true);
    expect(planned().may(PLAN, "kms:GenerateDataKey", key, viaS3)).toBe(true);
    for (const object of ["plans/a/b.tfplan", "errored/a/b.tfstate"]) {
      expect(planned().may(PLAN, "s3:GetObject", `${plans}/${object}`)).toBe(false);
    }
  });

  test("the plan role finds and reads the records of applies", () => {
    const may = (...request: [string, string, Record<string, string>?]) => planned().may(PLAN, ...request);
    expect(may("s3:ListBucket", plans, { "s3:prefix": "applied/environments/a/b/" })).toBe(true);
    expect(may("s3:GetObject", `${plans}/applied/environments/a/b/c.json`)).toBe(true);
    const { FindRecords, ReadRecords } = planned().statements(PLAN);
    expect(FindRecords).toMatchObject({ Condition: { StringLike: { "s3:prefix": ["applied/*"] } } });
    expect(ReadRecords).toMatchObject({ Resource: expect.arrayContaining([`${plans}/applied/*`]) });
  });

  eachRole("$role gets the plans and records of $root alone, and touches no other object", ({ role, root }) => {
    const backend = root.endsWith("/dr") ? "standby_" : "";
    const bucket = (name: string) => arnOf(`module.${backend}${name}.aws_s3_bucket.this`);
    const own = root.replace("environments/", "");
    const objects = {
      gets: [
        `${bucket("state")}/${own}/terraform.tfstate`,
        `${bucket("plans")}/plans/${root}/a.tfplan`,
        `${bucket("plans")}/applied/${root}/a.json`,
      ],
      puts: [
        `${bucket("state")}/${own}/terraform.tfstate`,
        `${bucket("state")}/${own}/terraform.tfstate.tflock`,
        `${bucket("plans")}/applied/${root}/a.json`,
        `${bucket("plans")}/errored/${root}/a.tfstate`,
      ],
      neither: [
        `${bucket("state")}/other/terraform.tfstate`,
        `${bucket("plans")}/plans/environments/other/dev/a.tfplan`,
        `${bucket("plans")}/applied/environments/other/dev/a.json`,
        "arn:aws:s3:::documents/record.pdf",
      ],
    };
    for (const object of objects.gets) expect(planned().may(role, "s3:GetObject", object)).toBe(true);
    for (const object of objects.puts) expect(planned().may(role, "s3:PutObject", object)).toBe(true);
    for (const object of objects.neither) {
      expect(planned().may(role, "s3:GetObject", object)).toBe(false);
      expect(planned().may(role, "s3:PutObject", object)).toBe(false);
    }
    expect(planned().may(role, "s3:PutObject", `${bucket("plans")}/plans/${root}/a.tfplan`)).toBe(false);
  });

  eachRole("$role makes what a system is made of, and cannot become more than it is", ({ role }) => {
    const may = (...request: [string, string, Record<string, string>?]) => planned().may(role, ...request);
    const bounded = { "iam:PermissionsBoundary": iam("policy/delivery-workloads-boundary") };
    const hasDatabases = workloads.services.includes("rds");
    expect(may("rds:CreateDBInstance", "arn:aws:rds:us-east-1:000000000000:db:a")).toBe(hasDatabases);
    expect(may("iam:CreateRole", iam("role/shop-task"), bounded)).toBe(true);
    expect(may("iam:PassRole", iam("role/shop-task"))).toBe(true);
    expect(may("iam:CreateRole", iam("role/shop-task"))).toBe(false);
    const others = { "iam:PermissionsBoundary": iam("policy/delivery-account-boundary") };
    expect(may("iam:CreateRole", iam("role/shop-task"), others)).toBe(false);
    expect(may("iam:PutRolePolicy", iam("role/shop-admin"))).toBe(false);
    const never = [
      ["iam:UpdateAssumeRolePolicy", "role/shop-task"],
      ["iam:DeleteRolePermissionsBoundary", "role/shop-task"],
      ["iam:AttachRolePolicy", `role/${role}`],
      ["iam:PassRole", `role/${role}`],
      ["iam:DeleteRole", "role/delivery-plan"],
      ["iam:CreatePolicyVersion", "policy/delivery-environments-boundary"],
      ["iam:CreatePolicy", "policy/other"],
      ["iam:CreateOpenIDConnectProvider", "oidc-provider/other"],
      ["iam:UpdateOpenIDConnectProviderThumbprint", "oidc-provider/token.actions.githubusercontent.com"],
      ["iam:AddClientIDToOpenIDConnectProvider", "oidc-provider/token.actions.githubusercontent.com"],
      ["iam:CreateUser", "user/robot"],
      ["iam:CreateAccessKey", "user/robot"],
      ["iam:UpdateAccountPasswordPolicy", "*"],
    ] as const;
    expect(never.filter(([action, resource]) => may(action, iam(resource), bounded))).toEqual([]);
    const stores = [
      ["s3:PutBucketPolicy", state],
      ["s3:PutBucketVersioning", plans],
      ["s3:PutLifecycleConfiguration", state],
      ["s3:DeleteBucketPolicy", plans],
      ["s3:DeleteBucket", state],
      ["s3:DeleteObjectVersion", `${state}/a/terraform.tfstate`],
      ["dynamodb:DeleteTable", locks],
      ["dynamodb:UpdateContinuousBackups", locks],
      ["kms:PutKeyPolicy", key],
      ["kms:ScheduleKeyDeletion", key],
      ["cloudtrail:StopLogging", "*"],
      ["logs:DeleteLogGroup", auditLog],
      ["logs:DeleteLogStream", `${auditLog}:log-stream:a`],
      ["logs:DeleteRetentionPolicy", auditLog],
      ["organizations:LeaveOrganization", "*"],
      ["rds:ModifyDBSnapshotAttribute", "arn:aws:rds:us-east-1:000000000000:snapshot:a"],
    ] as const;
    expect(stores.filter(([action, resource]) => may(action, resource, bounded))).toEqual([]);
  });

  test("the account's own role changes roles and boundaries, but neither its own nor who is a user", () => {
    const may = (...request: [string, string, Record<string, string>?]) => planned().may(ownApply, ...request);
    const bounded = { "iam:PermissionsBoundary": iam("policy/delivery-environments-boundary") };
    expect(may("iam:UpdateAssumeRolePolicy", iam("role/delivery-plan"))).toBe(true);
    expect(may("iam:CreatePolicyVersion", iam("policy/delivery-environments-boundary"))).toBe(true);
    expect(may("iam:CreateRole", iam("role/delivery-plan"), bounded)).toBe(true);
    expect(may("s3:PutBucketPolicy", state)).toBe(true);
    expect(may("iam:CreateRole", iam("role/free"))).toBe(false);
    const own = iam("policy/delivery-account-boundary");
    expect(may("iam:GetPolicyVersion", own)).toBe(true);
    for (const change of ["CreatePolicyVersion", "DeletePolicyVersion", "SetDefaultPolicyVersion", "DeletePolicy"]) {
      expect(may(`iam:${change}`, own)).toBe(false);
    }
    expect(may("iam:CreateUser", iam("user/robot"))).toBe(false);
    expect(may("iam:CreateAccessKey", iam("user/robot"))).toBe(false);
    expect(may("s3:DeleteObjectVersion", `${state}/a/terraform.tfstate`)).toBe(false);
    expect(may("dynamodb:DeleteTable", locks)).toBe(false);
    expect(may("kms:ScheduleKeyDeletion", key)).toBe(false);
    expect(may("logs:DeleteLogGroup", auditLog)).toBe(false);
  });

  test("the account's own role makes each of its roles within the boundary that it has, and none within another policy", () => {
    const makes = (role: string, boundary: string) =>
      planned().may(ownApply, "iam:CreateRole", iam(`role/${role}`), { "iam:PermissionsBoundary": iam(boundary) });
    const boundaries = planned().boundaryNames();
    expect(boundaries.size).toBeGreaterThan(0);
    expect([...boundaries].filter(([role, boundary]) => !makes(role, `policy/${boundary}`))).toEqual([]);
    for (const free of ["free", "free-boundary", "delivery-free-boundary"]) {
      expect(makes("delivery-plan", `policy/${free}`)).toBe(false);
    }
  });

  test("applies have four hours; everybody else who plans has one", () => {
    const hours = (role: string) =>
      Number(planned().plan.values(`${planned().roles.get(role)}.aws_iam_role.this`).max_session_duration) / 3600;
    expect([PULL_REQUEST, PLAN].map(hours)).toEqual([1, 1]);
    expect([ownApply, ...applies.map((one) => one.role)].map(hours).every((found) => found === 4)).toBe(true);
  });
}
