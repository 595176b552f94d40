import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import { z } from "zod";
import { defineModule, resource } from "../../lib";

export const GithubOidc = defineModule({
  name: "github-oidc",
  description:
    "The OIDC identity provider of GitHub Actions, so that no workflow needs access keys. It grants no access: the roles of `github-actions-role` define which jobs can assume them. An account has one: call this once for each account.",
  inputs: {},
  outputs: {
    arn: z.string().describe("ARN of the provider, for the roles that trust it."),
  },
  example: {},
  build(scope) {
    /** AWS verifies the certificate with its own authorities, so that no thumbprint is needed. */
    const provider = resource(scope, IamOpenidConnectProvider, "this", {
      url: "https://token.actions.githubusercontent.com",
      clientIdList: ["sts.amazonaws.com"],
    });
    return { arn: provider.arn };
  },
});
