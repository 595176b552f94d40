/** `groundplan pager`: subscribes PagerDuty to a topic, and checks that it is subscribed. */
import { type Command, InvalidArgumentError } from "commander";
import { checkPager, type PagerSubscription, subscribePager } from "../pipeline/service/pager";
import { SYSTEM_CLOCK } from "../pipeline/service/waiting";
import { withProgress } from "./progress";

export function add(program: Command): void {
  const pager = program.command("pager").description("the subscription of PagerDuty to a topic of SNS");
  pager
    .command("subscribe")
    .description("subscribe PagerDuty to a topic, with the address of its integration from a secret")
    .requiredOption("--topic <arn>", "ARN of the topic", topicArn)
    .requiredOption("--secret <id>", "secret of Secrets Manager whose text is the address")
    .option("--dry-run", "print the AWS calls that would be made, and change nothing")
    .action((options: PagerSubscription) =>
      withProgress(`${options.topic}: subscribing`, ({ print }) =>
        subscribePager(options, { clock: SYSTEM_CLOCK, timeoutMinutes: MINUTES, report: print }),
      ),
    );
  pager
    .command("check")
    .description("check that PagerDuty is subscribed to a topic; exit code 1 if nobody would be paged")
    .requiredOption("--topic <arn>", "ARN of the topic", topicArn)
    .action(({ topic }: { readonly topic: string }) => checkPager(topic, { report: console.log }));
}

/** PagerDuty confirms within seconds. */
const MINUTES = 5;

function topicArn(text: string): string {
  if (/^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}$/.test(text)) return text;
  throw new InvalidArgumentError("Allowed: the ARN of a topic, such as arn:aws:sns:us-east-1:111122223333:pages.");
}
