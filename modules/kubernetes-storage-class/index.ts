import { StorageClassV1 } from "@cdktf/provider-kubernetes/lib/storage-class-v1";
import { z } from "zod";
import { arnOf, defineModule, OBJECT_NAME, readyAfter, resource } from "../../lib";

export const KubernetesStorageClass = defineModule({
  name: "kubernetes-storage-class",
  description:
    "A class of EBS volumes (gp3), encrypted with a customer managed key. A volume is made in the zone of its first pod, can grow, and is deleted with its claim.",
  providers: ["kubernetes"],
  inputs: {
    name: OBJECT_NAME.describe("Name of the class. Another name replaces the class; existing volumes stay."),
    kmsKeyArn: arnOf("kms").describe("Key, or alias of a key, that encrypts the volumes."),
  },
  outputs: { name: z.string().describe("Name of the class, available after it exists.") },
  example: { name: "gp3", kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:alias/shop-dev-data" },
  build(scope, input) {
    const storageClass = resource(scope, StorageClassV1, "this", {
      metadata: { name: input.name },
      storageProvisioner: "ebs.csi.aws.com",
      parameters: { type: "gp3", encrypted: "true", kmsKeyId: input.kmsKeyArn },
      volumeBindingMode: "WaitForFirstConsumer",
      allowVolumeExpansion: true,
      reclaimPolicy: "Delete",
    });
    return { name: readyAfter(input.name, storageClass) };
  },
});
