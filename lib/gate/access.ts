/** Who may do what, and who may reach what: what a plan changes about it, in words. */
import { statementsOf } from "../guardrails/policies";
import { Unknown } from "../hcl";
import { type Change, pastOf } from "./change";
import type { Names } from "./names";
import { pathInWords } from "./paths";
import { DOCUMENTS, permissionsInWords } from "./permissions";
import { merged, type Sentence } from "./sentence";

const PERMISSIONS =
  /^(aws_(iam_\w+|lambda_permission|kms_grant|s3_bucket_acl|s3_\w*public_access_block|eks_access_\w+|organizations_policy\w*|ssoadmin_\w+)|kubernetes_((cluster_)?role(_binding)?|service_account)(_v1)?)$/;

const NETWORK =
  /^(aws_(vpc_security_group_(ingress|egress)_rule|security_group(_rule)?|default_security_group|network_acl(_rule)?|default_network_acl|route|(egress_only_)?internet_gateway|vpc_peering_connection\w*|ec2_transit_gateway\w*|vpn_\w+)|kubernetes_network_policy(_v1)?)$/;

/** Whether the change is one of permissions: anything of IAM, or a policy of a resource. */
export function isAccess(change: Change): boolean {
  if (changesNothingElse(change)) return false;
  const { type, action, changed } = change;
  if (PERMISSIONS.test(type)) return true;
  const document = DOCUMENTS[type];
  if (document === undefined || onlyDenies(change)) return false;
  return type.endsWith("_policy") || action !== "update" || changed.includes(document.argument);
}

/** Whether it is a new document of a resource that permits nothing to anybody. */
export function onlyDenies({ type, action, after }: Change): boolean {
  const document = DOCUMENTS[type];
  if (document === undefined || action !== "create" || PERMISSIONS.test(type)) return false;
  const statements = statementsOf(after?.[document.argument] ?? null);
  if (statements instanceof Unknown) return false;
  return statements.length > 0 && statements.every(({ effect }) => effect === "Deny");
}

/** Whether the change is one of paths through the network. */
export function isNetworkAccess(change: Change): boolean {
  return NETWORK.test(change.type) && !changesNothingElse(change);
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
