import { scaleAlias, scaleTasks } from "../../../../lib/pipeline/service/scaling";
import type { ColoursServer } from "../../../support/colours-server";
import { coloursForEachTest } from "./blue-green/colours";
import { failureMessage, fakeWork } from "./fake-work";

let aws: ColoursServer;
coloursForEachTest((server) => {
  aws = server;
  aws.targets.set("function:pricing:blue", false);
});

const SERVICE = { cluster: "shop", service: "shop-blue" } as const;
const REGISTER = "application-autoscaling:RegisterScalableTarget";
const STAYS =
  "The next apply of the environment restores the bounds of its data: change them there if these should stay.";

test("the bounds of a service change, and the way back is printed, with which they are as before", async () => {
  const work = fakeWork();
  await scaleTasks({ ...SERVICE, min: 1, max: 2 }, work);
  expect(aws.inputsOf(REGISTER)).toEqual([
    {
      ServiceNamespace: "ecs",
      ResourceId: "service/shop/shop-blue",
      ScalableDimension: "ecs:dimension",
      MinCapacity: 1,
      MaxCapacity: 2,
    },
  ]);
  expect(work.lines).toEqual([
    "service/shop/shop-blue: 2 to 10 tasks become 1 to 2",
    "back: groundplan scale service --cluster shop --service shop-blue --min 2 --max 10",
    STAYS,
  ]);
  await scaleTasks({ ...SERVICE, min: 2, max: 10 }, work);
  expect(aws.bounds.get("service/shop/shop-blue")).toEqual({ min: 2, max: 10 });
});

test("so do those of the provisioned concurrency of an alias", async () => {
  const work = fakeWork();
  await scaleAlias({ function: "pricing", name: "blue", min: 1, max: 1 }, work);
  expect(aws.bounds.get("function:pricing:blue")).toEqual({ min: 1, max: 1 });
  expect(work.lines).toEqual([
    "function:pricing:blue: 2 to 10 provisioned executions become 1 to 1",
    "back: groundplan scale function --function pricing --alias blue --min 2 --max 10",
    STAYS,
  ]);
});

test("a dry run changes nothing", async () => {
  const work = fakeWork();
  await scaleTasks({ ...SERVICE, min: 1, max: 2, dryRun: true }, work);
  expect(aws.writes()).toEqual([]);
  expect(work.lines.slice(1)).toEqual([
    `would call ${REGISTER}: {"ServiceNamespace":"ecs","ResourceId":"service/shop/shop-blue","ScalableDimension":"ecs:dimension","MinCapacity":1,"MaxCapacity":2}`,
    "dry run: nothing was changed",
  ]);
});

test.each([
  [
    "a minimum above the maximum",
    { ...SERVICE, min: 3, max: 2 },
    "--min\n  got 3, with --max 2; allowed: at most --max",
  ],
  [
    "a service without automatic scaling",
    { cluster: "shop", service: "none", min: 1, max: 2 },
    "service/shop/none: got no automatic scaling; allowed: a service or an alias with automatic scaling",
  ],
])("%s is refused", async (_what, request, message) => {
  expect(await failureMessage(scaleTasks(request, fakeWork()))).toBe(message);
  expect(aws.writes()).toEqual([]);
});
