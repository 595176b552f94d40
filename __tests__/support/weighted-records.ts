/** The weighted records of a name in Route 53, as its XML. A record is deleted only if all of its values are given. */
import { Refusal } from "./aws-wire";

const ZONE = "Z0123456789ABC";
const NAME = "origin.shop.example.";

export class WeightedRecords {
  /** Each is the content of a `ResourceRecordSet`. */
  readonly records = new Set([weightedRecord("blue", 100), weightedRecord("green", 0)]);
  /** Statuses of the next change, one for each request; the last one stays. */
  statuses: readonly string[] = ["PENDING", "INSYNC"];

  weights(): Record<string, number> {
    return Object.fromEntries(
      [...this.records].map((record) => [
        /<SetIdentifier>([^<]*)/.exec(record)?.[1],
        Number(/<Weight>(\d+)/.exec(record)?.[1]),
      ]),
    );
  }

  /** Replaces the weights, as another client does. */
  become(weights: Readonly<Record<string, number>>): void {
    this.records.clear();
    for (const [name, weight] of Object.entries(weights)) this.records.add(weightedRecord(name, weight));
  }

  request(method: string, url: string, body: string) {
    if (url.startsWith("/2013-04-01/change/")) {
      return { operation: "route53:GetChange", input: {}, handle: () => this.#status() };
    }
    return method === "GET"
      ? { operation: "route53:ListResourceRecordSets", input: { url }, handle: () => this.#list(url) }
      : { operation: "route53:ChangeResourceRecordSets", input: { body }, handle: () => this.#change(body) };
  }

  #status(): string {
    const [status = "", ...later] = this.statuses;
    if (later.length > 0) this.statuses = later;
    return `<GetChangeResponse>${info(status)}</GetChangeResponse>`;
  }

  #list(url: string): string {
    if (!url.includes(`/hostedzone/${ZONE}/`)) throw new Refusal("NoSuchHostedZone", "No hosted zone found.", 404);
    const sets = [
      ...this.records,
      "<Name>other.shop.example.</Name><Type>A</Type><TTL>60</TTL><ResourceRecords></ResourceRecords>",
    ];
    const records = sets.map((record) => `<ResourceRecordSet>${record}</ResourceRecordSet>`).join("");
    return `<ListResourceRecordSetsResponse><ResourceRecordSets>${records}</ResourceRecordSets><IsTruncated>false</IsTruncated><MaxItems>300</MaxItems></ListResourceRecordSetsResponse>`;
  }

  /** All changes are made, or none. */
  #change(body: string): string {
    const next = new Set(this.records);
    for (const [, action, record = ""] of body.matchAll(
      /<Change><Action>(\w+)<\/Action><ResourceRecordSet>(.*?)<\/ResourceRecordSet><\/Change>/g,
    )) {
      if (action === "CREATE") next.add(record);
      else if (action !== "DELETE" || !next.delete(record)) {
        throw new Refusal(
          "InvalidChangeBatch",
          "[Tried to delete resource record set, but the values provided do not match the current values]",
        );
      }
    }
    this.records.clear();
    for (const record of next) this.records.add(record);
    return `<ChangeResourceRecordSetsResponse>${info("PENDING")}</ChangeResourceRecordSetsResponse>`;
  }
}

function info(status: string): string {
  return `<ChangeInfo><Id>/change/C0123456789</Id><Status>${status}</Status><SubmittedAt>2026-01-31T12:00:00Z</SubmittedAt></ChangeInfo>`;
}

function weightedRecord(colour: string, weight: number): string {
  return `<Name>${NAME}</Name><Type>A</Type><SetIdentifier>${colour}</SetIdentifier><Weight>${weight}</Weight><AliasTarget><HostedZoneId>Z215JYRZR1TBD5</HostedZoneId><DNSName>shop-${colour}-1.eu-central-1.elb.amazonaws.com.</DNSName><EvaluateTargetHealth>false</EvaluateTargetHealth></AliasTarget>`;
}
