import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import { z } from "zod";
import type { PerformanceScenario } from "../../../../lib/generator/root/performance";
import { measure, missedTargets } from "../../../../lib/pipeline/service/performance";

const api: PerformanceScenario = {
  method: "GET",
  path: "/health",
  load: { kind: "requestsPerMinute", count: 3000 },
  seconds: 1,
  p95Milliseconds: 2000,
};
const executions: PerformanceScenario = {
  method: "POST",
  path: "/executions",
  body: '{"formula":"1 + 1"}',
  load: { kind: "concurrentRequests", count: 50 },
  seconds: 1,
  p95Milliseconds: 5000,
};

/** Works with a service on the loopback interface. */
async function withService<T>(answer: RequestListener, work: (url: string) => Promise<T>): Promise<T> {
  const server: Server = createServer(answer).listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    const { port } = z.object({ port: z.number() }).parse(server.address());
    return await work(`http://127.0.0.1:${port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const after =
  (milliseconds: number, status = 200): RequestListener =>
  (_request, response) =>
    void setTimeout(() => response.writeHead(status).end(), milliseconds);

test("a service that answers in time meets the targets, and gets as many requests as the scenario says", async () => {
  const got = await withService(after(0), (url) => measure(url, api, {}));
  expect(got).toMatchObject({ requests: 50, failures: 0 });
  expect(missedTargets("api", api, got)).toEqual([]);
});

test("a slow service gets as many requests, and misses the target", async () => {
  const got = await withService(after(2500), (url) => measure(url, api, {}));
  expect(got).toMatchObject({ requests: 50, failures: 0 });
  expect(missedTargets("api", api, got)).toEqual([
    expect.stringMatching(/^api: p95: got \d{4,5} ms; allowed: at most 2000 ms$/),
  ]);
});

test("a failed answer misses the target, however fast it is", async () => {
  const got = await withService(after(0, 503), (url) => measure(url, api, {}));
  expect(missedTargets("api", api, got)).toEqual(["api: failures: got 50 of 50 requests; allowed: none"]);
});

test("concurrent requests are unanswered at the same time, and have their body and the token", async () => {
  let open = 0;
  let most = 0;
  const bodies = new Set<string>();
  const tokens = new Set<string | undefined>();
  const got = await withService(
    async (request, response) => {
      most = Math.max(most, ++open);
      tokens.add(request.headers.authorization);
      bodies.add(String(Buffer.concat(await request.toArray())));
      setTimeout(() => {
        open--;
        response.end();
      }, 100);
    },
    (url) => measure(url, executions, { authorization: "Bearer token" }),
  );
  expect(most).toBe(50);
  expect([bodies, tokens]).toEqual([new Set(['{"formula":"1 + 1"}']), new Set(["Bearer token"])]);
  expect(got.requests).toBeGreaterThan(50);
  expect(missedTargets("executions", executions, got)).toEqual([]);
});
