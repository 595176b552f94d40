import { heldLock } from "../../../lib/terraform/state-lock";

const SAID = `
Error: Error acquiring the state lock

Error message: operation error S3: PutObject, https response error
StatusCode: 412, RequestID: , HostID: , api error PreconditionFailed: The
object is there
Lock Info:
  ID:        5e2abe31-d07e-3633-5f1c-bc4303c8d07b
  Path:      state/shop/dev/terraform.tfstate
  Operation: OperationTypeApply
  Who:       ada@runner-1
  Version:   1.11.4
  Created:   2026-11-22 04:44:29.356700304 +0000 UTC
  Info:      


Terraform acquires a state lock to protect the state from being written
by multiple users at the same time.
`;
const TOLD = `the state state/shop/dev/terraform.tfstate is locked
  got a lock of ada@runner-1 since 2026-11-22 04:44:29.356700304 +0000 UTC (OperationTypeApply, Terraform 1.11.4)
  wait until that run has ended; if it was killed, release the lock in the root's folder: terraform force-unlock 5e2abe31-d07e-3633-5f1c-bc4303c8d07b`;

test("a lock is reported with its holder, its time, and how to release it", () => {
  expect(heldLock(SAID)).toBe(TOLD);
});

test("a lock is found in output for a terminal, too", () => {
  const framed = SAID.split("\n").map((line) => `\u001b[31m│\u001b[0m \u001b[0m${line}`);
  expect(heldLock(framed.join("\n"))).toBe(TOLD);
});

test("another error is not reported as a lock", () => {
  expect(heldLock("Error: Failed to save state\n\nLock Info:\n")).toBeUndefined();
});
