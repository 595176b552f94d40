import { backupFor, readBackup } from "../../../../lib/judgement/gate/backup";
import { failure } from "../../generator/support";

test("a backup is given by address, identifier and time", () => {
  const text =
    'module.orders.aws_sqs_queue.this["a=b"]=arn:aws:rds:eu-central-1:1:snapshot:a@b@2026-11-22T01:00:00+02:00';
  expect(readBackup("module.orders.aws_db_instance.this=rds:orders@2026-11-22T01:00:00Z")).toEqual({
    address: "module.orders.aws_db_instance.this",
    name: "rds:orders",
    time: new Date("2026-11-22T01:00:00Z"),
  });
  expect(readBackup(text)).toEqual({
    address: 'module.orders.aws_sqs_queue.this["a=b"]',
    name: "arn:aws:rds:eu-central-1:1:snapshot:a@b",
    time: new Date("2026-11-21T23:00:00Z"),
  });
});

test.each(["", "a=b", "a=b@", "a=b@yesterday", "a=b@2026-11-22", "=b@2026-11-22T01:00:00Z", "a=@2026-11-22T01:00:00Z"])(
  "%j is no backup",
  (text) => {
    expect(failure(() => readBackup(text)).message).toBe(
      `--backup\n  got "${text}"; allowed: <address>=<backup>@<time>, such as module.database.aws_db_instance.this=rds:shop-prod@2026-11-22T01:00:00Z`,
    );
  },
);

const now = new Date("2026-11-22T12:00:00Z");
const backup = (address: string, hours: number) => ({
  address,
  name: `${hours} h`,
  time: new Date(now.getTime() - hours * 3_600_000),
});

test("a recent backup counts among several backups of a resource, in any order", () => {
  const [recent, old, early] = [backup("a", 1), backup("a", 25), backup("a", -1)];
  for (const backups of [
    [recent, old],
    [old, recent],
    [early, recent],
  ])
    expect(backupFor("a", backups, now)).toBe(recent);
  expect(backupFor("a", [old], now)).toEqual({
    problem: "its backup 25 h is older than 24 hours: 2026-11-21T11:00:00.000Z",
  });
  expect(backupFor("a", [backup("a", 24)], now)).toMatchObject({ name: "24 h" });
  expect(backupFor("a", [backup("a", 0)], now)).toMatchObject({ name: "0 h" });
  expect(backupFor("b", [recent], now)).toEqual({ problem: "no backup is named" });
});
