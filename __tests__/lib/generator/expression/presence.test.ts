/** Nullable values, and the members that they have when they are there. */
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { z } from "zod";
import { defineModule, isSet, resource } from "../../../../lib";
import { emitted } from "../support";

const Note = defineModule({
  name: "note",
  description: "A note.",
  inputs: {
    key: z.object({ arn: z.string() }).nullable().default(null).describe("Key."),
    owner: z.object({ name: z.string() }).describe("Owner."),
  },
  outputs: {},
  example: { owner: { name: "platform" } },
  build(scope, { key, owner }) {
    // @ts-expect-error: the key may be null
    void key.arn;
    resource(scope, SsmParameter, "this", {
      name: owner.name,
      type: "SecureString",
      value: "x",
      keyId: isSet(key)((given) => given.arn, "alias/aws/ssm"),
    });
    return {};
  },
});

test("a nullable value has its members only in the callback of isSet", () => {
  expect(emitted(Note, "main.tf.json")).toMatchObject({
    resource: {
      aws_ssm_parameter: {
        this: { key_id: '${(var.key != null) ? var.key.arn : "alias/aws/ssm"}', name: "${var.owner.name}" },
      },
    },
  });
});
