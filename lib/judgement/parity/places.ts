/** Notation of places in reports and declared differences: `alarms.alarms.database-cpu.threshold`. */

/** The place of a member. A key with other characters than letters, digits, `_` and `-` is in brackets: `queue.tags["a.b"]`. */
export function below(place: string, key: string | number): string {
  if (typeof key === "number") return `${place}[${key}]`;
  return /^[\w-]+$/.test(key) ? `${place}.${key}` : `${place}[${JSON.stringify(key)}]`;
}

export function isAtOrBelow(place: string, at: string): boolean {
  return place === at || (place.startsWith(at) && /[.[]/.test(place.charAt(at.length)));
}

/** The call and the input of a place: `alarms` and `alarms` of `alarms.alarms.database-cpu`. */
export function callAndInput(place: string): [call: string, input: string | undefined] {
  const [, call = place, input] = /^([^.[]*)(?:\.([^.[]*))?/.exec(place) ?? [];
  return [call, input];
}
