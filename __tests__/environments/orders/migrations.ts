import type { OrdersEnvironment } from "../../../environments/orders/environment";
import type { Planned } from "../../support/planned";
import { arnOf, masterSecretArn } from "../../support/stand-ins";

/** The stand-in, or the copy in a standby's region. */
const APPLICATION_SECRET = /^(arn:aws:secretsmanager:\S*:secret:\S*database-application\S*):(username|password)::$/;

export function testMigrations({ name }: OrdersEnvironment, plan: () => Planned): void {
  const task = "module.migrations_task";

  test("migrations are a task of their own, which makes the user that the services log in with", () => {
    const { secrets, ...container } = plan().container(`${task}.aws_ecs_task_definition.this`);
    const master = masterSecretArn("module.database.aws_db_instance.this");
    expect(container).toMatchObject({ command: ["alembic", "upgrade", "head"], readonlyRootFilesystem: true });
    expect(secrets).toEqual([
      { name: "APPLICATION_DATABASE_PASSWORD", valueFrom: expect.stringMatching(APPLICATION_SECRET) },
      { name: "APPLICATION_DATABASE_USERNAME", valueFrom: expect.stringMatching(APPLICATION_SECRET) },
      { name: "DATABASE_PASSWORD", valueFrom: `${master}:password::` },
      { name: "DATABASE_USERNAME", valueFrom: `${master}:username::` },
    ]);
    for (const service of ["api", "worker"]) {
      const { secrets } = plan().container(`module.${service}_task.aws_ecs_task_definition.this`);
      expect(JSON.stringify(secrets)).not.toContain(master);
    }
  });

  test("migrations run with the image of the API, under the family that the pipeline's role may run", () => {
    expect(plan().values(`${task}.aws_ecs_task_definition.this`)).toMatchObject({
      family: `orders-${name}-migrations`,
      execution_role_arn: arnOf(`${task}.aws_iam_role.execution`),
    });
    expect(plan().statements(`${task}.aws_iam_role_policy.execution`)).toMatchObject({
      PullImage: { Resource: arnOf('module.images.aws_ecr_repository.this["api"]') },
      ReadSecrets: { Resource: expect.arrayContaining([masterSecretArn("module.database.aws_db_instance.this")]) },
    });
    expect(plan().keys(`${task}.aws_iam_role_policy.task`)).toEqual([]);
  });
}
