/** The plan for incidents on Formula's page against the service control policies of the organization. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { marked } from "marked";
import { actionsOf } from "../../../lib/judgement/guardrails/iam-data";
import { denials } from "./control-policies";

const PAGE = readFileSync(path.join(__dirname, "../../../docs/systems/formula.md"), "utf8");
const [, PLAN = ""] = PAGE.split(/^## (?=Incidents$)/m);
const [section = ""] = PLAN.split(/^## /m);

/** Commands of the plan, a text for each block. */
const COMMANDS: string[] = [];
marked.walkTokens(marked.lexer(section), (token) => {
  if (token.type === "code") COMMANDS.push(token.text);
});
const [, role = ""] = /assume-role .*:role\/(\w+)/.exec(COMMANDS.join("\n")) ?? [];

/** Actions of IAM that the commands of an account need. */
const ACTIONS = COMMANDS.flatMap((code) =>
  [...code.matchAll(/\baws ([\w-]+) ([\w-]+)/g)].flatMap(([, service = "", operation = ""]) => {
    // They run in the management account, which no policy limits.
    if (service === "organizations" || operation === "assume-role") return [];
    const name = `${service}:${operation.replaceAll("-", "")}`;
    const action = actionsOf(service).find((one) => one.name.toLowerCase() === name);
    return [action?.name ?? `no such action: ${name}`];
  }),
);

const RESOURCES = [
  "*",
  "arn:aws:iam::202020202020:role/delivery-apply-formula-prod",
  "arn:aws:iam::202020202020:role/OrganizationAccountAccessRole",
  "arn:aws:iam::202020202020:oidc-provider/token.actions.githubusercontent.com",
];

function denied(principal: string): string[] {
  const caller = { unit: "Workloads/Prod", principal: `role/${principal}` };
  return ACTIONS.filter((action) => RESOURCES.some((resource) => denials(caller, action, resource).length > 0));
}

test("the policies of the organization let the role of the plan run each command of it, and an administrator not", () => {
  expect(ACTIONS).toEqual([
    "iam:ListRoles",
    "iam:PutRolePolicy",
    "iam:DeleteOpenIDConnectProvider",
    "rds:ModifyDBInstance",
    "secretsmanager:PutSecretValue",
    "ecs:UpdateService",
    "cognito-idp:ListUsers",
    "cognito-idp:AdminUserGlobalSignOut",
  ]);
  expect(role).toBe("OrganizationAccountAccessRole");
  expect(denied(role)).toEqual([]);
  expect(denied("formula-prod-admin")).toEqual(["iam:PutRolePolicy", "iam:DeleteOpenIDConnectProvider"]);
});

test("the role of the plan ends its own sessions last", () => {
  const code = COMMANDS.find((one) => one.includes("put-role-policy")) ?? "";
  expect(code).toContain(`own=${role}\n`);
  expect(code).toMatch(/&& RoleName!='\$own'\]\.RoleName" --output text\) "\$own"; do/);
});
