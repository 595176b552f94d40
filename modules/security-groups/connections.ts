/** Permitted connections as data: edges of a graph whose nodes are security groups and peers. */

/** A permitted connection. All other connections are refused in both directions. */
export interface Connection {
  /** Source: a group or a peer. */
  readonly from: string;
  /** Destination: a group or a peer. */
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
