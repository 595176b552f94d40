/** The steps of Formula's runbook that create the users of one pool in the other, played without the rest of their environments. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { dr } from "../../environments/formula/dr";
import { prod } from "../../environments/formula/prod";
import { withCloud } from "../support/cloud/server";
import { describeNightly } from "../support/runbook/needed";
import { play } from "../support/runbook/player";
import { Project } from "../support/runbook/project";
import { stepsOf } from "../support/runbook/text";
import { printedPools, Users } from "./formula-users";

const PAGE = "terraform/environments/formula/dr/RUNBOOK.md";
const page = readFileSync(path.resolve(PAGE), "utf8");
const STEPS = ["Read the ids of the pools", "Create the users"];

describeNightly("users of Formula with a password", () => {
  test(
    "are created in the other pool if their address is verified, and remain there as they are",
    async () => {
      await withCloud(prod.account.id, [], (cloud) =>
        Project.in(cloud, async (project) => {
          const pool = "--username-attributes email --auto-verified-attributes email";
          for (const { region, name } of [prod, dr]) {
            await project.run(
              `aws cognito-idp create-user-pool --region ${region} --pool-name formula-${name}-users ${pool}`,
            );
          }
          const follow = async (section: string, { read, values }: ReturnType<typeof printedPools>) => {
            const steps = stepsOf(page, section, PAGE).filter(({ name }) => STEPS.includes(name));
            await play(steps, project, { standIns: {}, checks: { "Read the ids of the pools": read }, values });
          };
          const [production, standby] = [new Users(project, prod), new Users(project, dr)];

          await production.signUp("before@example.com");
          await production.signUp("with+tag@example.com");
          await production.signUp("unverified@example.com", { verified: false });
          await follow("Failover", printedPools(prod, dr));
          expect(await standby.states()).toEqual({
            "before@example.com": "CONFIRMED",
            "with+tag@example.com": "CONFIRMED",
          });

          await standby.signUp("meanwhile@example.com");
          await follow("The way back", printedPools(dr, prod));
          expect(Object.keys(await production.states()).sort()).toEqual([
            "before@example.com",
            "meanwhile@example.com",
            "unverified@example.com",
            "with+tag@example.com",
          ]);
        }),
      );
    },
    10 * 60_000,
  );
});
