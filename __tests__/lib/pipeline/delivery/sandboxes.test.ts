import { Root, type RootProps } from "../../../../lib";
import { backendArguments, type RecordedSandboxes, sandboxProblems } from "../../../../lib/pipeline/delivery/sandboxes";
import { shopProps } from "./shop";

const SANDBOXES = { states: "shop/sandbox", longestDays: 14, slots: 4 };

const props = (environment: string, more: Partial<RootProps> = {}): RootProps => ({
  ...shopProps(environment),
  production: false,
  sandboxes: SANDBOXES,
  ...more,
});

describe("the values of a sandbox", () => {
  const today = "2026-11-30";
  const ada = { name: "ada", owner: "ada", last_day: "2026-12-10", slot: 1 };
  const none: RecordedSandboxes = { live: [], expired: [], ended: [], problems: [] };
  const problems = (values: object, recorded: Partial<RecordedSandboxes> = {}) =>
    sandboxProblems(SANDBOXES, "ada", { ...ada, ...values }, { ...none, ...recorded }, today);

  test("have no problem, for a new sandbox and for a change of its own", () => {
    expect(problems({})).toEqual([]);
    expect(problems({ last_day: "2026-12-14" }, { live: [ada] })).toEqual([]);
  });

  test.each([
    [{ last_day: "2026-12-15" }, "last_day: got 2026-12-15; allowed: a day from 2026-11-30 to 2026-12-14"],
    [{ last_day: "2026-11-29" }, "last_day: got 2026-11-29; allowed: a day from 2026-11-30 to 2026-12-14"],
    [{ last_day: "2026-12-00" }, "last_day: got 2026-12-00; allowed: a day from 2026-11-30 to 2026-12-14"],
    [{ name: "bob" }, 'name: got "bob"; allowed: "ada", the name of the state'],
  ])("are refused: %j", (values, problem) => {
    expect(problems(values)).toEqual([problem]);
  });

  test("have the slot of no other sandbox, also if its state does not record one", () => {
    expect(problems({}, { live: [{ ...ada, name: "bob" }] })).toEqual([
      "slot: got 1, which bob has; allowed: a slot of its own",
    ]);
    expect(problems({}, { problems: [{ name: "eve", problem: "…" }] })).toEqual([
      "slot: got 1, and the state of eve records none; allowed: states that record their slot",
    ]);
  });

  test("keep their owner and their slot", () => {
    expect(problems({ owner: "eve", slot: 2 }, { live: [ada] })).toEqual([
      "owner: got eve; allowed: ada, the owner",
      "slot: got 2; allowed: 1, its address block",
    ]);
  });

  test.each(["expired", "ended"] as const)("have no name of a sandbox that is %s", (kind) => {
    expect(problems({}, { [kind]: ["ada"] })).toEqual([
      'name: got "ada", a sandbox that has ended; allowed: a name that no sandbox had before',
    ]);
  });
});

describe("a root of sandboxes", () => {
  test("is not of production, and has its states in S3", () => {
    expect(() => new Root(props("sandbox", { production: true }))).toThrow(
      "sandboxes: got production: true; allowed: false, since every sandbox ends",
    );
    expect(() => new Root(props("sandbox", { backend: { type: "pg" } }))).toThrow(
      "sandboxes: got a backend other than S3; allowed: S3, where the states can be listed",
    );
  });
});

describe("the key of a sandbox's state", () => {
  const making = new Root(props("sandbox"));

  test("is made of the folder of the root and of the name", () => {
    expect(backendArguments(making, "ada-1")).toEqual(["-backend-config=key=shop/sandbox/ada-1/terraform.tfstate"]);
    expect(backendArguments(new Root(shopProps("dev")), undefined)).toEqual([]);
  });

  test.each(["../dev", "ada/../bob", "Ada", "ad", "ada--1", "ada-", "a".repeat(13), undefined])(
    "is none for the name %j",
    (name) => {
      expect(() => backendArguments(making, name)).toThrow(
        "allowed: 3 to 12 lower-case letters and digits, a letter first, and single hyphens between them",
      );
    },
  );

  test("is none for a root with one state", () => {
    expect(() => backendArguments(new Root(shopProps("dev")), "ada")).toThrow(
      "--sandbox: got ada; allowed: none, since the root has one state",
    );
  });
});
