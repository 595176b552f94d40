/** Tag with the reason why a stage of an API has no alarms. The module sets it, and the guardrail `rest-api-alarmed` reads it. */
export const WITHOUT_ALARMS = "WithoutAlarms";
