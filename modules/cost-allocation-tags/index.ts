import { CeCostAllocationTag } from "@cdktf/provider-aws/lib/ce-cost-allocation-tag";
import { z } from "zod";
import { defineModule, resourceForEach, set, text } from "../../lib";

export const CostAllocationTags = defineModule({
  name: "cost-allocation-tags",
  description:
    "Tags by which the costs of all accounts can be divided in Cost Explorer and in budgets, from the day of their activation on. Only the management account can activate them. AWS knows a tag about a day after the first resource with it has costs, and refuses it before.",
  inputs: {
    /** @see https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/activating-tags.html */
    keys: set(text(/^[\w .:/=+@-]{1,128}$/, "a key of a tag of resources", "a*b")).describe("Keys of the tags."),
  },
  outputs: {
    types: z.record(z.string(), z.string()).describe("Types of the active tags by their keys: `UserDefined`."),
  },
  example: { keys: ["App", "Env"] },
  build(scope, input) {
    const tags = resourceForEach(scope, CeCostAllocationTag, "this", input.keys, (tagKey) => ({
      tagKey,
      status: "Active",
    }));
    return { types: tags.all("type") };
  },
});
