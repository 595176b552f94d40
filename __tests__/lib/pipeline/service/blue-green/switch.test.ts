import {
  clientsWith,
  type Switch,
  type SwitchBack,
  switchBack,
  switchTo,
} from "../../../../../lib/pipeline/service/blue-green/switch";
import type { ColoursServer } from "../../../../support/colours-server";
import { digest, type FakeWork, failureMessage, fakeWork } from "../fake-work";
import { BLUE, COLOURS, coloursForEachTest, GREEN } from "./colours";

let aws: ColoursServer;
coloursForEachTest((server) => {
  aws = server;
  aws.alarms.set("errors", "OK").set("latency", "INSUFFICIENT_DATA");
});

const healthy = async () => 200;
const back: SwitchBack = { ...COLOURS, to: "green", image: GREEN, path: "/health" };
const request: Switch = { ...back, alarms: ["errors", "latency"], watchMinutes: 10 };
const to = (changed: Partial<Switch> = {}, work: FakeWork = fakeWork(), get = healthy) =>
  switchTo({ ...request, ...changed }, clientsWith(get), work);

/** Raises the alarm at a request for the alarms: the first is before the switch. */
function raiseAlarmAt(number: number, name: string): void {
  let asked = 0;
  const listen = () =>
    aws.meanwhile.set("cloudwatch:DescribeAlarms", () => {
      asked += 1;
      if (asked === number) aws.alarms.set(name, "ALARM");
      // The listener of a request ends with it.
      else setImmediate(listen);
    });
  listen();
}

const suspended = () => [...aws.targets].filter(([, is]) => is).map(([id]) => id);

describe("a switch", () => {
  test("gives the idle colour the tasks of the active one, tests it, moves the requests, and watches the alarms", async () => {
    const active = aws.services.get("shop-blue");
    Object.assign(active ?? {}, { desired: 4, running: 4 });
    const work = fakeWork();
    await to({}, work);
    expect(work.lines).toEqual([
      `back: groundplan blue-green back --zone Z0123456789ABC --domain shop.example --cluster shop --service shop --to blue --image ${BLUE} --path /health`,
      "service/shop/shop-blue: scale-in is suspended",
      "service/shop/shop-green: scale-in is suspended",
      "shop/shop-green: 2 tasks become 4",
      "shop/shop-green: 2 of 4 tasks run",
      "shop/shop-green: 3 of 4 tasks run",
      "shop/shop-green: 4 of 4 tasks run",
      "https://green.shop.example/health: 5 answers with status 200",
      "origin.shop.example: green gets the requests, blue no longer",
      "origin.shop.example: all servers of Route 53 answer with green",
      "watching for 10 minutes: errors, latency",
      "service/shop/shop-blue: scale-in is active",
      "service/shop/shop-green: scale-in is active",
      "origin.shop.example: green keeps the requests",
    ]);
    expect(aws.records.weights()).toEqual({ blue: 0, green: 100 });
    expect(work.sleptMinutes()).toBeGreaterThanOrEqual(10);
  });

  test("keeps the other suspensions of a target", async () => {
    await to();
    for (const input of aws.inputsOf("application-autoscaling:RegisterScalableTarget")) {
      expect(input).toMatchObject({ SuspendedState: { ScheduledScalingSuspended: true } });
      expect(Object.keys(input).sort()).toEqual([
        "ResourceId",
        "ScalableDimension",
        "ServiceNamespace",
        "SuspendedState",
      ]);
    }
  });

  test("leaves a larger idle colour as it is", async () => {
    Object.assign(aws.services.get("shop-green") ?? {}, { desired: 6, running: 6 });
    await to();
    expect(aws.operations).not.toContain("ecs:UpdateService");
  });

  test("gives the alias of the idle colour the provisioned concurrency of the active one", async () => {
    aws.lambda.provisioned.set("blue", { requested: 20, statuses: ["READY"] });
    aws.targets.set("function:pricing:blue", false);
    const work = fakeWork();
    await to({ function: "pricing", functionVersion: "2" }, work);
    expect(work.lines[0]).toMatch(/--function pricing --to blue .* --function-version 3 --path \/health$/);
    expect(work.lines).toEqual(
      expect.arrayContaining([
        "function:pricing:blue: scale-in is suspended",
        "pricing:green: provisioned concurrency 0 becomes 20",
        "pricing:green: 20 of 20 provisioned, READY",
      ]),
    );
    expect(aws.records.weights()).toEqual({ blue: 0, green: 100 });
  });

  test("that is repeated after an interruption watches the alarms, and ends the suspension", async () => {
    aws.records.become({ blue: 0, green: 100 });
    aws.targets.set("service/shop/shop-blue", true);
    const work = fakeWork();
    await to({}, work);
    expect(work.lines).toEqual([
      "origin.shop.example: green gets the requests already",
      "watching for 10 minutes: errors, latency",
      "service/shop/shop-blue: scale-in is active",
      "origin.shop.example: green keeps the requests",
    ]);
    expect(aws.operations).not.toContain("route53:ChangeResourceRecordSets");
  });

  test("moves the requests back if an alarm is on while it watches", async () => {
    raiseAlarmAt(3, "errors");
    Object.assign(aws.services.get("shop-green") ?? {}, { desired: 5, running: 5 });
    const work = fakeWork();
    expect(await failureMessage(to({}, work))).toBe(
      "alarms are on: errors\nthe requests were moved back: blue gets them",
    );
    expect(aws.records.weights()).toEqual({ blue: 100, green: 0 });
    expect(work.lines).toContain("shop/shop-blue: 2 tasks become 5");
    expect(suspended()).toEqual([]);
    expect(work.sleptMinutes()).toBeLessThan(10);
  });

  test("moves the requests back at once if it is repeated while an alarm is on", async () => {
    aws.records.become({ blue: 0, green: 100 });
    aws.alarms.set("latency", "ALARM");
    expect(await failureMessage(to())).toContain("the requests were moved back: blue gets them");
    expect(aws.records.weights()).toEqual({ blue: 100, green: 0 });
  });

  test("that is repeated does not move the requests to a later release than the one that has them", async () => {
    aws.records.become({ blue: 0, green: 100 });
    aws.alarms.set("errors", "ALARM");
    Object.assign(aws.services.get("shop-blue") ?? {}, { createdAt: 1_800_000_000 });
    expect(await failureMessage(to())).toBe(
      "alarms are on: errors\nnothing was changed: blue was deployed after green, so that it does not run the former release",
    );
    expect(aws.records.weights()).toEqual({ blue: 0, green: 100 });
  });

  test("that is repeated is refused if the colour has another release by now", async () => {
    aws.records.become({ blue: 0, green: 100 });
    expect(await failureMessage(to({ image: digest("c") }))).toContain("green runs another artifact");
    expect(aws.writes()).toEqual([]);
  });

  test("does not move the requests if somebody moved them back during the watch", async () => {
    let asked = 0;
    const listen = () =>
      aws.meanwhile.set("cloudwatch:DescribeAlarms", () => {
        asked += 1;
        if (asked < 3) return setImmediate(listen);
        aws.alarms.set("errors", "ALARM");
        aws.records.become({ blue: 100, green: 0 });
      });
    listen();
    expect(await failureMessage(to())).toBe("alarms are on: errors\nblue gets the requests already, by another change");
    expect(aws.records.weights()).toEqual({ blue: 100, green: 0 });
  });
});

