import fc from "fast-check";
import { Root } from "../../../lib";
import { type Exception, exceptionProblems, isExpired } from "../../../lib/guardrails/exceptions";
import { judgeRoot } from "../../../lib/guardrails/judge";
import { daysBetween } from "../../../lib/guardrails/life";
import { Reference } from "../../../lib/hcl";
import { newRoot } from "../support";
import { resourceOf, rootOf } from "./fixture";

const ADDRESS = "module.call.aws_db_instance.this";
const open = rootOf([
  resourceOf("aws_db_instance", {
    publicly_accessible: true,
    storage_encrypted: true,
    kms_key_id: new Reference("module.key.aws_kms_key.this", "arn"),
    backup_retention_period: 7,
  }),
]);
const permission: Exception = {
  guardrail: "rds-not-public",
  address: ADDRESS,
  reason: "A vendor reads it until its own network is connected.",
  owner: "data",
  approver: "security",
  ticket: "OPS-1",
  created: "2026-11-01",
  expires: "2026-11-30",
};
const judge = (exceptions: readonly Exception[], today = "2026-11-22") => {
  const { broken, excused, problems } = judgeRoot(open, exceptions, today);
  const about = ({ guardrail, address }: { guardrail: { id: string }; address: string }) =>
    `${guardrail.id} ${address}`;
  return {
    broken: broken.map(about).filter((line) => line.startsWith("rds-not-public")),
    excused: excused.map(about),
    problems,
  };
};

test("an exception turns its finding into one that is permitted", () => {
  expect(judge([])).toEqual({ broken: [`rds-not-public ${ADDRESS}`], excused: [], problems: [] });
  expect(judge([permission])).toEqual({ broken: [], excused: [`rds-not-public ${ADDRESS}`], problems: [] });
});

test("it holds on its last day, and is a finding again on the next", () => {
  expect(judge([permission], "2026-11-30").excused).toHaveLength(1);
  expect(judge([permission], "2026-12-01")).toEqual({
    broken: [`rds-not-public ${ADDRESS}`],
    excused: [],
    problems: [],
  });
});

test("one that excuses nothing, or another address, is a problem", () => {
  const name = "exception from rds-encrypted at module.call.aws_db_instance.this";
  expect(judge([{ ...permission, guardrail: "rds-encrypted" }]).problems).toEqual([
    `${name}: excuses nothing, as the guardrail holds there; remove it`,
  ]);
  expect(judge([{ ...permission, address: "module.call.aws_db_instance.other" }]).problems).toEqual([
    "exception from rds-not-public at module.call.aws_db_instance.other: got an address that is not in environments/orders/dev; allowed: the exact address of a resource, or environments/orders/dev",
  ]);
});

test("how long it may live depends on the severity", () => {
  expect(exceptionProblems({ ...permission, expires: "2026-12-01" })).toEqual([]);
  expect(exceptionProblems({ ...permission, expires: "2026-12-02" })).toEqual([
    'expires: got "2026-12-02"; allowed: at most 30 days after 2026-11-01, as rds-not-public is critical',
  ]);
  expect(exceptionProblems({ ...permission, guardrail: "rds-backups", expires: "2027-01-30" })).toEqual([]);
  expect(exceptionProblems({ ...permission, expires: "2026-10-31" })).toHaveLength(1);
});

test("nobody approves an exception of their own", () => {
  expect(exceptionProblems({ ...permission, approver: "data" })).toEqual([
    'approver: got "data"; allowed: somebody else than the owner',
  ]);
});

test("a missing field, an unknown guardrail and a misspelt day do not pass", () => {
  // @ts-expect-error reason is missing
  const withoutReason: Exception = { ...permission, reason: undefined };
  // @ts-expect-error no such guardrail
  const unknown: Exception = { ...permission, guardrail: "rds-invisible" };
  expect(() => newRoot({ exceptions: [withoutReason] })).toThrow(/exceptions\[0\]\.reason: got nothing/);
  expect(() => newRoot({ exceptions: [unknown] })).toThrow(
    /exceptions\[0\]\.guardrail: got "rds-invisible"; allowed: one of /,
  );
  expect(() => newRoot({ exceptions: [{ ...permission, created: "1.11.2026" }] })).toThrow(/exceptions\[0\]\.created/);
  expect(newRoot({ exceptions: [permission] })).toBeInstanceOf(Root);
});

const day = fc
  .date({ min: new Date("2020-01-01"), max: new Date("2040-01-01"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

test("days are counted the same way forwards and backwards, whatever the time of the year", () => {
  fc.assert(
    fc.property(day, day, (one, other) => {
      expect(daysBetween(one, other) + daysBetween(other, one)).toBe(0);
      expect(isExpired({ ...permission, expires: one }, other)).toBe(other > one);
    }),
  );
});
