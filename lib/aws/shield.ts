/** The price of Shield Advanced, which calls of its modules have to acknowledge. */
import { z } from "zod";

/** @see https://aws.amazon.com/shield/pricing/ */
export const ACKNOWLEDGED_COST = "Shield Advanced costs USD 3000 a month for at least one year";

/** Tag of the protections with the acknowledgement. The module sets it, and the guardrail `shield-cost-acknowledged` reads it. */
export const ACKNOWLEDGEMENT = "AcknowledgedCost";

export const SHIELD_COST = z.literal(ACKNOWLEDGED_COST);
