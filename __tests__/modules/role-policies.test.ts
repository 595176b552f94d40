/** Whatever has a role waits for what the role may do: AWS tries the role while it makes the resource. */
import { readdirSync } from "node:fs";
import path from "node:path";
import { Configurations, readTree } from "../../lib/judgement/configuration";
import type { Folder } from "../../lib/judgement/configuration/folder";

const TERRAFORM = path.resolve("terraform");
const tree = new Configurations(readTree(TERRAFORM));
const modules = readdirSync(path.join(TERRAFORM, "modules"));

const PERMISSIONS = ["aws_iam_role_policy", "aws_iam_role_policy_attachment"];

/** Uses of roles that do not wait: `aws_db_instance.this: aws_iam_role_policy_attachment.monitoring`. */
function hasty({ resource, locals, output }: Pick<Folder, "resource" | "locals" | "output">): string[] {
  const blocks = new Map(
    Object.entries(resource).flatMap(([type, named]) =>
      Object.entries(named).map(([name, block]): [string, unknown] => [`${type}.${name}`, block]),
    ),
  );
  const referred = (block: unknown): Set<string> => {
    const text = JSON.stringify(block) ?? "";
    const words = [...text.matchAll(/\b[a-z][a-z0-9_]*\.\w+/g)].map(([word]) => word);
    const here = words.filter((word) => blocks.has(word));
    const through = words.flatMap((word) => (word.startsWith("local.") ? [...referred(locals[word.slice(6)])] : []));
    return new Set([...here, ...through]);
  };
  const waitedFor = (block: unknown, seen = new Set<string>()): Set<string> => {
    for (const address of referred(block)) {
      if (!seen.has(address)) waitedFor(blocks.get(address), seen.add(address));
    }
    return seen;
  };
  const isPermission = (address: string) => PERMISSIONS.some((type) => address.startsWith(`${type}.`));
  const roles = [...blocks.keys()].filter((address) => address.startsWith("aws_iam_role."));
  return roles.flatMap((role) => {
    const permissions = [...blocks].filter(([one, block]) => isPermission(one) && referred(block).has(role));
    const users = [...blocks].filter(([one, block]) => !one.startsWith("aws_iam_") && referred(block).has(role));
    return users.flatMap(([user, block]) => {
      const outside = Object.values(output).filter((one) => referred(one).has(user));
      const waits = [block, ...(outside.length > 0 ? [outside] : [])].map((one) => waitedFor(one));
      return permissions.flatMap(([one]) => (waits.some((addresses) => addresses.has(one)) ? [] : [`${user}: ${one}`]));
    });
  });
}

test.each(modules)("in %s, no resource uses a role before the role's policies exist", (name) => {
  expect(hasty(tree.folder(`modules/${name}`))).toEqual([]);
});

const ROLE = { aws_iam_role: { this: { name: "role" } } };
const POLICY = { aws_iam_role_policy: { this: { role: "${aws_iam_role.this.id}" } } };
const USER = { iam_role_arn: "${aws_iam_role.this.arn}" };

test.each([
  ["a user that waits for nothing", USER, ["aws_flow_log.this: aws_iam_role_policy.this"]],
  ["a user that waits for the policy", { ...USER, depends_on: ["aws_iam_role_policy.this"] }, []],
])("%s", (_, user, expected) => {
  const resource = { ...ROLE, ...POLICY, aws_flow_log: { this: user } };
  expect(hasty({ resource, locals: {}, output: {} })).toEqual(expected);
});
