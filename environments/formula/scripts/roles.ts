/**
 * Roles of the database, without logins. The user that runs migrations makes them before the first migration, and runs each
 * migration as the owner: `SET ROLE formula_owner`. A login gets its rights as a member of one of the others.
 */
export const ROLES_SQL = `
CREATE ROLE formula_owner NOLOGIN;
CREATE ROLE formula_application NOLOGIN;
CREATE ROLE formula_read_only NOLOGIN;
CREATE ROLE formula_masking NOLOGIN;
GRANT formula_owner TO CURRENT_USER;

REVOKE ALL ON DATABASE formula FROM PUBLIC;
GRANT CONNECT ON DATABASE formula TO formula_application, formula_read_only, formula_masking;
GRANT CREATE ON DATABASE formula TO formula_owner;
CREATE SCHEMA formula AUTHORIZATION formula_owner;
ALTER DATABASE formula SET search_path = formula;
REVOKE ALL ON SCHEMA public FROM PUBLIC;

SET ROLE formula_owner;
GRANT USAGE ON SCHEMA formula TO formula_application, formula_read_only, formula_masking;
ALTER DEFAULT PRIVILEGES IN SCHEMA formula GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO formula_application;
ALTER DEFAULT PRIVILEGES IN SCHEMA formula GRANT USAGE ON SEQUENCES TO formula_application;
ALTER DEFAULT PRIVILEGES IN SCHEMA formula GRANT SELECT ON TABLES TO formula_read_only;
ALTER DEFAULT PRIVILEGES IN SCHEMA formula GRANT SELECT, UPDATE, TRUNCATE ON TABLES TO formula_masking;
RESET ROLE;
`;
