/** Tag with the reason why a load balancer has no web ACL. The modules set it, and the guardrail `lb-web-acl` reads it. */
export const WITHOUT_WEB_ACL = "WithoutWebAcl";
