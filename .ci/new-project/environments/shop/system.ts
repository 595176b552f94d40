/** A system with one queue. `.ci/new-project/run` copies it under other names. */
import type { Root } from "../../lib";
import { Kms } from "../../modules/kms";
import { Sqs } from "../../modules/sqs";
import { fullName } from "../common/environment";
import { systemRoot } from "../common/system-root";
import type { ShopEnvironment } from "./environment";

export function system(environment: ShopEnvironment): Root {
  const root = systemRoot("shop", environment, {});
  const name = fullName("shop", environment);
  const { account, region, workerTimeoutSeconds } = environment;
  const key = new Kms(root, "key", { name, description: "Messages", accountId: account.id, region });
  const queue = new Sqs(root, "queue", {
    name,
    accountId: account.id,
    kmsKeyArn: key.arn,
    senderRoleNames: [`${name}-api`],
    receiverRoleNames: [`${name}-worker`],
    workerTimeoutSeconds,
  });
  root.output("queue", queue.name, "Name of the queue.");
  return root;
}
