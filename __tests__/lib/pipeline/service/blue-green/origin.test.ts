import { type Change, type ResourceRecordSet, Route53Client } from "@aws-sdk/client-route-53";
import fc from "fast-check";
import { exchange, moveRequests, originOf, readOrigin } from "../../../../../lib/pipeline/service/blue-green/origin";
import type { ColoursServer } from "../../../../support/colours-server";
import { failureMessage, fakeWork } from "../fake-work";
import { COLOURS, coloursForEachTest } from "./colours";

const place = { name: "origin.shop.example", zone: COLOURS.zone };

function weighted(name: string, weight: number, dnsName = `${name}.elb.amazonaws.com.`): ResourceRecordSet {
  return {
    ...{ Name: `${place.name}.`, Type: "A", SetIdentifier: name, Weight: weight },
    AliasTarget: { HostedZoneId: "Z215JYRZR1TBD5", DNSName: dnsName, EvaluateTargetHealth: false },
  };
}

/** As Route 53 makes a batch: every change, or an error. */
function made(records: readonly ResourceRecordSet[], changes: readonly Change[]): ResourceRecordSet[] {
  const next = new Map(records.map((record) => [JSON.stringify(record), record]));
  for (const { Action, ResourceRecordSet: record } of changes) {
    if (record === undefined) throw new Error("a change has no record");
    if (Action === "CREATE") next.set(JSON.stringify(record), record);
    else if (!next.delete(JSON.stringify(record))) throw new Error(`${JSON.stringify(record)} is not there`);
  }
  return [...next.values()];
}

const NAME = fc.stringMatching(/^[a-z]{1,8}$/);
const PAIR = fc
  .record({
    names: fc.uniqueArray(NAME, { minLength: 2, maxLength: 2 }),
    weight: fc.integer({ min: 1, max: 255 }),
    dnsName: NAME,
    isFirst: fc.boolean(),
  })
  .map(({ names: [active = "", idle = ""], weight, dnsName, isFirst }) => {
    const records = [weighted(active, weight, dnsName), weighted(idle, 0)];
    return { active, idle, records: isFirst ? records : records.reverse() };
  });

describe("the exchange of the weights", () => {
  test("gives the weight of the active colour to the idle one, and changes nothing else", () => {
    fc.assert(
      fc.property(PAIR, ({ active, idle, records }) => {
        const before = originOf(place, records);
        const after = originOf(place, made(records, exchange(before)));
        expect([after.active.name, after.idle.name]).toEqual([idle, active]);
        expect(after.active.record).toEqual({ ...before.idle.record, Weight: before.active.record.Weight });
        expect(after.idle.record).toEqual({ ...before.active.record, Weight: 0 });
      }),
    );
  });

  test("made twice restores the records", () => {
    fc.assert(
      fc.property(PAIR, ({ records }) => {
        const once = made(records, exchange(originOf(place, records)));
        expect(new Set(made(once, exchange(originOf(place, once))))).toEqual(new Set(records));
      }),
    );
  });

  test("fails after any other change of a weight", () => {
    fc.assert(
      fc.property(PAIR, fc.integer({ min: 0, max: 255 }), fc.nat(1), ({ records }, weight, which) => {
        const changes = exchange(originOf(place, records));
        fc.pre(records[which]?.Weight !== weight);
        const changed = records.map((record, i) => (i === which ? { ...record, Weight: weight } : record));
        expect(() => made(changed, changes)).toThrow("is not there");
      }),
    );
  });
});

test.each<[string, ResourceRecordSet[], string]>([
  ["no record", [], "no record"],
  ["one record", [weighted("blue", 100)], "blue with weight 100"],
  ["two weights", [weighted("blue", 90), weighted("green", 10)], "blue with weight 90, green with weight 10"],
  ["no weight", [weighted("blue", 0), weighted("green", 0)], "blue with weight 0, green with weight 0"],
  [
    "three records",
    [weighted("blue", 100), weighted("green", 0), weighted("red", 0)],
    "blue with weight 100, green with weight 0, red with weight 0",
  ],
  ["a simple record", [{ Name: `${place.name}.`, Type: "A" }], "without an identifier with weight none"],
])("an origin with %s is refused", async (_, records, got) => {
  const other = { ...weighted("red", 100), Name: "other.shop.example." };
  expect(await failureMessage((async () => originOf(place, [...records, other]))())).toBe(
    `origin.shop.example: got ${got} of type A in Z0123456789ABC; allowed: two weighted records, one with a weight above 0 and one with weight 0`,
  );
});

describe("a move of the requests", () => {
  let aws: ColoursServer;
  coloursForEachTest((server) => {
    aws = server;
  });

  test("exchanges the weights and waits until all servers of Route 53 know it", async () => {
    const work = fakeWork();
    const route53 = new Route53Client();
    await moveRequests(route53, await readOrigin(route53, COLOURS), work, "");
    expect(aws.records.weights()).toEqual({ blue: 0, green: 100 });
    expect(aws.operations).toEqual([
      "route53:ListResourceRecordSets",
      "route53:ChangeResourceRecordSets",
      "route53:GetChange",
      "route53:GetChange",
    ]);
    expect(work.lines).toEqual([
      "origin.shop.example: green gets the requests, blue no longer",
      "origin.shop.example: all servers of Route 53 answer with green",
    ]);
  });

  test("is refused if somebody changed the weights since they were read", async () => {
    aws.meanwhile.set("route53:ChangeResourceRecordSets", () => aws.records.become({ blue: 0, green: 100 }));
    const route53 = new Route53Client();
    const origin = await readOrigin(route53, COLOURS);
    expect(await failureMessage(moveRequests(route53, origin, fakeWork(), ""))).toMatch(
      /^route53:ChangeResourceRecordSets of origin\.shop\.example failed: InvalidChangeBatch: .*do not match the current values.*\nthis command changed nothing: the records of origin\.shop\.example are no longer those that it read$/,
    );
    expect(aws.records.weights()).toEqual({ blue: 0, green: 100 });
  });

  test("reports that some servers do not know it in time", async () => {
    aws.records.statuses = ["PENDING"];
    const work = fakeWork(2);
    const route53 = new Route53Client();
    await moveRequests(route53, await readOrigin(route53, COLOURS), work, "");
    expect(work.lines.at(-1)).toBe(
      "origin.shop.example: some servers of Route 53 do not answer with green after 2 minutes",
    );
  });
});
