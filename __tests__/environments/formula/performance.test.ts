import { PERFORMANCE } from "../../../environments/formula/performance";

test("Formula's targets are those of its requirements", () => {
  const { api: ofApi, executions: ofExecutions } = PERFORMANCE;
  expect([ofApi.load, ofApi.p95Milliseconds]).toEqual([{ kind: "requestsPerMinute", count: 1000 }, 200]);
  expect([ofExecutions.load, ofExecutions.p95Milliseconds]).toEqual([{ kind: "concurrentRequests", count: 500 }, 500]);
});
