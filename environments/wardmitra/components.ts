/** Components of an environment, each with a root of its own. */

export const COMPONENTS = { aws: "aws", cluster: "cluster" } as const;

type MigrationComponent = "migration" | "rehearsal";

export type ComponentName = keyof typeof COMPONENTS | MigrationComponent;

/** Component of the migration: outside of production it is a rehearsal. */
export function migrationComponent({ production }: { readonly production: boolean }): MigrationComponent {
  return production ? "migration" : "rehearsal";
}
