/** Who may do what, and who may reach what: what a plan changes about it, in words. */
import { isDeepStrictEqual } from "node:util";
import { asObject } from "../configuration/json";
import { many } from "../guardrails/values";
import { isList, isMapping, type Mapping, type Value } from "../hcl";
import { ACCESS_ARGUMENTS } from "./access-arguments";
import { type Change, pastOf } from "./change";
import { withoutEmpty } from "./empty";
import type { Names } from "./names";
import { pathInWords } from "./paths";
import { DOCUMENTS, permissionsInWords } from "./permissions";
import { merged, type Sentence } from "./sentence";

const PERMISSIONS =
  /^(aws_(iam_\w+|\w+_permissions?|\w+_(access|auth|cluster|container|destination|event_bus|identity|model_package_group|permissions|registry|resource|sink|vault)_policy|(acmpca|ecrpublic_repository|iot|s3control_\w+|s3tables_\w+|verifiedpermissions)_policy|cognito_identity_pool_roles_attachment|kms_grant|lambda_function_url|ram_\w+|s3_bucket_acl|s3_\w*public_access_block|eks_access_\w+|organizations_policy\w*|ssoadmin_\w+)|kubernetes_((cluster_)?role(_binding)?|service_account)(_v1)?)$/;

const NETWORK =
  /^(aws_(vpc_security_group_(ingress|egress)_rule|security_group(_rule)?|default_security_group|network_acl(_rule)?|default_network_acl|route|(main_)?route_table_association|(egress_only_)?internet_gateway|vpc_peering_connection\w*|ec2_transit_gateway\w*|vpn_\w+)|kubernetes_network_policy(_v1)?)$/;

/** Arguments of the table that are paths through the network; the others are permissions. */
const PATHS = /^((in|e)gress|route|route_table_ids|propagating_vgws)$/;

/** Where a queue puts what failed is nobody's permission. */
const NEITHER = /^redrive_/;

/** A resource may do what its role, or its service account of Kubernetes, may do. */
const OWN_ROLE = /(^|[._])(role(_arn)?|iam_instance_profile(\.\w+)?|service_account_name)$/;

const OWN_GROUPS = /(^|[._])security_groups?(_ids?)?$/;

/** Whether the change is one of permissions: anything of IAM, a policy of a resource, or another role. */
export function isAccess(change: Change): boolean {
  if (changesNothingElse(change)) return false;
  const { type, action, changed } = change;
  if (PERMISSIONS.test(typeOf(change)) || exchanges(change, OWN_ROLE)) return true;
  if (gives(change, (argument) => !PATHS.test(argument) && !NEITHER.test(argument))) return true;
  const document = DOCUMENTS[type];
  if (document === undefined) return false;
  return type.endsWith("_policy") || action !== "update" || changed.includes(document.argument);
}

/** Whether the change is one of paths through the network. */
export function isNetworkAccess(change: Change): boolean {
  if (changesNothingElse(change)) return false;
  if (NETWORK.test(typeOf(change)) || exchanges(change, OWN_GROUPS)) return true;
  return gives(change, (argument) => PATHS.test(argument));
}

/** `kubernetes_cluster_role` for a manifest of the kind `ClusterRole`. */
function typeOf({ type, before, after }: Change): string {
  const { kind = null } = asObject((after ?? before)?.manifest);
  if (type !== "kubernetes_manifest" || typeof kind !== "string") return type;
  return `kubernetes${kind.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`;
}

/** Whether a resource that stays has another value at such a path. */
function exchanges({ before, after, changed }: Change, path: RegExp): boolean {
  if (before === undefined || after === undefined) return false;
  return changed.some((name) =>
    pathsApart(name, before[name] ?? null, after[name] ?? null).some((one) => path.test(one)),
  );
}

/** Paths of the single values that differ; blocks of a list share a path. */
function pathsApart(path: string, before: Value, after: Value): string[] {
  if (isDeepStrictEqual(before, after)) return [];
  if ([before, after].some(isList)) {
    const [then, now] = [many(before), many(after)];
    return Array.from({ length: Math.max(then.length, now.length) }, (_, i) => i).flatMap((i) =>
      pathsApart(path, then[i] ?? null, now[i] ?? null),
    );
  }
  if (![before, after].some(isMapping)) return [path];
  const [then, now] = [before, after].map((value): Mapping => (isMapping(value) ? value : {}));
  return Object.keys({ ...then, ...now }).flatMap((name) =>
    pathsApart(`${path}.${name}`, then?.[name] ?? null, now?.[name] ?? null),
  );
}

/** Whether the resource gives access to another one, or the change is one of such arguments of its own. */
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

/** Whether the argument is another one afterwards, or is taken over. */
function holds({ action, after, changed }: Change, argument: string): boolean {
  if (action === "import") return withoutEmpty(after?.[argument]) !== undefined;
  return after !== undefined && changed.includes(argument);
}

/** Whether the change is one of the address or of tags alone. */
function changesNothingElse({ action, changed }: Change): boolean {
  return action === "move" || (action === "update" && changed.every((name) => name === "tags" || name === "tags_all"));
}

/** Every permission and path that somebody gets or loses, in as few sentences as can be. */
export function accessInWords(changes: readonly Change[], names: Names): Sentence[] {
  return merged(
    changes
      .filter((change) => isAccess(change) || isNetworkAccess(change))
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

/** A group without rules and a document that permits nothing give nobody anything; what is closed by default opens nothing. */
function isSilent({ type, action }: Change): boolean {
  if (action === "update") return false;
  const isNew = action === "create" || action === "import";
  return DOCUMENTS[type] !== undefined || type === "aws_security_group" || (isNew && CLOSED.test(type));
}

const CLOSED = /^aws_(default_\w+|s3_\w*public_access_block)$/;

/** What no sentence can be made of is at least named. */
function happening(change: Change, names: Names): Sentence {
  const who = [`${names.ofAddress(change.address)} (${change.type})`];
  const isUpdate = change.action === "update";
  const may = isUpdate ? "gets another" : change.action === "create" ? "added" : pastOf(change);
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
