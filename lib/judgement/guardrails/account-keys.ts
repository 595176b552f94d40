/** KMS keys: whether an argument names one in the root's own account. */
import { type RootConfiguration, show } from "../configuration";
import { type HclValue, isUnknown, Reference, type Unknown } from "../hcl";
import { accountOf } from "./account";
import { type Judge, worst } from "./attributes";
import { broken, HOLDS, undecided, type Verdict } from "./guardrail";
import { HOLE, piecesOf, stemsFromNothing, textWithHoles, valuesAt } from "./values";

/** The allowed value of every row that uses `keyOfAccount`. */
export const KEY_OF_ACCOUNT = "a key or an alias of the root's own account, other than alias/aws/…";

/**
 * The argument names a key that the root's account owns, not an AWS managed key and not a key of another account. A
 * root that names no account breaks `provider-account-pinned`, and its keys are not reported as well.
 */
export function keyOfAccount(path: string): Judge {
  return ({ values }, root) => judgeKeys(values, path, root);
}

/** @param place prefix of the path in a message: `backend.s3.` */
export function judgeKeys(value: HclValue, path: string, root: RootConfiguration, place = ""): Verdict {
  return worst(valuesAt(value, path).map((key) => judgeKey(key, root, `${place}${path} = ${show(key)}`)));
}

function judgeKey(key: HclValue, root: RootConfiguration, got: string): Verdict {
  const text = textWithHoles(key);
  if (text === undefined) return isUnknown(key) ? judgeReference(key, root, got) : broken(got);
  if (piecesOf(key).some(stemsFromNothing)) return undecided(got);
  if (OWN_BY_NAME.test(text)) return HOLDS;
  const account = ARN.exec(text)?.groups?.account;
  const own = accountOf(root);
  if (account === undefined) return broken(got);
  if (account === HOLE) return namesOwnAccount(key) ? HOLDS : undecided(got);
  return own === undefined || account === own ? HOLDS : broken(`${got}, and the root is for account ${own}`);
}

/**
 * A name without an account stands for a key of the caller's account. Names that begin with `aws/` are AWS's own.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#key-id
 */
const OWN_BY_NAME = /^(alias\/(?!aws\/)[\w/\uE000-]+|mrk-[\da-f]{32}|[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12})$/;

const ARN = /^arn:[^:]+:kms:[^:]+:(?<account>\d{12}|\uE000):(key\/[^*?]+|alias\/(?!aws\/)[^*?]+)$/;

/** @see https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/kms_key */
const KEY = /(^|\.)aws_kms_(key|alias|external_key|replica_key|replica_external_key)\./;
const DATA = /(^|\.)data\.(?<type>\w+)\./;

/**
 * A data source of a key is judged by its argument. The result of any other data source is known only after the apply.
 */
function judgeReference({ references }: Unknown, root: RootConfiguration, got: string): Verdict {
  if (references.some(({ address }) => KEY.test(address) && !DATA.test(address))) return HOLDS;
  const [source] = references.filter(({ address }) => DATA.test(address));
  if (source === undefined) return references.length === 0 ? undecided(got) : broken(got);
  const argument = SOURCES[DATA.exec(source.address)?.groups?.type ?? ""];
  const lookedUp = root.at(source.address)?.values;
  if (argument === undefined || lookedUp === undefined) return undecided(got);
  return judgeKey(lookedUp[argument] ?? null, root, `${got}, which is ${show(lookedUp[argument] ?? null)}`);
}

const SOURCES: Readonly<Record<string, string>> = { aws_kms_alias: "name", aws_kms_key: "key_id" };

function namesOwnAccount(key: HclValue): boolean {
  return piecesOf(key).some(
    (piece) => piece instanceof Reference && /(^|\.)data\.aws_caller_identity\./.test(piece.address),
  );
}
