/** One of the two ways in which a service gets to another revision. */

export interface Mover {
  /** The call of AWS that begins it. */
  call(to: string): { readonly operation: string; readonly input: object };
  /**
   * Moves the service, and waits until it runs the revision.
   * @param to ARN of the revision
   * @param former ARN of what to go back to where it takes too long; nothing is taken back without it
   * @throws ServiceError that says what runs now
   */
  move(to: string, former?: string): Promise<void>;
}
