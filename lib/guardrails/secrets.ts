/** Secrets stand neither in the source nor in Terraform's state, where everybody who may plan reads them. */
import { type RootConfiguration, SENSITIVE, type VariableConfiguration } from "../configuration";
import { isMapping, isUnknown, PartialText, type Value } from "../hcl";
import { forbidden, type Judgement, where, worst } from "./attributes";
import { broken, type Guardrail, HOLDS, undecided, type Verdict } from "./guardrail";
import { formOfSecret, judgeVariable, looksLikeSecretName } from "./secret-patterns";
import { isEmpty, stemsFromNothing, valuesAt } from "./values";

/** Arguments that take a password, by type. Their write-only twins, `password_wo`, leave no trace and are allowed. */
const PASSWORDS: { readonly [type: string]: readonly string[] } = {
  aws_db_instance: ["password"],
  aws_dms_endpoint: ["password"],
  aws_docdb_cluster: ["master_password"],
  aws_elasticache_replication_group: ["auth_token"],
  aws_elasticache_user: ["passwords", "authentication_mode.passwords"],
  aws_memorydb_user: ["authentication_mode.passwords"],
  aws_mq_broker: ["user.password"],
  aws_opensearch_domain: ["advanced_security_options.master_user_options.master_user_password"],
  aws_rds_cluster: ["master_password"],
  aws_redshift_cluster: ["master_password"],
};

/** Data sources whose result is a secret. */
const SECRET_SOURCES: readonly string[] = [
  "aws_secretsmanager_secret_version",
  "aws_secretsmanager_random_password",
  "aws_kms_secrets",
];

const CONTROLS = {
  hipaa: ["164.308(a)(5)(ii)(D)", "164.312(a)(1)"],
  soc2: ["CC6.1"],
  gdpr: ["32(1)(b)"],
} as const;

const IN_STATE = "The state keeps it legibly: whoever may plan, or reads a backup of the state, has it.";

export const SECRETS = [
  {
    id: "no-passwords-in-state",
    title: "No password is an argument of a resource",
    why: IN_STATE,
    severity: "critical",
    controls: CONTROLS,
    allowed: "a password that the service manages, or a write-only argument",
    types: Object.keys(PASSWORDS),
    judge: (resource, root) => unset(...(PASSWORDS[resource.type] ?? []))(resource, root),
  },
  {
    id: "no-secret-values-in-state",
    title: "Terraform makes the place of a secret, and not its value",
    why: IN_STATE,
    severity: "critical",
    controls: CONTROLS,
    allowed: "a value that is put in out of band, or a write-only argument",
    types: ["aws_secretsmanager_secret_version", "aws_ssm_parameter"],
    judge: (resource, root) =>
      resource.type === "aws_ssm_parameter"
        ? where("type", (type) => type === "SecureString", unset("value"))(resource, root)
        : unset("secret_string", "secret_binary")(resource, root),
  },
  {
    id: "no-generated-secrets-in-state",
    title: "No resource generates a secret",
    why: IN_STATE,
    severity: "critical",
    controls: CONTROLS,
    allowed: "passwords and keys that the service, or Secrets Manager, makes",
    types: ["random_password", "tls_private_key"],
    judge: forbidden,
  },
  {
    id: "no-secrets-read-into-state",
    title: "No data source reads a secret",
    why: IN_STATE,
    severity: "critical",
    controls: CONTROLS,
    allowed: "the ARN of the secret, which the program itself reads",
    types: "root",
    judgeRoot: readsNoSecret,
  },
  {
    id: "no-secret-defaults",
    title: "No variable has a secret as its default",
    why: "The secret is in the repository's history for ever, and every environment has the same one.",
    severity: "critical",
    controls: CONTROLS,
    allowed: "no default for a sensitive variable, and no key or token in any default",
    types: "root",
    judgeRoot: ({ variables }) => worst(variables.map(judgeDefault)),
  },
  {
    id: "no-secrets-in-user-data",
    title: "No script that starts a machine has a secret in it",
    why: "Every program on the machine, and whoever may describe the machine, reads the script.",
    severity: "critical",
    controls: CONTROLS,
    allowed: "a role that lets the machine read the secret itself",
    types: ["aws_instance", "aws_launch_template"],
    judge: ({ values }) =>
      worst(["user_data", "user_data_base64"].map((path) => judgeScript(path, values[path] ?? null))),
  },
  {
    id: "no-secrets-in-function-environment",
    title: "No variable of a function's environment is a secret",
    why: "Whoever may describe the function reads them, and so does whoever may plan.",
    severity: "critical",
    controls: CONTROLS,
    allowed: "the ARN of the secret, which the function itself reads",
    types: ["aws_lambda_function"],
    judge: ({ values }) => worst(valuesAt(values, "environment.variables").map(judgeEnvironment)),
  },
] as const satisfies readonly Guardrail[];

function unset(...paths: readonly string[]): Judgement {
  return ({ values }) => {
    const set = paths.find((path) => valuesAt(values, path).some(isSet));
    return set === undefined ? HOLDS : broken(`${set} is set`);
  };
}

/** A plan hides what a secret argument is set to, and that it is hidden tells that it is set. */
function isSet(value: Value): boolean {
  return value === SENSITIVE || !(isEmpty(value) || stemsFromNothing(value));
}

function readsNoSecret({ resources }: RootConfiguration): Verdict {
  const source = resources.find(({ mode, type }) => mode === "data" && SECRET_SOURCES.includes(type));
  return source === undefined ? HOLDS : broken(source.address);
}

function judgeDefault(variable: VariableConfiguration): Verdict {
  const place = `variable ${variable.name} of ${variable.module}`;
  if (variable.default === null) return HOLDS;
  if (variable.sensitive) return broken(`${place} is sensitive and has a default`);
  const form = formOfSecret(JSON.stringify(variable.default));
  return form === undefined ? HOLDS : broken(`the default of ${place} holds ${form}`);
}

/** The script as it stands or in Base64; what only the apply tells is a shell variable in it. */
function judgeScript(path: string, value: Value): Verdict {
  const script =
    value instanceof PartialText
      ? value.parts.map((part) => (typeof part === "string" ? part : "$unknown")).join("")
      : value;
  if (isUnknown(script)) return undecided(`${path} is not known`);
  if (typeof script !== "string") return HOLDS;
  const text = `${script}\n${Buffer.from(script, "base64").toString("utf8")}`;
  const form = formOfSecret(text);
  if (form !== undefined) return broken(`${path} holds ${form}`);
  const names = Array.from(text.matchAll(ASSIGNMENT), ([, name = ""]) => name);
  const secret = names.find(looksLikeSecretName);
  return secret === undefined ? HOLDS : broken(`${path} sets ${secret}`);
}

/** `DB_PASSWORD=text`; what the shell is to read from elsewhere, `$(…)`, is no secret in the script. */
const ASSIGNMENT = /\b([A-Za-z_]\w*)=["']?(?!arn:)[^\s"'$`]/g;

function judgeEnvironment(variables: Value): Verdict {
  if (isUnknown(variables)) return undecided("environment.variables is not known");
  if (!isMapping(variables)) return HOLDS;
  return worst(Object.entries(variables).map(([name, value]) => judgeVariable("environment.variables", name, value)));
}
