/** Who may talk to whom, as data: the edges of a graph whose nodes are security groups and peers outside them. */

/** One permitted connection. Everything that is not listed is refused, in both directions. */
export interface Connection {
  /** Where the connection starts: a group or a peer. */
  readonly from: string;
  /** Where it ends: a group or a peer. */
  readonly to: string;
  readonly port: number;
  readonly description: string;
}

/** Connections under stable keys, `<from>-to-<to>-<port>`, from which the addresses of the rules are made. */
export function connections(list: readonly Connection[]): Record<string, Connection> {
  const keyed = list.map((connection): [string, Connection] => [
    `${connection.from}-to-${connection.to}-${connection.port}`,
    connection,
  ]);
  return Object.fromEntries(keyed);
}
