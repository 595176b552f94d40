/** Words that zod lacks for describing Terraform inputs. */
import { z } from "zod";

/** Marks an input that may differ between the environments of a system: class, count, retention, threshold. */
export function sizing<S extends z.ZodType>(schema: S): S {
  return schema.meta({ sizing: true });
}

/** Marks an input or output whose value Terraform hides in its output. The state still holds it. */
export function sensitive<S extends z.ZodType>(schema: S): S {
  return schema.meta({ sensitive: true });
}

/**
 * Text of a given form, which both JavaScript and Terraform check.
 * @see https://github.com/google/re2/wiki/Syntax
 *
 * `allowed` is the form in words: `3 to 63 lower-case letters, digits or hyphens`. */
export function text(form: RegExp, allowed: string, counterexample = "\t"): z.ZodString {
  if (/\(\?<?[=!]/.test(form.source)) {
    throw new Error(`${form} looks around, which Terraform's regular expressions cannot; allowed: RE2`);
  }
  return z.string().regex(form).meta({ allowed, counterexample });
}

/** A Terraform set: order has no meaning and no element stands twice. */
export function set<E extends z.ZodType>(element: E): z.ZodArray<E> {
  return z
    .array(element)
    .refine((items) => new Set(items.map((item) => JSON.stringify(item))).size === items.length)
    .meta({ uniqueItems: true });
}
