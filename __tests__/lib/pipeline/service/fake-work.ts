/** Work whose clock moves only while it sleeps, and whose lines are kept. */
import type { Work } from "../../../../lib/pipeline/service/waiting";

const START = new Date("2026-01-31T12:00:00Z");

export interface FakeWork extends Work {
  readonly lines: string[];
  sleptMinutes(): number;
}

export function fakeWork(timeoutMinutes = 30): FakeWork {
  const lines: string[] = [];
  let now = START.getTime();
  return {
    lines,
    timeoutMinutes,
    report: (line) => lines.push(line),
    sleptMinutes: () => (now - START.getTime()) / 60_000,
    clock: {
      now: () => now,
      sleep: async (milliseconds) => {
        now += milliseconds;
      },
    },
  };
}

export function digest(letter: string): string {
  return `registry.example/shop/api@sha256:${letter.repeat(64)}`;
}

export async function failureMessage(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof Error) return error.message;
    throw error;
  }
  throw new Error("expected an error, but nothing was thrown");
}
