import { createServer } from "node:http";
import { z } from "zod";
import { getStatus, smokeTest } from "../../../../../lib/pipeline/service/blue-green/smoke-test";
import { failureMessage, fakeWork } from "../fake-work";

/** Answers with these statuses, the last one for ever. */
function answering(statuses: (number | string)[]) {
  const urls: string[] = [];
  const get = async (url: string) => {
    urls.push(url);
    return (statuses.length > 1 ? statuses.shift() : statuses[0]) ?? "none";
  };
  return { urls, get };
}

const place = { domain: "shop.example" };

test("five answers in a row prove a colour: one that fails in between begins the count again", async () => {
  const { urls, get } = answering([503, 200, 200, 200, 200, "socket hang up", 200]);
  const work = fakeWork();
  await smokeTest(place, "green", "/health", get, work);
  expect(new Set(urls)).toEqual(new Set(["https://green.shop.example/health"]));
  expect(urls).toHaveLength(1 + 5 + 5);
  expect(work.lines).toEqual([
    "https://green.shop.example/health: got 503",
    "https://green.shop.example/health: got socket hang up",
    "https://green.shop.example/health: 5 answers with status 200",
  ]);
});

test("a redirect is no health", async () => {
  const { get } = answering([301]);
  expect(await failureMessage(smokeTest(place, "green", "/health", get, fakeWork(1)))).toBe(
    "https://green.shop.example/health: got 301 after 1 minutes; allowed: 5 answers with status 200 in a row",
  );
});

describe("a request", () => {
  test("returns the status of the answer, and does not follow a redirect", async () => {
    const server = createServer((request, response) => {
      response.writeHead(request.url === "/health" ? 200 : 302, { location: "/health" });
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = z.object({ port: z.number() }).parse(server.address());
    expect(await getStatus(`http://127.0.0.1:${port}/health`)).toBe(200);
    expect(await getStatus(`http://127.0.0.1:${port}/other`)).toBe(302);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    expect(await getStatus(`http://127.0.0.1:${port}/health`)).toMatch(/ECONNREFUSED|fetch failed/);
  });
});
