/** What a change of an environment's data changes in the plan of a root. */
import type { Planned } from "../support/planned";

/** Addresses in order, with `+` for an added resource, `-` for a removed one, and `~` for one with other values. */
export function differences(before: Planned, after: Planned): string[] {
  const [old, current] = [valuesOf(before), valuesOf(after)];
  return [...new Set([...old.keys(), ...current.keys()])].sort().flatMap((address) => {
    if (old.get(address) === current.get(address)) return [];
    return `${old.has(address) ? (current.has(address) ? "~" : "-") : "+"} ${address}`;
  });
}

/** Values as text. Terraform's mocked provider makes computed attributes of eight random characters. */
function valuesOf(plan: Planned): Map<string, string> {
  return new Map(
    plan.resources.map(({ address, values }) => [
      address,
      JSON.stringify(values).replace(/\b[a-z0-9]{8}\b/g, "computed"),
    ]),
  );
}
