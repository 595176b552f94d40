import { dev } from "../../environments/credentialmate/dev";
import { credentialMate } from "../../environments/credentialmate/system";
import { dr } from "../../environments/orders/dr";
import { orders } from "../../environments/orders/system";
import type { Exception } from "../../lib";

const exception: Exception = {
  guardrail: "rds-backups",
  address: "module.database.aws_db_instance.this",
  reason: "Its data is made anew every night.",
  owner: "platform",
  approver: "security",
  ticket: "OPS-1",
  created: "2026-11-22",
  expires: "2026-12-22",
};

test("an exception in the data of an environment reaches its root", () => {
  expect(credentialMate({ ...dev, exceptions: [exception] }).props.exceptions).toEqual([exception]);
  expect(orders({ ...dr, exceptions: [exception] }).props.exceptions).toEqual([exception]);
});
