import { EbsEncryptionByDefault } from "@cdktf/provider-aws/lib/ebs-encryption-by-default";
import { EcrRegistryScanningConfiguration } from "@cdktf/provider-aws/lib/ecr-registry-scanning-configuration";
import { z } from "zod";
import { defineModule, resource } from "../../lib";

export const RegionBaseline = defineModule({
  name: "region-baseline",
  description:
    "Settings of one region of an account: every new disk is encrypted, and every image is scanned for known vulnerabilities when it is pushed. A region has one of each setting: call this once for each region in use.",
  inputs: {},
  outputs: {
    registryId: z.string().describe("Id of the scanned registry, which is the account's id."),
  },
  example: {},
  build(scope) {
    resource(scope, EbsEncryptionByDefault, "this", { enabled: true });
    const scanning = resource(scope, EcrRegistryScanningConfiguration, "this", {
      scanType: "BASIC",
      rule: [{ scanFrequency: "SCAN_ON_PUSH", repositoryFilter: [{ filter: "*", filterType: "WILDCARD" }] }],
    });
    return { registryId: scanning.registryId };
  },
});
