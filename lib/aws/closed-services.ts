/**
 * Tag of a resource whose service AWS has closed to new customers: the account used it before. The modules set it, and the
 * guardrail `service-open-to-new-customers` reads it.
 */
export const USED_BEFORE_CLOSING = "UsedBeforeClosing";
