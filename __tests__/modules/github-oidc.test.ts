import { GithubOidc } from "../../modules/github-oidc";
import { emitted } from "../lib/generator/support";

test("GitHub is taken at its word for AWS's own audience alone, and by itself nobody is let in", () => {
  expect(emitted(GithubOidc, "main.tf.json")).toEqual({
    "//": expect.any(String),
    resource: {
      aws_iam_openid_connect_provider: {
        this: { url: "https://token.actions.githubusercontent.com", client_id_list: ["sts.amazonaws.com"] },
      },
    },
  });
});
