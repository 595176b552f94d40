/** Additions to zod for Terraform inputs. */
import { z } from "zod";

/** Marks an input that may differ between the environments of a system: class, count, retention, threshold. */
export function sizing<S extends z.core.$ZodType>(schema: S): S {
  return marked(schema, { sizing: true });
}

/** Marks an input or output whose value Terraform hides in its output. The state still holds it. */
export function sensitive<S extends z.core.$ZodType>(schema: S): S {
  return marked(schema, { sensitive: true });
}

/**
 * Marks an input whose value neither a plan nor a state holds. It goes to write-only arguments and to other ephemeral inputs.
 * @see https://developer.hashicorp.com/terraform/language/values/variables#exclude-values-from-state
 */
export function ephemeral<S extends z.core.$ZodType>(schema: S): S {
  return marked(schema, { sensitive: true, ephemeral: true });
}

/**
 * Text of a given form, which both JavaScript and Terraform check. `allowed` is the form in words:
 * `3 to 63 lower-case letters, digits or hyphens`. Terraform's expressions cannot look around.
 * @see https://github.com/google/re2/wiki/Syntax
 */
export function text(form: RegExp, allowed: string, counterexample = "\t"): z.ZodString {
  return z.string().regex(form).meta({ allowed, counterexample });
}

/**
 * A value of Terraform's type `any`, for variables of modules from elsewhere. The keys of objects in it are written as
 * Terraform has them.
 */
export function anyValue(): z.ZodUnknown {
  return marked(z.unknown(), { any: true });
}

/** A Terraform set: order has no meaning and no element stands twice. */
export function set<E extends z.core.$ZodType>(element: E): z.ZodArray<E> {
  return z.array(element).refine(unique).meta({ uniqueItems: true });
}

/** The one check of JavaScript's own that Terraform makes too: its sets hold nothing twice. */
export function unique(items: readonly unknown[]): boolean {
  return new Set(items.map((item) => JSON.stringify(item))).size === items.length;
}

/** `schema.meta(…)` for any schema. Asking for a whole `z.ZodType` here would cost the compiler a quarter of a second. */
function marked<S extends z.core.$ZodType>(schema: S, meta: z.core.GlobalMeta): S {
  const copy = z.core.clone(schema);
  z.globalRegistry.add(copy, meta);
  return copy;
}
