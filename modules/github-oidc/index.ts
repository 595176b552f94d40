import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import { z } from "zod";
import { defineModule, resource } from "../../lib";

export const GithubOidc = defineModule({
  name: "github-oidc",
  description:
    "Lets an account take GitHub's word for which workflow is asking, so that no workflow needs keys. By itself it lets nobody in: roles of `github-actions-role` say who may. An account has one: call this once there.",
  inputs: {},
  outputs: {
    arn: z.string().describe("ARN of the provider, for the roles that trust it."),
  },
  example: {},
  build(scope) {
    /** AWS checks the certificate by its own authorities, so there is no thumbprint to keep up to date. */
    const provider = resource(scope, IamOpenidConnectProvider, "this", {
      url: "https://token.actions.githubusercontent.com",
      clientIdList: ["sts.amazonaws.com"],
    });
    return { arn: provider.arn };
  },
});
