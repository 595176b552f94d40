import { GithubOidc } from "../../modules/github-oidc";
import { emitted } from "../lib/generator/support";

test("the provider accepts only AWS's audience, and grants no access", () => {
  expect(emitted(GithubOidc, "main.tf.json")).toEqual({
    "//": expect.any(String),
    resource: {
      aws_iam_openid_connect_provider: {
        this: { url: "https://token.actions.githubusercontent.com", client_id_list: ["sts.amazonaws.com"] },
      },
    },
  });
});
