/** Measures a service under the load of a scenario, and compares the answers with its targets. */
import type { PerformanceScenario } from "../../generator/root/performance";

export interface Measurement {
  readonly requests: number;
  /** Requests without an answer, and answers with a status of 400 or more. */
  readonly failures: number;
  readonly p95Milliseconds: number;
}

/** Longest time to wait for one answer. API Gateway gives up earlier. */
const TIMEOUT_MS = 30_000;

/** @param headers of each request, such as a token */
export async function measure(
  url: string,
  scenario: PerformanceScenario,
  headers: Readonly<Record<string, string>>,
): Promise<Measurement> {
  const send = () => answerTo(url, scenario, headers);
  const { load, seconds } = scenario;
  const answers =
    load.kind === "requestsPerMinute"
      ? await atEqualIntervals(send, Math.ceil((load.count * seconds) / 60), 60_000 / load.count)
      : await atTheSameTime(send, load.count, seconds * 1000);
  const times = answers.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
  return {
    requests: answers.length,
    failures: answers.filter(({ ok }) => !ok).length,
    p95Milliseconds: Math.round(times[Math.ceil(times.length * 0.95) - 1] ?? 0),
  };
}

/** One line for each missed target. */
export function missedTargets(name: string, { p95Milliseconds }: PerformanceScenario, got: Measurement): string[] {
  return [
    ...(got.p95Milliseconds <= p95Milliseconds
      ? []
      : [`${name}: p95: got ${got.p95Milliseconds} ms; allowed: at most ${p95Milliseconds} ms`]),
    ...(got.failures === 0
      ? []
      : [`${name}: failures: got ${got.failures} of ${got.requests} requests; allowed: none`]),
  ];
}

interface Answer {
  readonly ok: boolean;
  readonly milliseconds: number;
}

type Send = () => Promise<Answer>;

async function answerTo(
  url: string,
  { method, path, body }: PerformanceScenario,
  headers: Readonly<Record<string, string>>,
): Promise<Answer> {
  const started = performance.now();
  const ok = await fetch(new URL(path, url), {
    method,
    headers: { ...headers, ...(body && { "content-type": "application/json" }) },
    ...(body && { body }),
    redirect: "error",
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).then(
    async (response) => {
      await response.arrayBuffer();
      return response.ok;
    },
    () => false,
  );
  return { ok, milliseconds: performance.now() - started };
}

/** A slow service gets as many requests as a fast one: their users do not wait for each other. */
async function atEqualIntervals(send: Send, count: number, interval: number): Promise<Answer[]> {
  const started = performance.now();
  const sent: Promise<Answer>[] = [];
  for (let i = 0; i < count; i++) {
    await pause(started + i * interval - performance.now());
    sent.push(send());
  }
  return Promise.all(sent);
}

async function atTheSameTime(send: Send, count: number, milliseconds: number): Promise<Answer[]> {
  const end = performance.now() + milliseconds;
  const all = Array.from({ length: count }, async () => {
    const own: Answer[] = [];
    while (performance.now() < end) own.push(await send());
    return own;
  });
  return (await Promise.all(all)).flat();
}

function pause(milliseconds: number): Promise<void> {
  return milliseconds <= 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, milliseconds));
}
