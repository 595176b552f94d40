/** Whether an EventBridge pattern matches an event, for the operators that the modules use. */
import { z } from "zod";

const MATCHER = z.union([
  z.string(),
  z.number(),
  z.strictObject({ exists: z.literal(true) }),
  z.strictObject({ prefix: z.string() }),
  z.strictObject({ numeric: z.tuple([z.literal(">="), z.number()]) }),
  z.strictObject({ "anything-but": z.union([z.string(), z.number(), z.strictObject({ prefix: z.string() })]) }),
]);
type Matcher = z.infer<typeof MATCHER>;

/**
 * A list of the event matches if one of its elements matches, objects included.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns-arrays.html
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export function matches(pattern: unknown, event: unknown): boolean {
  if (Array.isArray(event)) return event.some((element) => matches(pattern, element));
  if (Array.isArray(pattern)) return pattern.some((one) => accepts(MATCHER.parse(one), event));
  if (typeof event !== "object" || event === null) return false;
  return Object.entries(Object(pattern)).every(([key, part]) =>
    key === "$or"
      ? z
          .array(z.unknown())
          .parse(part)
          .some((one) => matches(one, event))
      : matches(part, Reflect.get(event, key)),
  );
}

function accepts(matcher: Matcher, value: unknown): boolean {
  if (value === undefined) return false;
  if (typeof matcher !== "object") return value === matcher;
  if ("exists" in matcher) return true;
  if ("prefix" in matcher) return typeof value === "string" && value.startsWith(matcher.prefix);
  if ("numeric" in matcher) return typeof value === "number" && value >= matcher.numeric[1];
  return !accepts(matcher["anything-but"], value);
}
