/** Secrets: neither in the source nor in Terraform's state, which everybody who may plan can read. */
import {
  type ResourceInstance,
  type RootConfiguration,
  SENSITIVE,
  show,
  type VariableConfiguration,
} from "../configuration";
import { beginsWith, type HclValue, isMapping, isUnknown, PartialText } from "../hcl";
import { all, forbidden, type Judge, where, worst } from "./attributes";
import { fromGzip, GZIP } from "./encodings";
import { broken, type Guardrail, HOLDS, undecided, type Verdict } from "./guardrail";
import { fromBase64, isArn, judgeVariable, looksLikeSecretName } from "./secret-patterns";
import { holdsNoSecret, secretsIn } from "./secret-values";
import { OTHER_SENSITIVE_ARGUMENTS, SENSITIVE_ARGUMENTS, SENSITIVE_SOURCES } from "./sensitive-arguments";
import { isAbsent, isEmpty, piecesOf, stemsFromNothing, valuesAt } from "./values";

const CONTROLS = {
  hipaa: ["164.308(a)(5)(ii)(D)", "164.312(a)(1)"],
  soc2: ["CC6.1"],
  gdpr: ["32(1)(b)"],
} as const;

const IN_STATE = "The state stores it in clear text: everybody who may plan, or reads a backup of the state, has it.";

/** User data scripts by resource type. */
const SCRIPTS: { readonly [type: string]: readonly string[] } = {
  aws_imagebuilder_image_recipe: ["user_data_base64"],
  aws_instance: ["user_data", "user_data_base64"],
  aws_launch_configuration: ["user_data", "user_data_base64"],
  aws_launch_template: ["user_data"],
  aws_lightsail_instance: ["user_data"],
  aws_spot_fleet_request: ["launch_specification.user_data"],
  aws_spot_instance_request: ["user_data", "user_data_base64"],
};

/** Arguments that other guardrails judge by their own rules. */
const JUDGED_BY_OTHERS: { readonly [type: string]: readonly string[] } = {
  aws_ecs_task_definition: ["container_definitions"],
  aws_lambda_function: ["environment"],
  aws_secretsmanager_secret_version: ["secret_binary", "secret_string"],
  aws_ssm_parameter: ["insecure_value", "value"],
};

/** Resource types that generate a secret during the apply, which the state then contains. */
const GENERATORS = [
  "aws_appsync_api_key",
  "aws_grafana_workspace_api_key",
  "aws_grafana_workspace_service_account_token",
  "aws_iam_service_specific_credential",
  "aws_iam_user_login_profile",
  "aws_wafv2_api_key",
  "random_password",
  "tls_private_key",
] as const;

/** Data sources of any provider whose result is a secret. */
const SECRET_SOURCE = /secret|password|credential|token|^vault_|^sops_|^onepassword_|_private_key|ssm_parameters?(_|$)/;

/** Types with such names that read no secret. */
const ABOUT_SECRETS: readonly string[] = [
  "aws_secretsmanager_secret",
  "aws_secretsmanager_secret_rotation",
  "aws_secretsmanager_secret_versions",
  "aws_secretsmanager_secrets",
];

export const SECRETS = [
  {
    id: "no-passwords-in-state",
    title: "No argument of a resource is a secret or contains one",
    why: IN_STATE,
    severity: "critical",
    controls: CONTROLS,
    allowed: "a password that the service manages, a write-only argument, or the ARN of a secret",
    types: ["*"],
    judge: (resource, root) =>
      worst([
        unset(...sensitiveArguments(resource.type), ...(isSecretManifest(resource) ? SECRET_DATA : []))(resource, root),
        judgeRest(resource),
      ]),
  },
  {
    id: "no-secret-values-in-state",
    title: "Terraform creates a secret or parameter without the secret's value",
    why: IN_STATE,
    severity: "critical",
    controls: CONTROLS,
    allowed: "a value that is set outside of Terraform, a write-only argument, or a parameter that is not a secret",
    types: ["aws_secretsmanager_secret_version", "aws_ssm_parameter"],
    judge: (resource, root) =>
      resource.type === "aws_ssm_parameter"
        ? all(
            where("type", (type) => type === "SecureString", unset("value", "insecure_value")),
            judgeParameter,
          )(resource, root)
        : unset("secret_string", "secret_binary")(resource, root),
  },
  {
    id: "no-generated-secrets-in-state",
    title: "No resource generates a secret",
    why: IN_STATE,
    severity: "critical",
    controls: CONTROLS,
    allowed: "passwords and keys that the service, or Secrets Manager, generates",
    types: GENERATORS,
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
    why: "The secret stays in the repository's history for ever, and every environment has the same one.",
    severity: "critical",
    controls: CONTROLS,
    allowed: "no default for a sensitive variable, and no key or token in any default",
    types: "root",
    judgeRoot: ({ variables }) => worst(variables.map(defaultVerdict)),
  },
  {
    id: "no-secrets-in-user-data",
    title: "User data contains no secret",
    why: "Every program on the instance, and everybody who may describe the instance, reads the user data.",
    severity: "critical",
    controls: CONTROLS,
    allowed: "a role that lets the instance read the secret itself",
    types: Object.keys(SCRIPTS),
    judge: ({ type, values }) =>
      worst((SCRIPTS[type] ?? []).flatMap((path) => valuesAt(values, path).map((value) => judgeScript(path, value)))),
  },
  {
    id: "no-secrets-in-function-environment",
    title: "No environment variable of a function is a secret",
    why: "Everybody who may describe the function, and everybody who may plan, reads them.",
    severity: "critical",
    controls: CONTROLS,
    allowed: "the ARN of the secret, which the function itself reads",
    types: ["aws_lambda_function"],
    judge: ({ values }) => worst(valuesAt(values, "environment.variables").map(judgeEnvironment)),
  },
] as const satisfies readonly Guardrail[];

