import fc from "fast-check";
import { InputError, planRecovery, type RecoveryPath } from "../../../../lib";
import { failure } from "../../generator/support";

const place = "environments/shop/prod";
const targets = { recoveryPointSeconds: 1800, recoveryTimeSeconds: 4 * 3600 } as const;
const steps = { notice: 300, decide: 900, switch: 60 } as const;
const database = { path: "replicated-backups", storageGiB: 200 } as const;
const stores = {
  database,
  images: { path: "replicated-images" },
  secrets: { path: "replicated-secrets" },
  keys: { path: "own-in-each-region" },
  queue: { path: "accepted-loss", reason: "Senders keep what was not answered and send it again." },
} as const satisfies Record<string, RecoveryPath>;

const seconds = fc.integer({ min: 0, max: 100_000 });
const storage = fc.integer({ min: 20, max: 65_536 });
const targetsOf = fc.record({ recoveryPointSeconds: seconds, recoveryTimeSeconds: seconds });
const pathOf: fc.Arbitrary<RecoveryPath> = fc.oneof(
  fc.record({
    path: fc.constant("replicated-backups" as const),
    storageGiB: storage,
    replicationLagSeconds: seconds,
    restoreGiBPerHour: fc.integer({ min: 1, max: 1000 }),
  }),
  fc.record({ path: fc.constant("own-backups" as const), storageGiB: storage }),
  fc.constant({ path: "replicated-images" } as const),
  fc.constant({ path: "replicated-secrets" } as const),
  fc.constant({ path: "own-in-each-region" } as const),
  fc.constant({ path: "accepted-loss", reason: "It is made anew." } as const),
);
const storesOf = fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), pathOf, { maxKeys: 6 });
const stepsOf = fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), seconds, { maxKeys: 4 });

describe("the plan of a recovery", () => {
  test("has data loss and recovery time for each store and for all stores together", () => {
    expect(planRecovery({ place, targets, stores, steps })).toEqual({
      stores: {
        database: recovery("replicated-backups", 1800, 1800 + 2 * 3600),
        images: recovery("replicated-images", 1800, 0),
        secrets: recovery("replicated-secrets", 60, 0),
        keys: recovery("own-in-each-region", 0, 0),
        queue: { ...recovery("accepted-loss", null, 0), reason: stores.queue.reason },
      },
      recoveryPointSeconds: 1800,
      recoveryTimeSeconds: 1260 + 1800 + 2 * 3600,
      missed: [],
    });
  });

  test("uses measured values instead of assumptions", () => {
    const measured = { ...database, replicationLagSeconds: 240, restoreGiBPerHour: 400 } as const;
    expect(planRecovery({ place, targets, stores: { database: measured }, steps: {} })).toMatchObject({
      recoveryPointSeconds: 540,
      recoveryTimeSeconds: 1800 + 1800,
    });
  });

  test("loses at most what was not uploaded yet if the database is restored in its own region", () => {
    const own = { path: "own-backups", storageGiB: 200 } as const;
    expect(planRecovery({ place, targets, stores: { database: own }, steps: {} })).toMatchObject({
      recoveryPointSeconds: 300,
      recoveryTimeSeconds: 1800 + 2 * 3600,
    });
  });

  test("reports the excess over each missed target, with the store", () => {
    const tight = { recoveryPointSeconds: 900, recoveryTimeSeconds: 3600 };
    expect(planRecovery({ place, targets: tight, stores: { database }, steps }).missed).toEqual([
      "database: by replicated-backups data of 1800 seconds are lost; the target is 900",
      "all together: the recovery takes 10260 seconds; the target is 3600",
    ]);
  });

  test("never becomes shorter with more storage", () => {
    fc.assert(
      fc.property(storage, storage, (one, other) => {
        const time = (storageGiB: number) =>
          planRecovery({ place, targets, stores: { database: { ...database, storageGiB } }, steps })
            .recoveryTimeSeconds;
        expect(time(Math.max(one, other))).toBeGreaterThanOrEqual(time(Math.min(one, other)));
      }),
    );
  });

  test("never has a shorter time or less data loss with another store or step", () => {
    fc.assert(
      fc.property(storesOf, stepsOf, pathOf, seconds, (some, taken, path, longer) => {
        const before = planRecovery({ place, targets, stores: some, steps: taken });
        const more = { stores: { ...some, "one more": path }, steps: { ...taken, "one more": longer } };
        const after = planRecovery({ place, targets, ...more });
        expect(after.recoveryTimeSeconds).toBeGreaterThanOrEqual(before.recoveryTimeSeconds + longer);
        expect(after.recoveryPointSeconds).toBeGreaterThanOrEqual(before.recoveryPointSeconds);
      }),
    );
  });

  test("reports exactly the missed targets", () => {
    fc.assert(
      fc.property(storesOf, stepsOf, targetsOf, (some, taken, goals) => {
        const plan = planRecovery({ place, targets: goals, stores: some, steps: taken });
        const late = Object.entries(plan.stores)
          .filter(([, { recoveryPointSeconds }]) => (recoveryPointSeconds ?? 0) > goals.recoveryPointSeconds)
          .map(([name]) => name);
        const slow = plan.recoveryTimeSeconds > goals.recoveryTimeSeconds ? ["all together"] : [];
        expect(plan.missed.map((sentence) => sentence.replace(/:.*/, ""))).toEqual([...late, ...slow]);
        expect(late.length > 0).toBe(plan.recoveryPointSeconds > goals.recoveryPointSeconds);
      }),
    );
  });

  test("lists every store, with the reason of each accepted loss", () => {
    fc.assert(
      fc.property(storesOf, (some) => {
        const plan = planRecovery({ place, targets, stores: some, steps });
        expect(Object.keys(plan.stores)).toEqual(Object.keys(some));
        for (const { path, reason, recoveryPointSeconds } of Object.values(plan.stores)) {
          expect(reason !== null).toBe(path === "accepted-loss");
          expect(recoveryPointSeconds === null).toBe(path === "accepted-loss");
        }
      }),
    );
  });
});

