/**
 * How production's database is masked, and the part of it that staging gets. A run stops at a column that is not in the map, so that a
 * migration of the application adds its columns here. The tables are placeholders for those of the application.
 */

export interface Mask {
  /** Method of each column, as the program of the module `masking-pipeline` has them. */
  readonly map: Readonly<Record<string, "keep" | "email" | "text" | "token" | "truncate">>;
  /** SQL condition of the rows that stay, by table. Rows that refer to others go with them. */
  readonly subset: Readonly<Record<string, string>>;
}

export const MASK: Mask = {
  map: {
    "public.executions.created_at": "keep",
    "public.executions.duration_ms": "keep",
    "public.executions.formula_id": "keep",
    "public.executions.id": "keep",
    "public.executions.input": "text",
    "public.formulas.created_at": "keep",
    "public.formulas.expression": "text",
    "public.formulas.id": "keep",
    "public.formulas.name": "text",
    "public.formulas.user_id": "keep",
    "public.migrations.id": "keep",
    "public.migrations.name": "keep",
    "public.migrations.timestamp": "keep",
    "public.users.created_at": "keep",
    "public.users.display_name": "token",
    "public.users.email": "email",
    "public.users.id": "keep",
    "public.users.identity_subject": "token",
  },
  subset: {
    // One user of ten, with the formulas and executions of the user.
    "public.users": "abs(hashtext(id::text)) % 10 = 0",
    "public.executions": "created_at > now() - interval '30 days'",
    // Staging has its own: the import keeps them.
    "public.migrations": "false",
  },
};
