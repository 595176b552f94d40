import { DocdbSubnetGroup } from "@cdktf/provider-aws/lib/docdb-subnet-group";
import { DOCUMENT_STORE_INPUTS, DOCUMENT_STORE_OUTPUTS, defineModule, documentStoreGroup, resource } from "../../lib";

export const DocumentStoreNone = defineModule({
  name: "document-store-none",
  description:
    "The place of a document store that does not exist yet: its subnet group and a security group without rules, neither of which costs anything. `document-store-documentdb` or `document-store-atlas` replaces it under the same call, with the same outputs.",
  inputs: DOCUMENT_STORE_INPUTS,
  outputs: DOCUMENT_STORE_OUTPUTS,
  example: {
    name: "shop",
    vpcId: "vpc-0123456789abcdef0",
    subnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
  },
  build(scope, input) {
    resource(scope, DocdbSubnetGroup, "this", { name: input.name, subnetIds: input.subnetIds });
    return { host: null, port: null, secretArn: null, securityGroupId: documentStoreGroup(scope, input).id };
  },
});
