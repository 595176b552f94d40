/** OIDC subjects with which a role trusts the pods of a Kubernetes cluster. */
import type { HclValue } from "../hcl";
import type { KeyComparison, Statement } from "./policies";
import type { Answer } from "./statements";
import { stemsFromNothing, textWithHoles } from "./values";

/** The claims of one service account. A namespace and a name contain neither a colon nor a wildcard. */
const CLAIMS = {
  ":aud": /^sts\.amazonaws\.com$/,
  ":sub": /^system:serviceaccount:[^*?:]+:[^*?:]+$/,
} as const;

/**
 * The statement compares audience and subject with one value each. Wildcards let in every pod of a namespace or of the cluster,
 * and whoever may create a pod chooses its name.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html
 */
export function namesServiceAccount(statement: Statement): Answer {
  if (!trustsPods(statement)) return undefined;
  for (const [ending, form] of Object.entries(CLAIMS)) {
    const comparisons = statement.conditions.filter(({ key }) => key.endsWith(ending));
    const open = comparisons.flatMap(({ values }) => values).find(stemsFromNothing);
    if (open !== undefined) return { open };
    const wrong = comparisons.find((comparison) => !isExact(comparison, form));
    if (wrong !== undefined) return { wrong: { [wrong.operator]: { [wrong.name]: [...wrong.values] } } };
    if (comparisons.length === 0)
      return statement.openConditions[0] === undefined
        ? { wrong: statement.condition }
        : { open: statement.openConditions[0] };
  }
  return undefined;
}

function isExact({ test, quantifier, ifExists, values }: KeyComparison, form: RegExp): boolean {
  const [value = null] = values;
  return (
    test === "stringequals" &&
    quantifier === undefined &&
    !ifExists &&
    values.length === 1 &&
    form.test(textWithHoles(value) ?? "")
  );
}

function trustsPods({ principals, conditions }: Statement): boolean {
  return (
    principals.some(({ kind, id }) => kind === "Federated" && ISSUER.test(textWithHoles(id) ?? "")) ||
    conditions.some(({ key, values }) => key.endsWith(":sub") && (ISSUER.test(key) || values.some(isPod)))
  );
}

const ISSUER = /oidc\.eks\./;

function isPod(subject: HclValue): boolean {
  return (textWithHoles(subject) ?? "").startsWith("system:");
}
