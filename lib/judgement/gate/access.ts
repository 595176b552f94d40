/** Changes of permissions and network paths in a plan, as sentences. */
import { asObject } from "../configuration/json";
import { statementsOf } from "../guardrails/policies";
import { heldBy } from "../guardrails/types";
import { RESTRICTING } from "../guardrails/types/held";
import { Unknown } from "../hcl";
import { ACCESS_ARGUMENTS } from "./access-arguments";
import { type Change, pastOf } from "./change";
import { differences } from "./differences";
import { withoutEmpty } from "./empty";
import type { Names } from "./names";
import { pathInWords } from "./paths";
import { DOCUMENTS, permissionsInWords } from "./permissions";
import { changesSomething } from "./sensitive";
import { merged, type Sentence } from "./sentence";

/** Arguments of the table that are paths through the network; the others are permissions. */
const PATHS = /^((in|e)gress|route|route_table_ids|propagating_vgws)$/;

/** Types that hold data, and that decide who signs in from the day on which they are created. */
const SIGNS_IN: ReadonlySet<string> = new Set(["aws_cognito_user_pool"]);

/** Arguments that give no access: the target for messages that failed. */
const NEITHER = /^redrive_/;

/** Arguments that give a resource the permissions of a role or of a Kubernetes service account. */
const OWN_ROLE = /(^|[._])(role(_arn)?|iam_instance_profile(\.\w+)?|service_account_name)$/;

const OWN_GROUPS = /(^|[._])security_groups?(_ids?)?$/;

/** Whether the change affects permissions: of a resource that grants access, of a policy, or of the role of a resource. */
export function isAccess(change: Change): boolean {
  if (!givesOrTakes(change)) return false;
  const { type, action, changed } = change;
  if (heldBy(typeOf(change)) === "access" || exchanges(change, OWN_ROLE)) return true;
  if (change.before === undefined && SIGNS_IN.has(type)) return true;
  if (gives(change, (argument) => !PATHS.test(argument) && !NEITHER.test(argument))) return true;
  const document = DOCUMENTS[type];
  if (document === undefined) return false;
  return type.endsWith("_policy") || action !== "update" || changed.includes(document.argument);
}

/** Whether access can change. A new resource that only restricts or denies grants nothing. */
function givesOrTakes(change: Change): boolean {
  const { type, action } = change;
  if (action === "create" && (RESTRICTING.has(type) || onlyDenies(change))) return false;
  return changesSomething(change);
}

/** Whether the policy document of a resource contains denials only. */
function onlyDenies({ type, after }: Change): boolean {
  const document = DOCUMENTS[type];
  if (document === undefined || type.startsWith("aws_iam_")) return false;
  const statements = statementsOf(after?.[document.argument] ?? null);
  if (statements instanceof Unknown) return false;
  return statements.length > 0 && statements.every(({ effect }) => effect === "Deny");
}

/** Whether the change affects network paths. */
export function isNetworkAccess(change: Change): boolean {
  if (!givesOrTakes(change)) return false;
  if (heldBy(typeOf(change)) === "network" || exchanges(change, OWN_GROUPS)) return true;
  return gives(change, (argument) => PATHS.test(argument));
}

/** `kubernetes_cluster_role` for a manifest of the kind `ClusterRole`. */
function typeOf({ type, before, after }: Change): string {
  const { kind = null } = asObject((after ?? before)?.manifest);
  if (type !== "kubernetes_manifest" || typeof kind !== "string") return type;
  return `kubernetes${kind.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`;
}

/** Whether an existing resource gets another value at a path that matches. */
function exchanges({ before, after, changed }: Change, wanted: RegExp): boolean {
  if (before === undefined || after === undefined) return false;
  return changed.some((name) =>
    differences(before[name] ?? null, after[name] ?? null, name).some(({ path }) => wanted.test(path)),
  );
}

/** Whether the resource grants access to another resource, or the change affects an access argument of its own. */
function gives(change: Change, isWanted: (argument: string) => boolean): boolean {
  return Object.entries(ACCESS_ARGUMENTS).some(([type, all]) =>
    all
      .filter(({ argument }) => isWanted(argument))
      .some(
        ({ argument, explainedBy }) =>
          explainedBy.some((other) => other.type === change.type) || (type === change.type && holds(change, argument)),
      ),
  );
}

/** Whether the argument changes, or is imported with a value. */
function holds({ action, after, changed }: Change, argument: string): boolean {
  if (action === "import") return withoutEmpty(after?.[argument]) !== undefined;
  return after !== undefined && changed.includes(argument);
}

/** Each permission and path that somebody gets or loses, in as few sentences as possible. */
export function accessInWords(changes: readonly Change[], names: Names): Sentence[] {
  return merged(
    changes
      .filter((change) => change.action !== "forget" && (isAccess(change) || isNetworkAccess(change)))
      .flatMap((change) => sentencesOn(change, names)),
  );
}

function sentencesOn(change: Change, names: Names): Sentence[] {
  if (/security_group_(\w+_)?rule$/.test(change.type)) return pathInWords(change, names);
  if (change.type.endsWith("_policy_attachment")) return attachmentInWords(change, names);
  const document = DOCUMENTS[change.type];
  const permissions = document === undefined ? [] : permissionsInWords(change, document, names);
  if (permissions.length > 0) return permissions;
  return isSilent(change) ? [] : [happening(change, names)];
}

/** Whether no sentence is needed: a document without statements, a group without rules, or a new resource that closes access. */
function isSilent({ type, action }: Change): boolean {
  if (action === "update") return false;
  const isNew = action === "create" || action === "import";
  return DOCUMENTS[type] !== undefined || type === "aws_security_group" || (isNew && CLOSED_WHEN_NEW.test(type));
}

const CLOSED_WHEN_NEW = /^aws_(default_\w+|s3_\w*public_access_block)$/;

/** The sentence for a change that has no sentence of its own. */
function happening(change: Change, names: Names): Sentence {
  const who = [`${names.ofAddress(change.address)} (${change.type})`];
  const isUpdate = change.action === "update";
  const may = isUpdate ? "changes" : `is ${change.action === "create" ? "added" : pastOf(change)}`;
  return { who, may, what: isUpdate ? change.changed : [], on: [], when: "" };
}

function attachmentInWords({ before, after }: Change, names: Names): Sentence[] {
  const sentence = (values: Change["after"], may: string): Sentence[] =>
    values === undefined
      ? []
      : [
          {
            who: [names.of(values.role ?? values.user ?? values.group ?? null)],
            may,
            what: [names.of(values.policy_arn ?? null)],
            on: [],
            when: "",
          },
        ];
  return [...sentence(before, "loses the policy"), ...sentence(after, "gets the policy")];
}
