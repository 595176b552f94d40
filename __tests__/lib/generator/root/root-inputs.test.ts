import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version";
import { z } from "zod";
import { defineModule, ephemeral, resource, sensitive } from "../../../../lib";
import { renderTree } from "../../../../lib/generator/synth/synthesize";
import { writeTree } from "../../../../lib/generator/synth/write";
import { inOfflineCopy, planJson, readPlan } from "../../../../lib/terraform";
import { describeWithTerraform } from "../../../support/terraform-needed";
import { withVerifiedProvider } from "../../../support/verified-provider";
import { temporaryFolder } from "../../terraform/sample";
import { failure, jsonOf, newRoot } from "../support";

const token = () => z.string().min(8).describe("Token of the partner.");

/** A secret whose value is an input of this type. */
function secretWith(name: string, type: z.ZodString) {
  return defineModule({
    name,
    description: "A secret.",
    inputs: { name: z.string().describe("Name."), token: type },
    outputs: {},
    example: { name: "shop", token: "12345678" },
    build(scope, input) {
      const secret = resource(scope, SecretsmanagerSecret, "this", { name: input.name });
      resource(scope, SecretsmanagerSecretVersion, "this", {
        secretId: secret.id,
        secretStringWo: input.token,
        secretStringWoVersion: 1,
      });
      return {};
    },
  });
}

const Secret = secretWith("secret", ephemeral(token()));

function rootWithToken() {
  const root = newRoot();
  const input = root.input("partnerToken", ephemeral(token()), { standIn: "stand-in" });
  new Secret(root, "secret", { name: "shop", token: input });
  return root;
}

test("an input of a root is a variable, and its stand-in lies in a file that Terraform does not read", () => {
  const files = renderTree([rootWithToken()]);
  const folder = "environments/shop/dev";
  expect(jsonOf(files, `${folder}/variables.tf.json`)).toMatchObject({
    variable: { partner_token: { type: "string", ephemeral: true, sensitive: true, nullable: false } },
  });
  expect(jsonOf(files, `${folder}/stand-ins.json`)).toEqual({ "var.partner_token": "stand-in" });
  expect(jsonOf(files, "modules/secret/variables.tf.json")).toMatchObject({ variable: { token: { ephemeral: true } } });
});

test.each([
  ["a secret that the state would hold", sensitive(token()), "stand-in", /got sensitive\(…\).*allowed: ephemeral\(…\)/],
  ["a list", z.array(z.string()).describe("Names."), ["a"], /got a list; allowed: text, a number or a boolean/],
  ["a default", token().default("12345678"), "stand-in", /got a default or null; allowed: a value that the pipeline/],
  ["a stand-in of another form", ephemeral(token()), "short", /stand-in of input token\n.*allowed: .*8/],
])("an input with %s is refused", (_, schema, standIn, message) => {
  expect(failure(() => newRoot().input<z.core.$ZodType>("token", schema, { standIn })).message).toMatch(message);
});

test("the root of an account has no inputs", () => {
  const root = newRoot({ path: "accounts/shop" });
  expect(failure(() => root.input("token", ephemeral(token()), { standIn: "stand-in" })).message).toContain(
    "got an input of an account's root; allowed: environments",
  );
});

test("an ephemeral value reaches neither an output nor an input that the state holds", () => {
  const root = newRoot();
  const input = root.input("token", ephemeral(token()), { standIn: "stand-in" });
  const Kept = secretWith("kept", sensitive(token()));
  expect(failure(() => new Kept(root, "kept", { name: "shop", token: input })).message).toContain(
    "token: got an ephemeral value; allowed: ephemeral(…) as the type of this input in the module",
  );
  expect(failure(() => root.output("token", input, "Token.")).message).toContain(
    "output token: got an ephemeral value",
  );
});

const folder = temporaryFolder();

describeWithTerraform("real Terraform, without an account,", () => {
  test("plans a root with an ephemeral input, whose value is not in the plan", async () => {
    const root = rootWithToken();
    writeTree(folder, renderTree([root]));
    const text = await inOfflineCopy(folder, root.address, async (copy) => planJson(await withVerifiedProvider(copy)));
    const versions = readPlan("plan", text).resource_changes.filter(({ type }) => type.endsWith("_version"));
    expect(versions).toMatchObject([{ change: { actions: ["create"], after: { secret_string_wo: null } } }]);
    expect(text).not.toContain('"stand-in"');
  }, 120_000);
});
