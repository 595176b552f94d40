/** Tag of a load balancer without a web ACL: the reason. The modules set it, and the guardrail `lb-web-acl` reads it. */
export const WITHOUT_WEB_ACL = "WithoutWebAcl";
