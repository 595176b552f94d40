/** Helm releases: a chart that was reviewed, values that can be judged, and a failed upgrade that leaves nothing. */
import { type ResourceInstance, show } from "../../configuration";
import { type HclValue, isMapping, isUnknown, PartialText } from "../../hcl";
import { all, allows, judgeValues, worst } from "../attributes";
import { broken, HOLDS, type ResourceGuardrail, undecided, type Verdict } from "../guardrail";
import { documentOf } from "../policies";
import { isAbsent, isEmpty, isText, itemsAt } from "../values";
import { isNotOn, isOn, judgeNames } from "./pod-specs";

const RELEASES = ["helm_release"] as const;

export const RELEASE_ROWS = [
  {
    id: "helm-chart-pinned",
    title: "A release has an exact version of its chart",
    why: "Without a version, or with a range, the newest chart is planned: nobody has reviewed it, and the apply can fail because the next chart is newer than that of the plan.",
    severity: "high",
    controls: { hipaa: ["164.312(c)(1)"], soc2: ["CC6.8", "CC8.1"] },
    allowed: "a version such as 1.4.2 and no devel; a chart on a path may omit the version",
    types: RELEASES,
    judge: all(
      ({ values: { chart = null, version = null } }) =>
        isOnPath(chart) && isAbsent(version) ? HOLDS : judgeValues("version", [version], isExactVersion),
      allows("devel", isNotOn),
    ),
  },
  {
    id: "helm-release-atomic",
    title: "A release that fails is taken back",
    why: "A failed installation is in the cluster and not in the state, so that the next apply fails for its name. A failed upgrade leaves objects that no later upgrade removes.",
    severity: "medium",
    controls: { soc2: ["A1.2", "CC8.1"] },
    allowed: "atomic = true",
    types: RELEASES,
    judge: allows("atomic", isOn),
  },
  {
    id: "helm-release-own",
    title: "A release adopts no other release and no values that its source does not have",
    why: "With upgrade_install, a release that could not be read is upgraded instead of created, and so is one that somebody else made. With reuse_values, values stay that were removed from the source.",
    severity: "high",
    controls: { soc2: ["CC8.1"] },
    allowed: "neither upgrade_install, take_ownership, replace nor reuse_values",
    types: RELEASES,
    judge: all(
      ...["upgrade_install", "take_ownership", "replace", "reuse_values"].map((name) => allows(name, isNotOn)),
    ),
  },
  {
    id: "helm-namespace-managed",
    title: "A release is installed in a namespace that Terraform manages",
    why: "A namespace that Helm creates has no Pod Security level and no network policy. Without a namespace, the release is in default.",
    severity: "medium",
    controls: { hipaa: ["164.312(a)(1)"], soc2: ["CC6.1"] },
    allowed: "a namespace other than default, and no create_namespace",
    types: RELEASES,
    judge: all(
      ({ values }) => judgeNames(values, "namespace", (namespace) => isText(namespace) && namespace !== "default"),
      allows("create_namespace", isNotOn),
    ),
  },
  {
    id: "helm-values-readable",
    title: "The values of a release can be judged, and show no secret in its metadata",
    why: "YAML 1.1 reads on as true and 0123 as 83, and no guardrail judges a text that is no JSON. The release's metadata shows the values of set_sensitive at paths with an index or a dot.",
    severity: "high",
    controls: { hipaa: ["164.312(d)"], soc2: ["CC6.1", "CC8.1"], gdpr: ["32(1)(b)"] },
    allowed: "values with JSON objects; secrets that the chart reads from a Secret, and no set_sensitive or set_wo",
    types: RELEASES,
    judge: all(allows("set_sensitive", isEmpty), allows("set_wo", isEmpty), valuesAreObjects),
  },
] as const satisfies readonly ResourceGuardrail[];

/** A path begins with `.` or `/`; `path.module` begins with `.`. */
function isOnPath(chart: HclValue): boolean {
  const start = chart instanceof PartialText ? chart.parts[0] : chart;
  return typeof start === "string" && /^[./]/.test(start);
}

/** @see https://semver.org */
function isExactVersion(version: HclValue): boolean {
  return typeof version === "string" && /^\d+\.\d+\.\d+(-[\w.-]+)?(\+[\w.-]+)?$/.test(version);
}

function valuesAreObjects({ values }: ResourceInstance): Verdict {
  return worst(
    itemsAt(values, "values").map((text, position) => {
      const place = `values[${position}]`;
      const document = documentOf(text);
      if (isAbsent(text) || isMapping(document)) return HOLDS;
      return isUnknown(text) ? undecided(`${place} = ${show(text)}`) : broken(`${place} is no JSON object`);
    }),
  );
}
