import fc from "fast-check";
import { Root } from "../../../../lib";
import type { Exception } from "../../../../lib/generator/root/exception";
import { exceptionProblems, isExpired } from "../../../../lib/judgement/guardrails/exceptions";
import { judgeRoot } from "../../../../lib/judgement/guardrails/judge";
import { daysBetween } from "../../../../lib/judgement/guardrails/life";
import { Reference } from "../../../../lib/judgement/hcl";
import { newRoot } from "../../generator/support";
import { resourceOf, rootOf } from "./fixture";
import { TODAY } from "./rows";

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

test("an exception permits its finding", () => {
  expect(judge([])).toEqual({ broken: [`rds-not-public ${ADDRESS}`], excused: [], problems: [] });
  expect(judge([permission])).toEqual({ broken: [], excused: [`rds-not-public ${ADDRESS}`], problems: [] });
});

test("an exception is valid on its last day, and expired on the next", () => {
  expect(judge([permission], "2026-11-30").excused).toHaveLength(1);
  expect(judge([permission], "2026-12-01")).toEqual({
    broken: [`rds-not-public ${ADDRESS}`],
    excused: [],
    problems: [],
  });
});

test("an exception that permits nothing, or names another address, is a problem", () => {
  const name = "exception from rds-encrypted at module.call.aws_db_instance.this";
  expect(judge([{ ...permission, guardrail: "rds-encrypted" }]).problems).toEqual([
    `${name}: permits nothing, because the guardrail holds there; remove it`,
  ]);
  expect(judge([{ ...permission, address: "module.call.aws_db_instance.other" }]).problems).toEqual([
    "exception from rds-not-public at module.call.aws_db_instance.other: got an address that is not in environments/shop/dev; allowed: the exact address of a resource, or environments/shop/dev",
  ]);
});

test("the longest life of an exception depends on the severity", () => {
  expect(exceptionProblems({ ...permission, expires: "2026-12-01" }, TODAY)).toEqual([]);
  expect(exceptionProblems({ ...permission, expires: "2026-12-02" }, TODAY)).toEqual([
    'expires: got "2026-12-02"; allowed: at most 30 days after 2026-11-01, as rds-not-public is critical',
  ]);
  expect(exceptionProblems({ ...permission, guardrail: "rds-backups", expires: "2027-01-30" }, TODAY)).toEqual([]);
  expect(exceptionProblems({ ...permission, expires: "2026-10-31" }, TODAY)).toHaveLength(1);
});

test("an owner cannot approve the own exception", () => {
  expect(exceptionProblems({ ...permission, approver: "data" }, TODAY)).toEqual([
    'approver: got "data"; allowed: a person other than the owner',
  ]);
});

test.each([
  "Data",
  "DATA",
  " data ",
  "@data",
  "@Data",
  "\uff44ata",
  "da\u200bta",
  "da\u00adta",
  "data\u0301",
  "acme/data",
  "@acme/Data",
  "data@example.com",
  "data+mail@example.com",
  "mailto:data",
  "https://github.com/data",
])("an owner cannot approve in another spelling: %j", (approver) => {
  expect(exceptionProblems({ ...permission, approver }, TODAY)).toEqual([
    `approver: got "${approver}"; allowed: a person other than the owner`,
  ]);
  expect(exceptionProblems({ ...permission, owner: approver, approver: "data" }, TODAY)).toHaveLength(1);
});

test("a name in letters of two scripts is refused, because one of them may look like another", () => {
  expect(exceptionProblems({ ...permission, approver: "d\u0430ta" }, TODAY)).toEqual([
    'approver: got "d\u0430ta"; allowed: a name in letters of one script',
  ]);
  expect(exceptionProblems({ ...permission, approver: "Ana M\u00fcller" }, TODAY)).toEqual([]);
});

test("an exception created in the future is refused, because that would prolong its life", () => {
  expect(exceptionProblems({ ...permission, created: TODAY }, TODAY)).toEqual([]);
  expect(exceptionProblems({ ...permission, created: "2026-11-23", expires: "2026-12-20" }, TODAY)).toEqual([
    'created: got "2026-11-23"; allowed: 2026-11-22 or earlier',
  ]);
  expect(judge([{ ...permission, created: "2026-11-23" }]).problems).toHaveLength(1);
});

test.each(["2026-02-30", "2026-13-01", "0000-00-00"])("%s is not a day of the calendar", (expires) => {
  expect(exceptionProblems({ ...permission, expires }, TODAY)).toEqual([
    `expires: got "${expires}"; allowed: a day of the calendar, such as 2026-11-22`,
  ]);
});

test("a missing field, an unknown guardrail and an invalid day are refused", () => {
  // @ts-expect-error reason is missing
  const withoutReason: Exception = { ...permission, reason: undefined };
  // @ts-expect-error no such guardrail
  const unknown: Exception = { ...permission, guardrail: "rds-invisible" };
  expect(() => newRoot({ exceptions: [withoutReason] })).toThrow(/exceptions\[0\]\.reason: got nothing/);
  expect(() => newRoot({ exceptions: [unknown] })).toThrow(
    /exceptions\[0\]\.guardrail: got "rds-invisible"; allowed: one of /,
  );
  expect(() => newRoot({ exceptions: [{ ...permission, created: "1.11.2026" }] })).toThrow(/exceptions\[0\]\.created/);
  expect(() => newRoot({ exceptions: [{ ...permission, reason: " . " }] })).toThrow(
    /exceptions\[0\]\.reason: got " \. "/,
  );
  expect(newRoot({ exceptions: [permission] })).toBeInstanceOf(Root);
});

const day = fc
  .date({ min: new Date("2020-01-01"), max: new Date("2040-01-01"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

test("days are counted the same forwards and backwards, at any time of the year", () => {
  fc.assert(
    fc.property(day, day, (one, other) => {
      expect(daysBetween(one, other) + daysBetween(other, one)).toBe(0);
      expect(isExpired({ ...permission, expires: one }, other)).toBe(other > one);
    }),
  );
});
