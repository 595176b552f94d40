/**
 * Terraform's version constraints, such as `>= 5.100.0, < 7.0.0` and `~> 5.1`.
 * @see https://developer.hashicorp.com/terraform/language/expressions/version-constraints
 */
import coerce from "semver/functions/coerce";
import compare from "semver/functions/compare";
import satisfies from "semver/functions/satisfies";
import intersects from "semver/ranges/intersects";
import minVersion from "semver/ranges/min-version";

/** The first major version that a constraint allows, and the last one; `undefined` where no version is the last. */
export interface Majors {
  readonly first: number;
  readonly last: number | undefined;
}

/** More major versions than any provider has. */
const FAR = 1000;

/**
 * Whose versions the constraint is about: Terraform reads `~> 5` as `>= 5.0, < 6.0` for a provider, and as `>= 5` without an
 * end for itself.
 */
export type VersionSubject = "provider" | "terraform";

/** `undefined` for text that is no constraint. */
export function majorsOf(constraint: string, subject: VersionSubject): Majors | undefined {
  const range = semverRange(constraint, subject);
  const first = range === undefined ? undefined : minVersion(range)?.major;
  if (range === undefined || first === undefined) return undefined;
  if (intersects(range, `>=${FAR}.0.0`)) return { first, last: undefined };
  let last = first;
  while (intersects(range, `>=${last + 1}.0.0`)) last++;
  return { first, last };
}

/** Whether a version of a provider, such as `5.100.0`, meets the constraint. */
export function meets(version: string, constraint: string): boolean {
  const range = semverRange(constraint, "provider");
  return range !== undefined && satisfies(version, range) && !excluded(constraint).includes(version);
}

/** A constraint that allows exactly one version. */
export function exactVersion(constraint: string): string | undefined {
  const [part, ...others] = partsOf(constraint);
  return part?.operator === "=" && part.segments === 3 && others.length === 0 ? part.version : undefined;
}

/** The parts of a constraint by their versions, as Terraform writes them into a lock file. */
export function inOrder(constraint: string): string {
  const parts = constraint.split(",").map((part) => part.trim());
  return parts.sort((one, other) => compare(coerce(one) ?? "0.0.0", coerce(other) ?? "0.0.0")).join(", ");
}

interface Part {
  readonly operator: string;
  /** With three numbers. */
  readonly version: string;
  /** How many numbers the constraint has: `~> 5.1` and `~> 5.1.0` differ. */
  readonly segments: number;
}

/** The same in npm's syntax, without the versions that `!=` excludes. */
function semverRange(constraint: string, subject: VersionSubject): string | undefined {
  const parts = partsOf(constraint);
  const ranges = parts.map(({ operator, version, segments }) => {
    if (operator === "!=") return "";
    if (operator !== "~>") return `${operator}${version}`;
    const [major = 0, minor = 0] = version.split(".").map(Number);
    if (segments === 1 && subject === "terraform") return `>=${version}`;
    return `>=${version} <${segments === 3 ? `${major}.${minor + 1}.0` : `${major + 1}.0.0`}`;
  });
  return parts.length === 0 ? undefined : ranges.join(" ").trim() || "*";
}

function excluded(constraint: string): string[] {
  return partsOf(constraint).flatMap(({ operator, version }) => (operator === "!=" ? [version] : []));
}

/** Empty where the text is no constraint. */
function partsOf(constraint: string): Part[] {
  const parts = constraint.split(",").map((part) => {
    const [, operator = "=", text = ""] = /^\s*(=|!=|>=?|<=?|~>)?\s*(\d+(?:\.\d+){0,2})\s*$/.exec(part) ?? [];
    const version = coerce(text)?.version;
    return version === undefined ? [] : [{ operator, version, segments: text.split(".").length }];
  });
  return parts.every((part) => part.length > 0) ? parts.flat() : [];
}
