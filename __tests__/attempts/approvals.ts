/** Attempts with the wrong approval: by another person, for another change, or without the required backup. */
import type { GateInput } from "../../lib/judgement/gate";
import { changed, gateOn, LOCKS, type ProcedureRow, ROOT, STANDING, valuesOf } from "./procedure";

const deletion = (more: Partial<GateInput>) => () =>
  gateOn(ROOT, changed(LOCKS, { actions: ["delete"], after: null }), more);

const backup = (more: Partial<GateInput["backups"][number]>): Partial<GateInput> => ({
  approved: ["data", "removal", "security", "drift"],
  backups: [{ address: LOCKS, name: "b", time: new Date("2026-11-29T02:00:00Z"), ...more }],
});

const PASSWORDS = "module.baseline.aws_iam_account_password_policy.this";
const shorter = (more: Partial<GateInput>) => () =>
  gateOn(ROOT, changed(PASSWORDS, { after: { ...valuesOf(PASSWORDS), minimum_password_length: 6 } }), more);

export const APPROVED: readonly ProcedureRow[] = [
  ["types", "weaken passwords without an approval", shorter({}), "security"],
  ["types", "weaken passwords with the approval of the owner of the data", shorter({ approved: ["data"] }), "security"],
  [
    "types",
    "weaken passwords with every approval except that of security",
    shorter({ approved: ["data", "removal", "drift"] }),
    "security",
  ],
  [
    "types",
    "delete a table with an approval and no backup",
    deletion({ approved: ["data", "removal", "security", "drift"] }),
    "no backup",
  ],
  [
    "types",
    "delete a table with an old backup",
    deletion(backup({ time: new Date("2026-11-27T02:00:00Z") })),
    "older than 24 hours",
  ],
  [
    "types",
    "delete a table with a backup from the future",
    deletion(backup({ time: new Date("2026-11-30T02:00:00Z") })),
    "from the future",
  ],
  [
    "types",
    "delete a table with the backup of another",
    deletion(backup({ address: "module.other.aws_dynamodb_table.this" })),
    "no backup",
  ],
  [
    "types",
    "delete a table with a backup and the approval of security alone",
    deletion({ ...backup({}), approved: ["security"] }),
    "data",
  ],
  [
    "types",
    "delete a key with every approval",
    () =>
      gateOn(ROOT, changed("module.state_key.aws_kms_key.this", { actions: ["delete"], after: null }), {
        ...backup({ address: "module.state_key.aws_kms_key.this" }),
      }),
    "no backup restores",
  ],
  [
    "types",
    "revert a manual change with the approval of security alone",
    () =>
      gateOn(
        ROOT,
        changed(PASSWORDS, {}),
        { approved: ["security"] },
        {
          resource_drift: [
            {
              address: PASSWORDS,
              module_address: "module.baseline",
              mode: "managed",
              type: "aws_iam_account_password_policy",
              name: "this",
              change: { actions: ["delete"], before: valuesOf(PASSWORDS), after: null },
            },
          ],
        },
      ),
    "drift",
  ],
  [
    "types",
    "keep access that was granted by hand",
    () =>
      gateOn(
        ROOT,
        STANDING,
        { approved: ["data"] },
        {
          prior_state: {
            values: {
              root_module: {
                resources: [
                  {
                    address: "aws_security_group.x",
                    mode: "managed",
                    type: "aws_security_group",
                    name: "x",
                    values: {
                      id: "sg-1",
                      ingress: [{ cidr_blocks: ["0.0.0.0/0"], from_port: 22, to_port: 22, protocol: "tcp" }],
                    },
                  },
                ],
              },
            },
          },
        },
      ),
    "security",
  ],
];
