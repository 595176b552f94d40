/** Lifts the deletion protection of the databases that the end of a sandbox destroys: RDS refuses the destruction otherwise. */
import { ModifyDBInstanceCommand, RDSClient } from "@aws-sdk/client-rds";
import { z } from "zod";
import { Refusal } from "../../common/errors";
import type { PlanJson } from "../../terraform";

const PROTECTED = z.object({ identifier: z.string(), deletion_protection: z.literal(true) });

/** @throws Refusal if RDS refuses the change */
export async function liftProtection(plan: PlanJson, region: string): Promise<void> {
  const client = new RDSClient({ region });
  for (const identifier of protectedDatabases(plan)) {
    const command = new ModifyDBInstanceCommand({
      DBInstanceIdentifier: identifier,
      DeletionProtection: false,
      ApplyImmediately: true,
    });
    try {
      await client.send(command);
    } catch (error) {
      const got = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      throw new Refusal(`rds:ModifyDBInstance of ${identifier} failed: ${got}; nothing was destroyed`);
    }
  }
}

/** Identifiers of databases that the plan deletes and that have deletion protection. */
function protectedDatabases({ resource_changes }: PlanJson): string[] {
  return resource_changes.flatMap(({ type, change }) => {
    if (type !== "aws_db_instance" || change.actions.join() !== "delete") return [];
    const { data } = PROTECTED.safeParse(change.before);
    return data === undefined ? [] : [data.identifier];
  });
}
