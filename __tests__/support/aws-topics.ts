/** Topics of SNS and their subscriptions. */
import type { Json } from "./aws-wire";

interface Subscribed {
  readonly Protocol: string;
  readonly Endpoint: string;
  readonly SubscriptionArn: string;
}

export const PENDING = "PendingConfirmation";

export class Topics {
  /** Subscriptions in pages, as SNS lists them. */
  pages: Subscribed[][] = [[]];
  /** Lists of subscriptions until a new one is confirmed; Infinity for never. */
  listsUntilConfirmed = 1;

  readonly operations: Record<string, (input: Json) => Json> = {
    "sns:ListSubscriptionsByTopic": ({ NextToken }) => {
      const page = NextToken === undefined ? 0 : Number(NextToken);
      if (page === 0 && this.listsUntilConfirmed-- <= 0) {
        this.pages = this.pages.map((list) =>
          list.map((one) => (one.SubscriptionArn === PENDING ? { ...one, SubscriptionArn: arn(one) } : one)),
        );
      }
      const isLast = page + 1 >= this.pages.length;
      return { Subscriptions: this.pages[page] ?? [], ...(!isLast && { NextToken: String(page + 1) }) };
    },
    "sns:Subscribe": ({ Protocol, Endpoint }) => {
      this.pages.push([{ Protocol: String(Protocol), Endpoint: String(Endpoint), SubscriptionArn: PENDING }]);
      return { SubscriptionArn: "pending confirmation" };
    },
  };
}

function arn({ Protocol }: Subscribed): string {
  return `arn:aws:sns:eu-central-1:111122223333:pages:${Protocol}`;
}