describe("a recovery that cannot be planned", () => {
  test("is one error that lists every store without a path and every invalid value", () => {
    const error = failure(() =>
      planRecovery({
        place,
        targets: { recoveryPointSeconds: -1, recoveryTimeSeconds: Number.NaN },
        stores: {
          database: { ...database, storageGiB: 0, replicationLagSeconds: -5, restoreGiBPerHour: 0 },
          queue: null,
          logs: { path: "accepted-loss", reason: " " },
        },
        steps: { notice: Number.POSITIVE_INFINITY },
      }),
    );
    expect(error).toBeInstanceOf(InputError);
    expect(error.message.split("\n  ")).toEqual([
      place,
      "targets.recoveryPointSeconds: got -1; allowed: seconds, not below 0",
      "targets.recoveryTimeSeconds: got NaN; allowed: seconds, not below 0",
      "stores.database.storageGiB: got 0; allowed: more than 0",
      "stores.database.replicationLagSeconds: got -5; allowed: seconds, not below 0",
      "stores.database.restoreGiBPerHour: got 0; allowed: more than 0",
      "stores.queue: got null; allowed: a path that is one of replicated-backups, own-backups, replicated-images, replicated-secrets, own-in-each-region, accepted-loss",
      'stores.logs.reason: got " "; allowed: the reason why its loss is accepted',
      "steps.notice: got Infinity; allowed: seconds, not below 0",
    ]);
  });

  test("has a store without a path, regardless of the other stores", () => {
    fc.assert(
      fc.property(storesOf, (some) => {
        const call = () => planRecovery({ place, targets, stores: { ...some, "left out": null }, steps });
        expect(failure(call).message).toContain("stores.left out: got null; allowed: a path that is one of");
      }),
    );
  });
});

function recovery(path: RecoveryPath["path"], recoveryPointSeconds: number | null, recoveryTimeSeconds: number) {
  return { path, recoveryPointSeconds, recoveryTimeSeconds, reason: null };
}
