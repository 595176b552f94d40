import { AwsError } from "../../../../lib/pipeline/service/failure";
import { onChange, wait } from "../../../../lib/pipeline/service/waiting";
import { failureMessage, fakeWork } from "./fake-work";

const goesOn = "AWS goes on with it";

test("the request is sent at once, then after growing delays, until there is a result", async () => {
  const { clock } = fakeWork();
  const asked: number[] = [];
  const start = clock.now();
  const answer = await wait({ clock, minutes: 60, goesOn }, async () => {
    asked.push((clock.now() - start) / 1000);
    return asked.length === 10 ? "done" : undefined;
  });
  expect(answer).toBe("done");
  expect(asked.slice(0, 3)).toEqual([0, 3, 7.5]);
  expect(asked.slice(-2).reduce((before, after) => after - before)).toBe(30);
});

test("the last request is sent when the time is up", async () => {
  const work = fakeWork();
  expect(await wait({ clock: work.clock, minutes: 7, goesOn }, async () => undefined)).toBeUndefined();
  expect(work.sleptMinutes()).toBe(7);
});

test("if AWS cannot be reached, the error reports what AWS continues", async () => {
  const { clock } = fakeWork();
  const refused = () => Promise.reject(new AwsError("ecs:DescribeServices of shop/api failed: ExpiredToken: old", "X"));
  expect(await failureMessage(wait({ clock, minutes: 1, goesOn }, refused))).toBe(
    "ecs:DescribeServices of shop/api failed: ExpiredToken: old\nAWS goes on with it",
  );
});

test("no listener for signals is left behind", async () => {
  const { clock } = fakeWork();
  const before = process.listenerCount("SIGTERM");
  await wait({ clock, minutes: 1, goesOn }, async () => "done");
  expect(process.listenerCount("SIGTERM")).toBe(before);
});

test("a line is repeated only after another one", () => {
  const lines: string[] = [];
  const report = onChange((line) => lines.push(line));
  for (const line of ["a", "a", "b", "a"]) report(line);
  expect(lines).toEqual(["a", "b", "a"]);
});
