/** The weighted records of `origin.<domain>`: the colour with a weight gets the requests. */
import {
  type Change,
  ChangeResourceRecordSetsCommand,
  GetChangeCommand,
  ListResourceRecordSetsCommand,
  type ResourceRecordSet,
  type Route53Client,
} from "@aws-sdk/client-route-53";
import { InputError } from "../../../common/errors";
import { AwsError, aws, ServiceError } from "../failure";
import { type Work, wait } from "../waiting";
import type { Colours } from "./colours";

export interface WeightedOrigin {
  readonly name: string;
  readonly zone: string;
  /** The colour that gets the requests. */
  readonly active: Colour;
  readonly idle: Colour;
}

export interface Colour {
  readonly name: string;
  /** As Route 53 has it. */
  readonly record: ResourceRecordSet;
}

/** @throws AwsError @throws ServiceError if the records are not two, one of which has a weight */
export async function readOrigin(
  route53: Route53Client,
  { zone, domain }: Pick<Colours, "zone" | "domain">,
): Promise<WeightedOrigin> {
  const name = `origin.${domain}`;
  const { ResourceRecordSets } = await aws("route53:ListResourceRecordSets", `${name} in ${zone}`, () =>
    route53.send(
      new ListResourceRecordSetsCommand({ HostedZoneId: zone, StartRecordName: name, StartRecordType: "A" }),
    ),
  );
  return originOf({ name, zone }, ResourceRecordSets ?? []);
}

/** @param records of the zone, from which those of the name are taken @throws ServiceError */
export function originOf(
  { name, zone }: Pick<WeightedOrigin, "name" | "zone">,
  records: readonly ResourceRecordSet[],
): WeightedOrigin {
  const colours = records.flatMap((record) =>
    record.Name?.toLowerCase() === `${name}.` && record.Type === "A"
      ? [{ name: record.SetIdentifier ?? "without an identifier", record }]
      : [],
  );
  const [active, ...others] = colours.filter(({ record }) => (record.Weight ?? 0) > 0);
  const [idle, ...more] = colours.filter(({ record }) => record.Weight === 0);
  if (active !== undefined && idle !== undefined && others.length === 0 && more.length === 0) {
    return { name, zone, active, idle };
  }
  const got = colours.map((colour) => `${colour.name} with weight ${colour.record.Weight ?? "none"}`).join(", ");
  throw new ServiceError(
    `${name}: got ${got || "no record"} of type A in ${zone}; allowed: two weighted records, one with a weight above 0 and one with weight 0`,
  );
}

/** @throws InputError if the origin has no such colour */
export function requireColour({ name, active, idle }: WeightedOrigin, colour: string): void {
  if (colour === active.name || colour === idle.name) return;
  throw new InputError("--to", [
    `got ${colour}; allowed: a record of ${name}: ${[active.name, idle.name].sort().join(" or ")}`,
  ]);
}

/**
 * Exchanges the weights. Route 53 makes all changes of a batch or none, and deletes a record only if its values are those of the
 * request: a record that was changed since it was read fails the whole batch.
 * @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeResourceRecordSets.html
 */
export function exchange({ active, idle }: WeightedOrigin): Change[] {
  return [
    { Action: "DELETE", ResourceRecordSet: active.record },
    { Action: "DELETE", ResourceRecordSet: idle.record },
    { Action: "CREATE", ResourceRecordSet: { ...active.record, Weight: idle.record.Weight } },
    { Action: "CREATE", ResourceRecordSet: { ...idle.record, Weight: active.record.Weight } },
  ];
}

/**
 * Moves the requests to the idle colour, and waits until every server of Route 53 answers with it.
 * @param goesOn what a person has to know if the wait is interrupted
 * @throws ServiceError if somebody changed the records since they were read
 */
export async function moveRequests(
  route53: Route53Client,
  origin: WeightedOrigin,
  work: Work,
  goesOn: string,
): Promise<void> {
  const { ChangeInfo } = await change(route53, origin);
  work.report(`${origin.name}: ${origin.idle.name} gets the requests, ${origin.active.name} no longer`);
  const spread = await wait({ clock: work.clock, minutes: work.timeoutMinutes, goesOn }, async () => {
    const answer = await aws("route53:GetChange", origin.name, () =>
      route53.send(new GetChangeCommand({ Id: ChangeInfo?.Id })),
    );
    return answer.ChangeInfo?.Status === "INSYNC" || undefined;
  });
  work.report(
    spread
      ? `${origin.name}: all servers of Route 53 answer with ${origin.idle.name}`
      : `${origin.name}: some servers of Route 53 do not answer with ${origin.idle.name} after ${work.timeoutMinutes} minutes`,
  );
}

async function change(route53: Route53Client, origin: WeightedOrigin) {
  try {
    return await aws("route53:ChangeResourceRecordSets", origin.name, () =>
      route53.send(
        new ChangeResourceRecordSetsCommand({
          HostedZoneId: origin.zone,
          ChangeBatch: { Comment: `Requests to ${origin.idle.name}`, Changes: exchange(origin) },
        }),
      ),
    );
  } catch (error) {
    if (!(error instanceof AwsError) || error.code !== "InvalidChangeBatch") throw error;
    throw new ServiceError(
      `${error.message}\nthis command changed nothing: the records of ${origin.name} are no longer those that it read`,
    );
  }
}
