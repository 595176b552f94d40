/** Quantities of resources: `500m`, `1.5Gi`. @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/ */
import { show } from "../../configuration";
import { type HclValue, isMapping, isUnknown, type Mapping } from "../../hcl";
import { worst } from "../attributes";
import { broken, HOLDS, undecided, type Verdict } from "../guardrail";
import { isAbsent, itemsAt } from "../values";

const FACTORS: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  "": 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

const QUANTITY = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)([numkMGTPE]|[KMGTPE]i|)$/;

/** The quantity as a number; undefined if Kubernetes cannot parse it. */
export function quantityOf(value: HclValue): number | undefined {
  if (typeof value !== "string" && typeof value !== "number") return undefined;
  const [, number, suffix = ""] = QUANTITY.exec(String(value)) ?? [];
  const hasBoth = suffix !== "" && /[eE]/.test(number ?? "");
  return number === undefined || hasBoth ? undefined : Number(number) * (FACTORS[suffix] ?? 1);
}

/** Each value of the maps at a path, or the value at the path itself, is a quantity. */
export function judgeQuantities(value: HclValue, path: string, place = ""): Verdict {
  return worst(
    itemsAt(value, path).flatMap((found) =>
      isMapping(found)
        ? Object.entries(found).map(([name, quantity]) => judgeQuantity(quantity, `${place}${path}.${name}`))
        : [judgeQuantity(found, `${place}${path}`)],
    ),
  );
}

function judgeQuantity(value: HclValue, place: string): Verdict {
  if (isUnknown(value)) return undecided(`${place} = ${show(value)}`);
  return isAbsent(value) || quantityOf(value) !== undefined ? HOLDS : broken(`${place} = ${show(value)}`);
}

/** Whether no request is above its limit. Malformed quantities are judged elsewhere. */
export function judgeRequests(requests: Mapping, limits: Mapping, place: string): Verdict {
  return worst(
    Object.entries(requests).map(([name, request]) => {
      const [least, most] = [quantityOf(request), quantityOf(limits[name] ?? null)];
      if (least === undefined || most === undefined || least <= most) return HOLDS;
      return broken(`${place}requests.${name} = ${show(request)} and limits.${name} = ${show(limits[name] ?? null)}`);
    }),
  );
}
