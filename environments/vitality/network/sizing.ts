/** Sizes of the network, which people change per environment. */

export interface NetworkSizing {
  readonly alarms: { readonly droppedPacketsPer5Minutes: number };
}
