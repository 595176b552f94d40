import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { z } from "zod";
import {
  condition,
  defineModule,
  type Expression,
  filter,
  hcl,
  local,
  readyAfter,
  resourceForEach,
  resourceName,
} from "../../lib";

export const SecurityGroups = defineModule({
  name: "security-groups",
  description:
    "Security groups and the TCP connections between them. Each connection becomes a rule in both groups. All other connections are refused in both directions. Groups of other owners are peers: they get the rules for their incoming connections, and their owners define the outgoing ones.",
  inputs: {
    name: resourceName(40).describe("Prefix of the groups' names."),
    vpcId: z.string().min(1).describe("Id of the VPC."),
    groups: z
      .record(z.string(), z.string().min(1))
      .describe("Groups by name, each with a description. A changed description replaces the group."),
    nameTags: z
      .record(z.string(), z.string().min(1))
      .default({})
      .describe(
        "Tags `Name` in place of `<name>-<group>`, by group. Unlike the name of a group, a tag can begin with `sg-`.",
      ),
    peers: z
      .record(
        z.string(),
        z.object({
          cidr: z.cidrv4().nullable().default(null),
          prefixListId: z.string().nullable().default(null),
          securityGroup: z.object({ id: z.string() }).nullable().default(null),
        }),
      )
      .default({})
      .describe(
        "Peers outside of the groups, by name: an IPv4 block, a prefix list, or a security group that AWS or another module has made, such as that of an EKS cluster.",
      ),
    connections: z
      .record(
        z.string(),
        z.object({
          from: z.string(),
          to: z.string(),
          port: z.int().min(1).max(65535),
          description: z.string().min(1).max(255),
        }),
      )
      .describe(
        "Permitted TCP connections, under keys that must not change: the source group or peer, the destination, the port.",
      ),
  },
  rules: [
    {
      inputs: ["nameTags", "groups"],
      allowed: "tags of groups of this call",
      holds: ({ nameTags, groups }) => Object.keys(nameTags).every((name) => name in groups),
      condition: "length(setsubtract(keys(var.name_tags), keys(var.groups))) == 0",
      counterexample: { nameTags: { nowhere: "sg-nowhere" } },
    },
    {
      inputs: ["peers"],
      allowed: "peers with one of a CIDR block, a prefix list and a security group",
      holds: ({ peers }) =>
        Object.values(peers).every(
          ({ cidr, prefixListId, securityGroup }) =>
            [cidr, prefixListId, securityGroup].filter((one) => one !== null).length === 1,
        ),
      condition:
        "alltrue([for peer in var.peers : length([for one in [peer.cidr != null, peer.prefix_list_id != null, peer.security_group != null] : one if one]) == 1])",
      counterexample: {
        peers: { internet: { cidr: "0.0.0.0/0", prefixListId: "pl-0123456789abcdef0", securityGroup: null } },
      },
    },
    {
      inputs: ["peers", "groups"],
      allowed: "peers whose names differ from the names of the groups",
      holds: ({ peers, groups }) => Object.keys(peers).every((name) => !(name in groups)),
      condition: "length(setintersection(keys(var.peers), keys(var.groups))) == 0",
      counterexample: {
        peers: {
          internet: { cidr: "0.0.0.0/0", prefixListId: null, securityGroup: null },
          web: { cidr: "10.0.0.0/8", prefixListId: null, securityGroup: null },
        },
      },
    },
    {
      inputs: ["connections", "groups", "peers"],
      allowed: "connections between a group and another group or peer of this call",
      holds: ({ connections, groups, peers }) =>
        Object.values(connections).every(
          ({ from, to }) =>
            [from, to].every((end) => end in groups || end in peers) && [from, to].some((end) => end in groups),
        ),
      condition:
        "alltrue([for connection in var.connections : length(setsubtract([connection.from, connection.to], concat(keys(var.groups), keys(var.peers)))) == 0 && length(setintersection([connection.from, connection.to], keys(var.groups))) > 0])",
      counterexample: {
        connections: {
          "web-to-nowhere": { from: "web", to: "nowhere", port: 443, description: "To a group that is not there." },
        },
      },
    },
  ],
  outputs: {
    ids: z.record(z.string(), z.string()).describe("Ids of the groups, by name, available after their rules exist."),
  },
  example: {
    name: "shop",
    vpcId: "vpc-0123456789abcdef0",
    groups: { web: "Load balancer", tasks: "Containers" },
    nameTags: { web: "sg-web" },
    peers: { internet: { cidr: "0.0.0.0/0" } },
    connections: {
      "internet-to-web": { from: "internet", to: "web", port: 443, description: "HTTPS from anywhere" },
      "web-to-tasks": { from: "web", to: "tasks", port: 8000, description: "Requests to the containers" },
    },
  },
  build(scope, input) {
    const groups = resourceForEach(scope, SecurityGroup, "this", input.groups, (description, name) => ({
      namePrefix: `${input.name}-${name}-`,
      description,
      vpcId: input.vpcId,
      tags: { Name: hcl<string>`lookup(${input.nameTags}, ${name}, ${`${input.name}-${name}`})` },
      lifecycle: { createBeforeDestroy: true },
    }));
    // `try` would make the keys unknown, because the id of a peer can be unknown.
    const guarded = local<string[]>(
      scope,
      "guarded",
      hcl`concat(keys(${input.groups}), [for name, peer in ${input.peers} : name if peer.security_group != null])`,
    );
    const incoming = filter(input.connections, ({ to }) => condition`contains(${guarded}, ${to})`);
    const outgoing = filter(input.connections, ({ from }) => condition`contains(keys(${input.groups}), ${from})`);
    const groupId = (name: Expression<string>) =>
      hcl<
        string | null
      >`contains(keys(${input.groups}), ${name}) ? ${groups}[${name}].id : try(${input.peers}[${name}].security_group.id, null)`;
    const peer = (name: Expression<string>) => ({
      referencedSecurityGroupId: groupId(name),
      cidrIpv4: hcl<string | null>`try(${input.peers}[${name}].cidr, null)`,
      prefixListId: hcl<string | null>`try(${input.peers}[${name}].prefix_list_id, null)`,
    });
    const ingress = resourceForEach(scope, VpcSecurityGroupIngressRule, "this", incoming, (connection, key) => ({
      securityGroupId: hcl<string>`${groupId(connection.to)}`,
      ...peer(connection.from),
      ipProtocol: "tcp",
      fromPort: connection.port,
      toPort: connection.port,
      description: connection.description,
      tags: { Name: key },
    }));
    const egress = resourceForEach(scope, VpcSecurityGroupEgressRule, "this", outgoing, (connection, key) => ({
      securityGroupId: groups.at(connection.from).id,
      ...peer(connection.to),
      ipProtocol: "tcp",
      fromPort: connection.port,
      toPort: connection.port,
      description: connection.description,
      tags: { Name: key },
    }));
    return { ids: readyAfter(groups.all("id"), ingress, egress) };
  },
});
