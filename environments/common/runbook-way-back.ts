/** Steps of the way back to the region of production that are the same for all systems with a standby. */
import { type RunbookNames, type Step, WRITE_TREE } from "./runbook-steps";

/** The standby copies the backups of the restored instance of production, as it copied those of the former one. */
export function copyNewInstance(system: string, { here, there, source }: RunbookNames): Step[] {
  const [standby, production] = [here, there].map(({ name }) => `environments/${system}/${name}.ts`);
  return [
    {
      name: "Copy the backups of the new instance",
      text: `In \`${standby}\`. Null stands for a restored instance that exists: Terraform keeps it, regardless of its source.`,
      change: {
        from: [
          `    copies: { instance: "${source}", region: "${there.region}" },`,
          "    restored: { restored: { time: null } },",
          '    inUse: "restored",',
        ],
        to: [
          `    copies: { instance: "${there.full}-restored", region: "${there.region}" },`,
          "    restored: { restored: null },",
          "    inUse: null,",
        ],
      },
    },
    {
      name: "End the copies of the way back",
      text: `In \`${production}\`.`,
      change: {
        from: [
          `    copies: { instance: "${here.full}-restored", region: "${here.region}" },`,
          "    restored: { restored: { time: null } },",
        ],
        to: ["    copies: null,", "    restored: { restored: null },"],
      },
    },
    { name: "Write the tree of the standby", ...WRITE_TREE },
  ];
}

/** The standby's instance, on which the service ran during the failover. */
export function removeOldInstance(system: string, { here, there }: RunbookNames): Step[] {
  const [standby, production] = [here, there].map(({ name }) => `environments/${system}/${name}.ts`);
  return [
    {
      name: "Take the old instance out of the state",
      text: `If the data no longer contains an instance, the next plan destroys it: \`prevent_destroy\` goes with the call. Then only the gate, which
requires a backup, and the deletion protection in RDS protect the instance. So an administrator first removes \`${here.full}-restored\` and
its log groups from the state, with credentials of the account.`,
      commands: [
        `terraform -chdir=terraform/environments/${system}/${here.name} init -input=false -lockfile=readonly`,
        `terraform -chdir=terraform/environments/${system}/${here.name} state rm module.database_restored`,
      ],
    },
    {
      name: "Take the old instance out of the data",
      text: `In \`${standby}\`.`,
      change: { from: ["    restored: { restored: null },"], to: ["    restored: {},"] },
    },
    { name: "Write the tree without the old instance", ...WRITE_TREE },
    {
      name: "Look at the last plan",
      text: "The plan changes nothing. If it destroys a resource, the instance is still in the state: do not merge.",
      commands: [`npx groundplan plan ${system}/${here.name}`],
    },
    {
      name: "Merge the last change",
      text: `Open a pull request, have it approved and merge it. When nobody needs \`${there.full}\`, remove it in the same way: remove \`module.database\`
from the state of \`${system}/${there.name}\`, then set \`own: false\` in \`${production}\`.`,
    },
    {
      name: "Delete the old instance by hand",
      text: `Only when the two people have agreed. The final snapshot keeps its data, and the automated backups keep it for their retention. Without
this step the instance costs money, and the next failover needs another suffix for its name.`,
      commands: [
        `aws rds modify-db-instance --region ${here.region} --db-instance-identifier ${here.full}-restored --no-deletion-protection --apply-immediately`,
        `aws rds delete-db-instance --region ${here.region} --db-instance-identifier ${here.full}-restored --final-db-snapshot-identifier ${here.full}-restored-last --no-delete-automated-backups`,
      ],
    },
  ];
}