function unset(...paths: readonly string[]): Judge {
  return ({ values }) => {
    const set = paths.find((path) => valuesAt(values, path).some(isSet));
    return set === undefined ? HOLDS : broken(`${set} is set`);
  };
}

/** @see https://kubernetes.io/docs/concepts/configuration/secret/ */
const SECRET_DATA = ["manifest.data", "manifest.stringData"];

function isSecretManifest({ type, values }: ResourceInstance): boolean {
  return type === "kubernetes_manifest" && valuesAt(values, "manifest.kind").includes("Secret");
}

/** A plan hides the value of a secret argument; a hidden value shows that the argument is set. */
function isSet(value: HclValue): boolean {
  return value === SENSITIVE || !(isEmpty(value) || stemsFromNothing(value));
}

/** Judges all values that no other row judges: forms of secrets anywhere, and literals with names of secrets. */
function judgeRest({ type, values }: ResourceInstance): Verdict {
  const others = [...(SCRIPTS[type] ?? []), ...(JUDGED_BY_OTHERS[type] ?? []), ...sensitiveArguments(type)];
  if (others.length === 0) return holdsNoSecret("", values);
  const rest = Object.entries(values).filter(([name]) => !others.includes(name));
  return holdsNoSecret("", Object.fromEntries(rest));
}

function sensitiveArguments(type: string): readonly string[] {
  return SENSITIVE_ARGUMENTS[type] ?? OTHER_SENSITIVE_ARGUMENTS[type] ?? [];
}

/** Everybody who may read parameters reads parameters of type String and StringList. */
function judgeParameter({ values }: ResourceInstance): Verdict {
  const { name = null } = values;
  return worst(
    ["value", "insecure_value"].flatMap((path) => {
      const value = values[path] ?? null;
      if (values.type === "SecureString" || isAbsent(value)) return [];
      const end = piecesOf(name).at(-1) ?? null;
      const isNamed = typeof end === "string" && looksLikeSecretName(end) && !isArn(value);
      return [isNamed ? broken(`${path} of ${show(name)} is set`) : holdsNoSecret(path, value)];
    }),
  );
}

function readsNoSecret({ resources }: RootConfiguration): Verdict {
  const source = resources.find((one) => one.mode === "data" && readsSecret(one));
  return source === undefined ? HOLDS : broken(source.address);
}

/** AWS publishes AMIs and endpoints in public parameters. Without decryption, a secret parameter is read as ciphertext. */
function readsSecret({ type, values }: ResourceInstance): boolean {
  const path = values.name ?? values.path ?? null;
  if (type === "aws_ssm_parameter" && values.with_decryption === false) return false;
  if (type.startsWith("aws_ssm_parameter") && beginsWith(path, "/aws/service/") === true) return false;
  return SENSITIVE_SOURCES.includes(type) || (SECRET_SOURCE.test(type) && !ABOUT_SECRETS.includes(type));
}

/** Roots that call the same module have the same variables. */
const verdicts = new WeakMap<VariableConfiguration, Verdict>();

function defaultVerdict(variable: VariableConfiguration): Verdict {
  const known = verdicts.get(variable) ?? judgeDefault(variable);
  verdicts.set(variable, known);
  return known;
}

function judgeDefault(variable: VariableConfiguration): Verdict {
  const place = `variable ${variable.name} of ${variable.module}`;
  if (variable.default === null) return HOLDS;
  if (variable.sensitive) return broken(`${place} is sensitive and has a default`);
  const [secret] = secretsIn({ [variable.name]: variable.default }, "");
  return secret === undefined ? HOLDS : broken(`the default of ${place} holds ${secret.found.form}`);
}

/**
 * Judges the script as it is or in Base64. A part that is known only after the apply becomes a shell variable, if its
 * resource is known. A script in an unreadable form is not decided.
 */
function judgeScript(path: string, value: HclValue): Verdict {
  const script =
    value instanceof PartialText
      ? value.parts.map((part) => (typeof part === "string" ? part : "$unknown")).join("")
      : value;
  if (isUnknown(script)) return undecided(`${path} is not known`);
  if (typeof script !== "string" || script === "") return HOLDS;
  const text = `${script}\n${fromBase64(script) ?? ""}`;
  const names = Array.from(text.matchAll(ASSIGNMENT), ([, name = ""]) => name);
  const secret = names.find(looksLikeSecretName);
  if (secret !== undefined) return broken(`${path} sets ${secret}`);
  const verdict = holdsNoSecret(path, value);
  if (verdict.outcome !== "holds") return verdict;
  if (SHA1.test(script)) return undecided(`${path} is only known by its hash`);
  if (script.startsWith(GZIP) && fromGzip(script) === undefined) return undecided(`${path} is compressed`);
  const isOpen = value instanceof PartialText && value.parts.some(stemsFromNothing);
  return isOpen ? undecided(`a piece of ${path} is not known`) : HOLDS;
}

/** `DB_PASSWORD=text`. A value that the shell reads from elsewhere, `$(…)`, is not a secret in the script. */
const ASSIGNMENT = /\b([A-Za-z_]\w{0,127})=["']?(?!arn:)[^\s"'$`]/g;

/** In a plan, the provider shows the scripts of some types only as a hash. */
const SHA1 = /^[0-9a-f]{40}$/;

function judgeEnvironment(variables: HclValue): Verdict {
  if (isUnknown(variables)) return undecided("environment.variables is not known");
  if (!isMapping(variables)) return HOLDS;
  return worst(
    Object.entries(variables).flatMap(([name, value]) => [
      judgeVariable("environment.variables", name, value),
      holdsNoSecret(`environment.variables.${name}`, value),
    ]),
  );
}
