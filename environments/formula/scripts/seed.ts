/** Generated data for development: users of the reserved domain example.com, with modes, variables and a history. */

/** @see https://www.rfc-editor.org/rfc/rfc2606 */
const SEEDED = "user-[0-9]+@example\\.com";

/**
 * The same rows in every run, and none twice. A database with any other user is refused: people use it.
 */
export const SEED_SQL = `
DO $$ BEGIN
  IF EXISTS (SELECT FROM formula.users WHERE email !~ '^${SEEDED}$') THEN
    RAISE 'got a user who was not seeded; allowed: a database without users, or with seeded users alone';
  END IF;
END $$;
SET ROLE formula_owner;
INSERT INTO formula.users (id, email)
  SELECT md5('user ' || n)::uuid, format('user-%s@example.com', n) FROM generate_series(1, 50) AS n
  ON CONFLICT DO NOTHING;
INSERT INTO formula.custom_modes (id, user_id, name, definition)
  SELECT md5(format('mode %s %s', n, m))::uuid, md5('user ' || n)::uuid, format('Mode %s', m), jsonb_build_object('precision', m)
  FROM generate_series(1, 50) AS n, generate_series(1, 3) AS m
  ON CONFLICT DO NOTHING;
INSERT INTO formula.variables (id, user_id, name, value)
  SELECT md5(format('variable %s %s', n, v))::uuid, md5('user ' || n)::uuid, format('x%s', v), (n * v)::text
  FROM generate_series(1, 50) AS n, generate_series(1, 5) AS v
  ON CONFLICT DO NOTHING;
INSERT INTO formula.history (id, user_id, formula, result, executed_at)
  SELECT md5(format('run %s %s', n, r))::uuid, md5('user ' || n)::uuid, format('%s + %s', n, r), (n + r)::text,
    timestamptz '2026-01-01 00:00:00+00' + make_interval(hours => r)
  FROM generate_series(1, 50) AS n, generate_series(1, 20) AS r
  ON CONFLICT DO NOTHING;
RESET ROLE;
`;