describe("nothing is moved, and scale-in is not left suspended,", () => {
  afterEach(() => {
    expect(aws.records.weights()).toEqual({ blue: 100, green: 0 });
    expect(suspended()).toEqual([]);
  });

  test("if an alarm is on before the switch", async () => {
    aws.alarms.set("errors", "ALARM");
    expect(await failureMessage(to())).toBe("nothing was changed: alarms are on: errors");
  });

  test("if an alarm does not exist", async () => {
    expect(await failureMessage(to({ alarms: ["errors", "eror", "typo"] }))).toBe(
      "--alarms\n  got eror, which does not exist; allowed: alarms of this account and region\n  got typo, which does not exist; allowed: alarms of this account and region",
    );
  });

  test("if the idle colour runs another artifact than the one that was tested", async () => {
    const message = await failureMessage(to({ image: digest("c"), function: "pricing", functionVersion: "3" }));
    expect(message).toBe(
      `nothing was changed: green runs another artifact\n  shop/shop-green: got ${GREEN}; allowed: ${digest("c")}\n  pricing:green: got version 2; allowed: 3`,
    );
  });

  test("if the idle colour has no tasks", async () => {
    Object.assign(aws.services.get("shop-green") ?? {}, { desired: 0, running: 0 });
    expect(await failureMessage(to())).toMatch(/^shop\/shop-green runs 0 tasks of shop-green:7, .*; allowed: tasks/);
  });

  test("if the tasks of the idle colour do not start in time", async () => {
    const work = fakeWork(1);
    Object.assign(aws.services.get("shop-blue") ?? {}, { desired: 40, running: 40 });
    expect(await failureMessage(to({}, work))).toBe("shop/shop-green has fewer than 40 running tasks after 1 minutes");
  });

  test("if the idle colour is not healthy", async () => {
    expect(await failureMessage(to({}, fakeWork(2), async () => 503))).toBe(
      "https://green.shop.example/health: got 503 after 2 minutes; allowed: 5 answers with status 200 in a row",
    );
  });

  test("if AWS refuses the change of the records", async () => {
    aws.refusals.set("route53:ChangeResourceRecordSets", ["AccessDenied", "not authorized"]);
    expect(await failureMessage(to())).toContain("route53:ChangeResourceRecordSets of origin.shop.example failed");
  });
});

describe("the way back", () => {
  const former: SwitchBack = { ...back, to: "blue", image: BLUE };
  beforeEach(() => aws.records.become({ blue: 0, green: 100 }));

  test("does not ask the alarms, and ends a suspension", async () => {
    aws.alarms.set("errors", "ALARM");
    aws.targets.set("service/shop/shop-green", true);
    await switchBack(former, clientsWith(healthy), fakeWork());
    expect(aws.records.weights()).toEqual({ blue: 100, green: 0 });
    expect(suspended()).toEqual([]);
  });

  test("does not toggle if it is repeated", async () => {
    await switchBack(former, clientsWith(healthy), fakeWork());
    const work = fakeWork();
    await switchBack(former, clientsWith(healthy), work);
    expect(work.lines).toEqual(["origin.shop.example: blue gets the requests already"]);
    expect(aws.records.weights()).toEqual({ blue: 100, green: 0 });
  });

  test("works if the active colour has no tasks", async () => {
    Object.assign(aws.services.get("shop-green") ?? {}, { desired: 0, running: 0 });
    await switchBack(former, clientsWith(healthy), fakeWork());
    expect(aws.records.weights()).toEqual({ blue: 100, green: 0 });
  });

  test("does not lead to a release that was deployed in the meantime", async () => {
    aws.images.set("shop-blue:7", digest("c"));
    expect(await failureMessage(switchBack(former, clientsWith(healthy), fakeWork()))).toContain(
      `nothing was changed: blue runs another artifact\n  shop/shop-blue: got ${digest("c")}; allowed: ${BLUE}`,
    );
    expect(aws.records.weights()).toEqual({ blue: 0, green: 100 });
  });
});
