/** The SQL of the database's page, on a server: the migrations own the tables, and the API reads and writes rows only. */
import path from "node:path";
import { describeWithPostgres, Postgres } from "../../support/postgres";
import { pageOf } from "../system-page";

jest.setTimeout(60_000);

/** Only Aurora has the extension. */
const EXTENSION = /^ *CREATE EXTENSION.*$/m;
const page = pageOf([path.join(__dirname, "../../../docs/systems/vitality/database.md")]);

describeWithPostgres("the users of the API", () => {
  let postgres: Postgres;
  const as = (user: string, sql: string) => postgres.asAdmin(`SET SESSION AUTHORIZATION ${user}; ${sql}`, "vitality");

  /** As on RDS, the master user is no superuser. */
  beforeAll(async () => {
    postgres = await Postgres.start();
    await postgres.asAdmin("CREATE ROLE rds_iam; CREATE ROLE dbadmin LOGIN CREATEROLE");
    await postgres.asAdmin("CREATE DATABASE vitality OWNER dbadmin");
    const statements = page.lines("sql").join("\n");
    expect(statements).toMatch(EXTENSION);
    await as("dbadmin", statements.replace(EXTENSION, ""));
    await as("vitality_owner", "CREATE TABLE people (id serial PRIMARY KEY, name text)");
  });
  afterAll(() => postgres?.stop());

  test("the API reads and writes rows of the tables that the migrations make", async () => {
    await as("vitality_api", "INSERT INTO people (name) VALUES ('one'), ('two')");
    await as("vitality_api", "UPDATE people SET name = 'three' WHERE id = 2; DELETE FROM people WHERE id = 1");
    expect(await as("vitality_api", "SELECT name FROM people")).toEqual([{ name: "three" }]);
  });

  test.each(["CREATE TABLE others (id int)", "DROP TABLE people", "ALTER TABLE people ADD age int"])(
    "the API may not change tables: %s",
    async (sql) => {
      await expect(as("vitality_api", sql)).rejects.toThrow(/permission denied|must be owner/);
    },
  );

  test("both log in with IAM, and the master user with its password", async () => {
    const members = await postgres.asAdmin(
      "SELECT rolname FROM pg_roles WHERE NOT rolsuper AND rolname <> 'rds_iam' AND pg_has_role(rolname, 'rds_iam', 'MEMBER') ORDER BY 1",
    );
    expect(members).toEqual([{ rolname: "vitality_api" }, { rolname: "vitality_owner" }]);
  });
});
