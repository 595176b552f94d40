/** Connections of EventBridge, and the secrets that their credentials come from. */
import { type Json, Refusal } from "./aws-wire";

export class Connections {
  /** Texts of secrets by their names. */
  readonly secrets = new Map<string, string>();
  /** Statuses of each connection, one for each request; the last one stays. */
  readonly statuses = new Map<string, readonly string[]>();

  readonly operations: Record<string, (input: Json) => Json> = {
    "secretsmanager:GetSecretValue": ({ SecretId }) => {
      const SecretString = this.secrets.get(String(SecretId));
      if (SecretString !== undefined) return { SecretString };
      throw new Refusal("ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
    },
    "events:DescribeConnection": ({ Name }) => {
      const name = String(Name);
      const [status, ...later] = this.statuses.get(name) ?? [];
      if (status === undefined) throw new Refusal("ResourceNotFoundException", `Connection ${name} does not exist.`);
      if (later.length > 0) this.statuses.set(name, later);
      return connection(name, status);
    },
    "events:CreateConnection": ({ Name }) => {
      this.statuses.set(String(Name), ["CREATING", "AUTHORIZED"]);
      return connection(String(Name), "CREATING");
    },
    "events:UpdateConnection": ({ Name }) => connection(String(Name), "UPDATING"),
  };
}

function connection(name: string, ConnectionState: string): Json {
  return { ConnectionArn: `arn:aws:events:eu-central-1:111122223333:connection/${name}/1`, ConnectionState };
}
