/** AWS WAF in front of a public service, as the data of an environment chooses it. */
import type { Expression } from "../../lib";
import { WebAcl } from "../../modules/web-acl";
import { baselineRules } from "../../modules/web-acl/rules";
import type { Context, PublicEnvironment, WebAclChoice } from "./environment";

/** Null if the environment has a web ACL. */
export function reasonWithoutWebAcl(choice: WebAclChoice): string | null {
  return "none" in choice ? choice.none : null;
}

/**
 * @param countedRules rules of each managed group that only count requests, unless the environment chooses them
 * @returns null if the environment has none
 */
export function webAcl(
  { root, environment, name, logsKeyArn }: Context<PublicEnvironment>,
  resourceArn: Expression<string>,
  countedRules: Readonly<Record<string, readonly string[]>> = {},
): InstanceType<typeof WebAcl> | null {
  const { account, region, sizing, webAcl: choice } = environment;
  if ("none" in choice) return null;
  return new WebAcl(root, "web_acl", {
    name,
    accountId: account.id,
    region,
    resourceArn,
    rules: baselineRules({ countedRules, ...choice }),
    logKmsKeyArn: logsKeyArn,
    logRetentionDays: sizing.logRetentionDays,
  });
}
