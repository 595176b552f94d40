/** Users in the pools of Formula's production and its standby, and the steps that create those of one pool in the other. */
import { z } from "zod";
import { nameOf } from "../../environments/formula/context";
import type { FormulaEnvironment } from "../../environments/formula/environment";
import type { Stage } from "../support/runbook/player";

const USERS = z.object({
  Users: z.array(
    z.object({ Attributes: z.array(z.object({ Name: z.string(), Value: z.string() })), UserStatus: z.string() }),
  ),
});

export class Users {
  constructor(
    private readonly stage: Pick<Stage, "run">,
    private readonly environment: FormulaEnvironment,
  ) {}

  /** A user with a password. Without `verified`, the user has not proved to own the address. */
  async signUp(address: string, { verified = true } = {}): Promise<void> {
    const user = `--username ${address}`;
    const attributes = `--user-attributes Name=email,Value=${address} Name=email_verified,Value=${verified}`;
    await this.call(`admin-create-user ${user} ${attributes}`);
    await this.call(`admin-set-user-password ${user} --permanent --password 'Passw0rd!-of-a-user'`);
  }

  /** States by addresses. */
  async states(): Promise<Readonly<Record<string, string>>> {
    const { Users: found } = USERS.parse(JSON.parse(await this.call("list-users")));
    return Object.fromEntries(
      found.map(({ Attributes, UserStatus }) => [
        Attributes.find(({ Name }) => Name === "email")?.Value ?? "",
        UserStatus,
      ]),
    );
  }

  private async call(command: string): Promise<string> {
    const place = `--region ${this.environment.region}`;
    const name = `${nameOf(this.environment)}-users`;
    const id = await this.run(
      `list-user-pools ${place} --max-results 60 --query "UserPools[?Name=='${name}'].Id" --output text`,
    );
    return this.run(`${command} ${place} --user-pool-id ${id.trim()}`);
  }

  private run(command: string): Promise<string> {
    return this.stage.run(`aws cognito-idp ${command}`, "");
  }
}

/** The ids that one step prints for the next one: of the pool whose users are created, and of the one that gets them. */
export function printedPools(from: FormulaEnvironment, to: FormulaEnvironment) {
  let ids: readonly string[] = [];
  return {
    read: (printed: string) => {
      ids = printed.trim().split("\n");
      expect(ids.map((id) => id.split("_")[0])).toEqual([from.region, to.region]);
    },
    values: { [from.name]: () => ids[0] ?? "", [to.name]: () => ids[1] ?? "" },
  };
}
