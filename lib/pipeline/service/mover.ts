/** Strategy that deploys another revision of a service: by ECS, or by CodeDeploy. */

export interface Mover {
  /** The call of AWS that begins it. */
  call(to: string): { readonly operation: string; readonly input: object };
  /**
   * Moves the service, and waits until it runs the revision.
   * @param to ARN of the revision
   * @param former ARN of the revision to roll back to after the timeout; without it there is no rollback
   * @throws ServiceError with the revision that runs now
   */
  move(to: string, former?: string): Promise<void>;
}
